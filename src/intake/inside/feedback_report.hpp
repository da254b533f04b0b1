#pragma once

#include <string_view>

#include "intake/inside/wrapper_facts.hpp"

/// message/feedback-report (RFC 5965 3): what a reporter states about the message he reports.
namespace emltrace::feedback_report {

/// Reads the fields of the decoded part into `facts`. What is absent or malformed stays null; of
/// fields that may come more than once (Original-Rcpt-To, Reported-Domain) all are listed.
void read(std::string_view report, intake::WrapperFacts& facts);

}  // namespace emltrace::feedback_report
