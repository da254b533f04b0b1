#pragma once

#include <string>

namespace emltrace::report {

/// The catalogue of findings as an array of objects: code, severity, title, reference, meaning,
/// evidence, innocent, next.
[[nodiscard]] std::string catalogue_json();

}  // namespace emltrace::report
