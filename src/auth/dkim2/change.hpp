#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace emltrace::dkim2 {

/// What one instance changed of one thing, as its recipe tells.
struct Change {
  enum class What { header_changed, header_added, header_removed, body };
  What what = What::body;
  std::string name;  ///< of the field, lower case; empty for the body
  /// Of a field all its values, of the body the lines that differ; from the top down, at most
  /// kMaxShown, each cut at kMaxShownBytes.
  std::vector<std::string> before, after;
  std::size_t lines_added = 0, lines_removed = 0;  ///< of the body, all of them
};
/// `header-changed` …
[[nodiscard]] std::string_view to_string(Change::What what);

inline constexpr std::size_t kMaxShown = 20;
inline constexpr std::size_t kMaxShownBytes = 1'000;
inline constexpr std::size_t kMaxChanges = 200;  ///< of one message

}  // namespace emltrace::dkim2
