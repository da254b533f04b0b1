#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emltrace::intake::container {

/// A value of JSON (RFC 8259), as far as mail needs it: numbers and words are of no use here.
struct JsonValue {
  enum class Kind { other, text, list, object };
  Kind kind = Kind::other;
  std::string text;
  std::vector<JsonValue> elements;  ///< of a list, or the values of an object in their order
  std::vector<std::string> keys;    ///< of an object, beside its values

  static constexpr std::size_t kMaxDepth = 64;
  static constexpr std::size_t kMaxValues = 2'000'000;  ///< in one text
  static constexpr std::size_t kMaxBytes = std::size_t{64} << 20;
};

struct JsonTexts {
  std::vector<JsonValue> values;
  std::size_t end = 0;  ///< offset behind the last of them, and the white space there
};
/// One value, or several one behind the other, as tools write them (one a line, or indented), up to
/// the end or to what is no JSON. None in a text above kMaxBytes.
[[nodiscard]] JsonTexts parse_json(std::string_view text);

}  // namespace emltrace::intake::container
