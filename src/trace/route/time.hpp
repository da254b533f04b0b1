#pragma once

#include <cstdint>
#include <vector>

#include "base/date.hpp"
#include "trace/finding/finding.hpp"
#include "trace/report.hpp"

namespace emltrace::trace {

/// Clocks of servers differ by this much without anybody minding, seconds.
inline constexpr std::int64_t kSkewTolerance = 120;
/// The largest error of a clock that is still believed to be one, seconds: a zone set wrong by an
/// hour is, three hours are not.
inline constexpr std::int64_t kMaxClockError = 3'600;
/// Delays above these are told, seconds.
inline constexpr std::int64_t kLongDelay = 3'600;
inline constexpr std::int64_t kVeryLongDelay = 86'400;
/// The Date field may be ahead of, or behind, the first stamp by this much, seconds.
inline constexpr std::int64_t kDateAhead = 600;
inline constexpr std::int64_t kDateBehind = 3 * 86'400;

/// Sets `delay_s` of every hop: its stamp minus that of the next older hop that has one; null
/// without either. Never clamped: a negative delay stays negative. `hops` is oldest first.
void set_delays(std::vector<Hop>& hops);

/// What the stamps tell, as a pure function of them: time-reversed, clock-skew, time-gap,
/// stamp-missing, date-after-receipt, date-far, and per hop weekday-wrong, zone-impossible,
/// zone-name-mismatch and date-syntax. `hops` is oldest first with standings and delays set; `now`
/// is the clock of the check: a stamp after it is told, too.
///
/// Clocks are modelled with one unknown constant error per `by` host. Delays below -kSkewTolerance
/// that errors of at most kMaxClockError explain, for all hops together, are clock-skew; a delay
/// that no such errors explain is time-reversed.
[[nodiscard]] std::vector<Finding> time_findings(const std::vector<Hop>& hops,
                                                 const Headers& headers, Instant now);

}  // namespace emltrace::trace
