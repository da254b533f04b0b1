#pragma once

#include <cstddef>
#include <vector>

#include "report/html/markup.hpp"
#include "trace/report.hpp"

namespace emltrace::report {

inline constexpr std::size_t kMaxLanes = 60;  ///< the newest hops; the table has all

/// The route over time as SVG: a lane a hop, the oldest on top, with a bar from the stamp before it
/// to its own, to scale; the border marked; what is disproved in outline; the names as text that
/// shows on hovering. Nothing where no delay is known. Positions are in per cent of the width, so
/// that letters have the same size on every screen.
void timeline(Markup& out, const std::vector<trace::TracedHop>& hops);

}  // namespace emltrace::report
