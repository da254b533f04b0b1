#pragma once

#include <vector>

#include "trace/author/examined.hpp"
#include "trace/finding/finding.hpp"

namespace emltrace::trace {

/// What the re-run of SPF, DKIM, ARC and DMARC, and the recorded results, mean for this message.
[[nodiscard]] std::vector<Finding> auth_findings(const Examined& mail);

}  // namespace emltrace::trace
