#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

/// The text of a wrapper, as far as it tells what the wrapper is.
namespace emltrace::body_text {

/// How many bytes of an HTML text a reader sees: tags, style sheets and runs of white space count
/// nothing. Linear.
[[nodiscard]] std::size_t visible_bytes(std::string_view html);

/// True where a header has a Received field that names a `by` and a time: no parcel that was.
[[nodiscard]] bool has_trace(std::string_view header);

/// Offset of a mail header that was pasted into a text: fields with a Received that names a `by`
/// and a time, and a From among them. Null where there is none. Linear.
[[nodiscard]] std::optional<std::size_t> pasted_header(std::string_view text);

}  // namespace emltrace::body_text
