#pragma once

#include "emltrace/trace/host_facts.hpp"
#include "emltrace/trace/report.hpp"
#include "emltrace/trace/standing.hpp"

namespace emltrace::trace {

/// The client of the lowest hop that can be believed without a gap above it. A lower address is
/// only claimed.
[[nodiscard]] Origin find_origin(const std::vector<Hop>& hops, const std::vector<HostFacts>& facts,
                                 const Boundary& boundary, const Envelope& envelope);

}  // namespace emltrace::trace
