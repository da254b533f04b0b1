#pragma once

#include <string>

#include "report/json/writer.hpp"
#include "trace/finding/kinds.hpp"

namespace emltrace::report {

/// The catalogue of findings as an array of objects: code, severity, title, reference, meaning,
/// evidence, innocent, next.
[[nodiscard]] std::string catalogue_json();
/// One of these objects.
[[nodiscard]] std::string kind_json(const trace::FindingKind& kind, JsonLayout layout);

}  // namespace emltrace::report
