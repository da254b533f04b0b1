#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "trace/finding/finding.hpp"

namespace emltrace::trace {

/// weekday-wrong, zone-impossible, zone-name-mismatch and date-syntax of one written date. `where`
/// names it in the sentences: "The Date field". Hop, line and offset are left to the caller.
[[nodiscard]] std::vector<Finding> date_shape_findings(const Date& date, std::string_view raw,
                                                       std::string_view where);

/// `3 min`, `2 h 5 min`, `4 days`: a length of time for people, without its sign.
[[nodiscard]] std::string duration_text(std::int64_t seconds);

}  // namespace emltrace::trace
