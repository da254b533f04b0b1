#pragma once

#include <vector>

#include "trace/finding/finding.hpp"
#include "trace/route/route.hpp"

namespace emltrace::trace {

/// Times hidden in ids that are not the time of the stamp.
[[nodiscard]] std::vector<Finding> clock_findings(const Route& route);

}  // namespace emltrace::trace
