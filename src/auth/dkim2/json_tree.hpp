#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace emltrace::dkim2 {

/// A JSON text (RFC 8259) with every key of an object as it stands there, a key that comes again
/// included: what a reader that keeps one of them would hide.
struct JsonNode {
  enum class Kind { null, number, string, array, object, other };
  Kind kind = Kind::null;
  std::optional<std::uint64_t> number;  ///< of a number that is whole and not negative
  std::string text;                     ///< of a string
  std::vector<JsonNode> items;          ///< of an array, or the values of an object
  std::vector<std::string> keys;        ///< of an object, in step with `items`
};

inline constexpr std::size_t kMaxJsonDepth = 8;
inline constexpr std::size_t kMaxJsonNodes = 400'000;

struct JsonText {
  std::optional<JsonNode> root;  ///< null where it is no JSON, no UTF-8, or beyond a bound
  bool too_large = false;        ///< a bound was reached
};
[[nodiscard]] JsonText read_json(std::string_view text);

}  // namespace emltrace::dkim2
