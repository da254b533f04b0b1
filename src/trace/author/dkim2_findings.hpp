#pragma once

#include <vector>

#include "trace/author/examined.hpp"
#include "trace/finding/finding.hpp"

namespace emltrace::trace {

/// What the DKIM2 chain means for this message: who signed and changed it, and whether it reached
/// whom it was signed for. Forwarders, lists and stores that do not know DKIM2 are the common
/// reason for a chain that does not fit, and are looked for first.
[[nodiscard]] std::vector<Finding> dkim2_findings(const Examined& mail);

}  // namespace emltrace::trace
