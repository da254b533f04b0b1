#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "intake/container/exported.hpp"

namespace emltrace::intake::container {

/// Messages in the cells of a table (RFC 4180, also with semicolons or tabs), as mail logs and
/// ticket systems export it: the text of a header or a message, JSON or base64 of one. The repair
/// is named `csv-cell`, or as in JSON where it is that. Null where the input is no table of at
/// least two rows and two columns, or no cell of it holds a message.
[[nodiscard]] std::optional<Export> read_csv(std::string_view bytes);

inline constexpr std::size_t kMaxCsvBytes = std::size_t{64} << 20;

}  // namespace emltrace::intake::container
