#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "message/message.hpp"

namespace emltrace {

/// The charset that the message's own Content-Type names, as written; empty where it names none.
[[nodiscard]] std::string header_charset(const Message& message);

/// The body of a field where its raw bytes are a text in another charset than UTF-8: ISO-2022
/// sequences are converted, and bytes that as a whole are no UTF-8 are read by header_charset. Null
/// where there is nothing to convert, no charset is named, or one byte does not convert: then the
/// bytes stay what they are. Nothing is guessed.
[[nodiscard]] std::optional<std::string> converted_text(const Message& message,
                                                        std::string_view body);

/// converted_text, or the body as it stands.
[[nodiscard]] std::string field_text(const Message& message, std::string_view body);

}  // namespace emltrace
