#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/span.hpp"

/// Where a text may have been put into a text: the places that trial repair takes off.
namespace emltrace::dkim {

inline constexpr std::size_t kMaxCuts = 60;  ///< of one end of one text

/// Places at the start (behind `<body …>` in HTML), those that hold a known banner first.
[[nodiscard]] std::vector<Span> cuts_at_start(std::string_view text, bool html);
/// Places at the end (before `</body>` in HTML), those that hold a known footer first.
[[nodiscard]] std::vector<Span> cuts_at_end(std::string_view text, bool html);

}  // namespace emltrace::dkim
