#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace emltrace {

/// The start of a header field: `name:`.
struct FieldStart {
  std::string_view name;
  std::size_t colon = 0;      ///< offset of the colon in the line
  bool space_before = false;  ///< `From :`
  bool gap_after = false;     ///< white space or the end of the line follows the colon
};
/// Null where the line is no field by RFC 5322 2.2 and 4.5.
[[nodiscard]] std::optional<FieldStart> field_start(std::string_view line);

/// True for the line that mbox writers put before a message (RFC 4155): `From `, or `>From ` where
/// it was quoted once more. `From :` begins a field (RFC 5322 4.5), quoted or not.
[[nodiscard]] bool is_from_line(std::string_view line);

}  // namespace emltrace
