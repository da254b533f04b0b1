#pragma once

#include "trace/report.hpp"

namespace emltrace::trace {

/// The whole rule. Level: `forged` where a hop is contradicted (a proof, never a sum); else
/// `suspicious` where a finding is of medium severity or above; else `notice` where one is low;
/// else `clean`. Route: the worst standing. Author: DMARC, or an aligned pass where no policy is
/// published.
[[nodiscard]] TraceVerdict judge(const Report& report, bool dns_available);

/// The contradicted hop nearest the recipient; null where none is.
[[nodiscard]] const TracedHop* newest_contradicted(const Report& report);

}  // namespace emltrace::trace
