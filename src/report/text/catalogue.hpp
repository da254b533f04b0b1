#pragma once

#include <string>

#include "report/text/page.hpp"
#include "report/text/text.hpp"
#include "trace/finding/kinds.hpp"

namespace emltrace::report {

/// The catalogue of findings, one row a finding: code, usual severity, title.
[[nodiscard]] std::string catalogue_text(const TextOptions& options);
/// What the catalogue says of a finding: meaning, evidence, innocent causes, what to do, reference.
void kind_rows(Page& page, const trace::FindingKind& kind);
/// All that is known of one finding, for people.
[[nodiscard]] std::string explain(const trace::FindingKind& kind, const TextOptions& options);

}  // namespace emltrace::report
