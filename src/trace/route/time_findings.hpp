#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/date.hpp"
#include "message/headers.hpp"
#include "message/received/hop.hpp"
#include "trace/finding/finding.hpp"
#include "trace/route/standing.hpp"

namespace emltrace::trace {

/// Delays above these are told, seconds.
inline constexpr std::int64_t kLongDelay = 3'600;
inline constexpr std::int64_t kDateInFuture = 86'400;
/// Queues give up after four to five days (RFC 5321 4.5.4.1), seconds.
inline constexpr std::int64_t kRetrySpan = std::int64_t{5} * 86'400;
/// The Date field may be ahead of, or behind, the first stamp by this much, seconds.
inline constexpr std::int64_t kDateAhead = 600;
inline constexpr std::int64_t kDateBehind = std::int64_t{3} * 86'400;

/// What the stamps tell, as a pure function of them: time-reversed, clock-skew, time-gap,
/// stamp-missing, date-after-receipt, date-far, and per hop weekday-wrong, zone-impossible,
/// zone-name-mismatch and date-syntax. `hops` is oldest first, `judgements` in step; `now` is the
/// clock of the check: a stamp after it is told, too.
///
/// Clocks are modelled with one unknown constant error per `by` host. Delays below -kSkewTolerance
/// that errors of at most kMaxClockError explain, for all hops together, are clock-skew; a delay
/// that no such errors explain is time-reversed.
[[nodiscard]] std::vector<Finding> time_findings(std::span<const Hop> hops,
                                                 std::span<const Judgement> judgements,
                                                 const Headers& headers, Instant now);

}  // namespace emltrace::trace
