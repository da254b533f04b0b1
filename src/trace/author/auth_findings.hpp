#pragma once

#include <vector>

#include "message/message.hpp"
#include "trace/report.hpp"
#include "trace/route/boundary.hpp"

namespace emltrace::trace {

/// What the re-run of SPF, DKIM, ARC and DMARC means for this message.
[[nodiscard]] std::vector<Finding> auth_findings(const Report& report);

/// Recorded results beside the re-run; those of own hosts above the border are trusted.
[[nodiscard]] std::vector<RecordedComparison> compare_recorded(
    const std::vector<Recorded>& recorded, const Report& report, const Boundary& boundary);

}  // namespace emltrace::trace
