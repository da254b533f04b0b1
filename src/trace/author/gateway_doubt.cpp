#include "trace/author/gateway_doubt.hpp"

#include <algorithm>

namespace emltrace::trace {

void soften_behind_gateway(const Examined& mail, Finding& finding) {
  if (!mail.route.boundary.likely_gateway) return;
  finding.severity = std::min(finding.severity, Severity::info);
  finding.message += " The client may be the recipient's own gateway.";
}

}  // namespace emltrace::trace
