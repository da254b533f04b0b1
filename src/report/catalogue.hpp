#pragma once

#include <string>

#include "report/text/text.hpp"
#include "trace/finding/kinds.hpp"

/// The catalogue of findings itself, without a message.
namespace emltrace::report {

/// One row a finding: code, usual severity, title.
[[nodiscard]] std::string catalogue_text(const TextOptions& options);
/// An array of objects: code, severity, title, reference, meaning, evidence, innocent, next.
[[nodiscard]] std::string catalogue_json();
/// All that is known of one finding, for people.
[[nodiscard]] std::string explain(const trace::FindingKind& kind, const TextOptions& options);

}  // namespace emltrace::report
