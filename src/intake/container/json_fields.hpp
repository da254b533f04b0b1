#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json_tree.hpp"

namespace emltrace::intake::container {

/// How well a value tells of a message; the higher is taken.
enum class Found {
  nothing,
  body_text,     ///< a header at the start of what is called a body
  object,        ///< an object of fields, with an author
  trace_object,  ///< and with trace fields
  header_text,   ///< a header as a text
  pairs,         ///< names and values
  whole,         ///< a text with a body
};

/// A message that was found.
struct FoundMessage {
  Found rank = Found::nothing;
  std::vector<std::pair<std::string, std::string>> fields;  ///< of pairs and objects
  std::string text;                                         ///< of texts
  std::string anchor;       ///< a name that stands in the input where it begins
  std::size_t unnamed = 0;  ///< fields left out: what they are called is no name of a field
};

inline constexpr JsonBounds kJsonBounds{.depth = 64, .values = 2'000'000};
inline constexpr std::size_t kMaxJsonBytes = std::size_t{64} << 20;

/// The values of an export, within these bounds; none in a text above kMaxJsonBytes.
[[nodiscard]] JsonSequence parse_export(std::string_view text);

/// All messages below `value`, in their order. Of what describes one message in several ways the
/// best is taken.
[[nodiscard]] std::vector<FoundMessage> find_messages(const JsonValue& value);

}  // namespace emltrace::intake::container
