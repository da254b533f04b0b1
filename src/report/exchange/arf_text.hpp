#pragma once

#include <string>

#include "intake/item.hpp"
#include "report/exchange/complaint.hpp"

namespace emltrace::report {

/// The first part of a report in ARF, for whoever reads it: what is complained of, how far the
/// address can be believed, whom the report is for, which handles lead to the account, and what was
/// left out or hidden. US-ASCII in lines below 79 columns.
[[nodiscard]] std::string arf_text(const Complaint& complaint, const intake::Item& item,
                                   const ComplaintOptions& options, bool header_only,
                                   bool cannot_be_carried);

}  // namespace emltrace::report
