#pragma once

#include <string>

#include "report/text/text.hpp"
#include "trace/finding/kinds.hpp"

namespace emltrace::report {

/// The catalogue of findings, one row a finding: code, usual severity, title.
[[nodiscard]] std::string catalogue_text(const TextOptions& options);
/// All that is known of one finding, for people.
[[nodiscard]] std::string explain(const trace::FindingKind& kind, const TextOptions& options);

}  // namespace emltrace::report
