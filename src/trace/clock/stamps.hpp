#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "message/received/hop.hpp"

namespace emltrace::trace {

/// Clocks of servers differ by this much without anybody minding, seconds.
inline constexpr std::int64_t kSkewTolerance = 120;
/// The largest error of a clock that is still believed to be one, seconds: a zone set wrong by an
/// hour is, three hours are not.
inline constexpr std::int64_t kMaxClockError = 3'600;

/// Of each hop its stamp minus that of the next older hop that has one, seconds; null without
/// either. Never clamped: a negative delay stays negative. In step with `hops`, oldest first.
[[nodiscard]] std::vector<std::optional<std::int64_t>> delays(std::span<const Hop> hops);

}  // namespace emltrace::trace
