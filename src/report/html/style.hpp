#pragma once

#include <string>

namespace emltrace::report {

/// The style sheet of the page: light and dark, wide and narrow, screen and paper.
[[nodiscard]] const std::string& style_sheet();

/// The Content-Security-Policy of the page: nothing is loaded, nothing runs, and no style counts
/// but `style_sheet`, named by its digest (CSP Level 3).
[[nodiscard]] std::string security_policy();

}  // namespace emltrace::report
