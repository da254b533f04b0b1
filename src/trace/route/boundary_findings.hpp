#pragma once

#include <span>
#include <vector>

#include "trace/finding/finding.hpp"
#include "trace/route/boundary.hpp"

namespace emltrace::trace {

/// What the user should know of where the own lines end: gateway-likely, client-hidden,
/// trust-unused.
[[nodiscard]] std::vector<Finding> boundary_findings(const Boundary& boundary,
                                                     std::span<const Hop> hops, const Given& given);

}  // namespace emltrace::trace
