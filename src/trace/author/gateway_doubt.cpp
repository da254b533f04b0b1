#include "trace/author/gateway_doubt.hpp"

#include <algorithm>

#include "trace/finding/sentence.hpp"

namespace emltrace::trace {

void soften_behind_gateway(const Examined& mail, Finding& finding) {
  if (!mail.route.boundary.likely_gateway) return;
  finding.severity = std::min(finding.severity, Severity::info);
  finding.message += " " + words<"but-gateway">();
}

}  // namespace emltrace::trace
