#pragma once

#include <string_view>

namespace emltrace::report {

/// `0.1.0`: the version of the project this was built as.
[[nodiscard]] std::string_view version();

}  // namespace emltrace::report
