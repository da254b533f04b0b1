#pragma once

#include <vector>

#include "trace/author/examined.hpp"
#include "trace/finding/finding.hpp"

namespace emltrace::trace {

/// What recorded results mean: those of own hosts that the re-run contradicts, failures that own
/// hosts recorded at receipt, and results that the sender could have written.
[[nodiscard]] std::vector<Finding> recorded_findings(const Examined& mail);

}  // namespace emltrace::trace
