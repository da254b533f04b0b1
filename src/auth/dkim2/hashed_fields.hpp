#pragma once

#include <array>
#include <string_view>

/// Which header fields the header hash covers: all but a list, which the drafts changed.
namespace emltrace::dkim2 {

enum class Rules {
  draft_09,  ///< -08 and -09
  draft_06,  ///< -05 to -07
  draft_04,  ///< up to -04
};
/// `09`, `06`, `04`.
[[nodiscard]] std::string_view to_string(Rules rules);

/// Newest first: the order in which they are tried.
inline constexpr std::array kAllRules{Rules::draft_09, Rules::draft_06, Rules::draft_04};

/// `name` in lower case.
[[nodiscard]] bool is_hashed(std::string_view name, Rules rules);

}  // namespace emltrace::dkim2
