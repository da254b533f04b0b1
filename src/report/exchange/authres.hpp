#pragma once

#include <string>
#include <string_view>

#include "trace/report.hpp"

namespace emltrace::report {

/// One Authentication-Results field (RFC 8601) that states the results of the re-run, folded below
/// 78 columns where its values allow it, lines ended by LF. `authserv_id` names who states them.
/// ARC is left out where DNS failed: the method has no word for that (RFC 8617 10.1).
[[nodiscard]] std::string to_authres(const trace::Report& report, std::string_view authserv_id);

}  // namespace emltrace::report
