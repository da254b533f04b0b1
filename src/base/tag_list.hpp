#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace emltrace {

/// One `tag=value` (RFC 6376 3.2). Views into the text that was parsed; white space at both ends
/// of name and value (folding included) is left out, inside the value it is kept.
struct Tag {
  std::string_view name;
  std::string_view value;
  std::size_t offset;  ///< of the name in the parsed text
};

/// The tag=value list of DKIM, ARC and DMARC. Reads everything it can; what is wrong is told by
/// `problem` and where. Tag names are case-sensitive.
struct TagList {
  std::vector<Tag> tags;     ///< in order, duplicates included
  std::string_view problem;  ///< empty, or "duplicate tag", "missing '='", "invalid tag name",
                             ///< "empty tag", "invalid character in value"
  std::size_t problem_offset = 0;

  [[nodiscard]] static TagList parse(std::string_view text);
  /// The value of the first tag of that name; null if absent (an empty value is not absent).
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
};

}  // namespace emltrace
