#pragma once

#include <string>

#include "base/result.hpp"
#include "intake/item.hpp"
#include "report/exchange/complaint.hpp"
#include "trace/report.hpp"

namespace emltrace::report {

/// A report of abuse in the Abuse Reporting Format (RFC 5965), a whole message ready to be handed
/// to a submission program: a text for people, the facts, and the message itself; of a failure of
/// authentication (RFC 6591, RFC 9991), and where the original cannot stand in a message as it is
/// (a NUL, a CR by itself, a line above 998 bytes), its header alone. Lines end with LF.
///
/// To is left out where nobody is known who takes the report. The same input and options make the
/// same bytes. The error says why there is nothing to report, see make_complaint.
[[nodiscard]] Result<std::string> to_arf(const trace::Report& report, const intake::Item& item,
                                         const ComplaintOptions& options);

}  // namespace emltrace::report
