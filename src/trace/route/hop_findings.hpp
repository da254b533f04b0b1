#pragma once

#include <span>
#include <vector>

#include "trace/finding/finding.hpp"
#include "trace/route/route.hpp"

namespace emltrace::trace {

/// What each Received field tells by itself and beside DNS: HELO against names and address,
/// addresses out of place, fields that could not be read, ids and keywords. The route is judged.
[[nodiscard]] std::vector<Finding> hop_findings(const Route& route);

/// The same queue id at hosts of different organizations.
[[nodiscard]] std::vector<Finding> reused_id_findings(std::span<const Hop> hops);

}  // namespace emltrace::trace
