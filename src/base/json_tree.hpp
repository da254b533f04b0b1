#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emltrace {

/// A value of JSON (RFC 8259) with every key of an object as it stands there, a key that comes
/// again included: what a reader that keeps one of them would hide.
struct JsonValue {
  enum class Kind {
    other,  ///< true and false
    null,
    number,
    text,
    list,
    object,
  };
  Kind kind = Kind::other;
  std::string
      text;  ///< of a text; the digits of a number that is whole, not negative and below 2^64
  std::vector<JsonValue> elements;  ///< of a list, or the values of an object in their order
  std::vector<std::string> keys;    ///< of an object, in step with `elements`
};

/// What a text may hold.
struct JsonBounds {
  std::size_t depth;   ///< lists and objects inside one another
  std::size_t values;  ///< of all kinds, in one text
};

struct JsonText {
  std::optional<JsonValue> root;  ///< null where it is no JSON, no UTF-8, or beyond a bound
  bool too_large = false;         ///< a bound was reached
};
/// The whole of a text as one value.
[[nodiscard]] JsonText parse_json(std::string_view text, const JsonBounds& bounds);

struct JsonSequence {
  std::vector<JsonValue> values;
  std::size_t end = 0;  ///< offset behind the last of them, and the white space there
};
/// One value, or several one behind the other, as tools write them (one a line, or indented), up to
/// the end or to what is no JSON or beyond a bound.
[[nodiscard]] JsonSequence parse_json_sequence(std::string_view text, const JsonBounds& bounds);

}  // namespace emltrace
