#pragma once

#include <string>

#include "report/exchange/complaint.hpp"
#include "trace/report.hpp"

namespace emltrace::report {

/// The body of message/feedback-report (RFC 5965 3): fields in 7 bits, lines ended by LF. What is
/// not known, or cannot be written in US-ASCII on a line, is left out.
[[nodiscard]] std::string feedback_fields(const Complaint& complaint, const trace::Report& report,
                                          const ComplaintOptions& options);

}  // namespace emltrace::report
