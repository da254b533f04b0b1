#pragma once

#include <string>

#include "base/result.hpp"
#include "intake/item.hpp"
#include "report/exchange/complaint.hpp"
#include "trace/report.hpp"

namespace emltrace::report {

/// A report of abuse as an XARF object of version 4 (JSON), category `messaging`, type `spam`:
/// there is no other for one message, what was found stands in its tags. Never `content`,
/// `phishing`: that is a report about a site to whoever runs it, and says that the site is a trap.
/// A message shows neither, and links of its body are never looked up; they stand in
/// `spam_indicators`. `report_to`, a member of
/// ours, names whom it is for, where somebody is known.
///
/// XARF wants some members whatever is known; what stands there then is said in `description`: 25
/// for the port, postmaster@ the HELO name for a null MAIL FROM, the author's address for one that
/// nobody recorded, the time of the report for that of the receipt. The error says why there is
/// nothing to report.
[[nodiscard]] Result<std::string> to_xarf(const trace::Report& report, const intake::Item& item,
                                          const ComplaintOptions& options);

}  // namespace emltrace::report
