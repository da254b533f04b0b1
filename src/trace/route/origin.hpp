#pragma once

#include "trace/report.hpp"
#include "trace/route/boundary.hpp"
#include "trace/route/host_facts.hpp"
#include "trace/route/links.hpp"

namespace emltrace::trace {

/// The client of the lowest hop that can be believed without a gap above it. A lower address is
/// only claimed.
/// Below the border it rests on the writer of that line: confidence is medium where SPF or a
/// signature shows the writer's organization behind this message, else low.
[[nodiscard]] Origin find_origin(const std::vector<Hop>& hops, const std::vector<HostFacts>& facts,
                                 const Boundary& boundary, const Envelope& envelope,
                                 const Vouched& vouched);

}  // namespace emltrace::trace
