#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trace/report.hpp"

namespace emltrace::report {

/// One Authentication-Results field (RFC 8601) that states the results of the re-run, folded below
/// 78 columns where its values allow it, lines ended by LF. `authserv_id` names who states them.
/// ARC is left out where DNS failed: the method has no word for that (RFC 8617 10.1).
[[nodiscard]] std::string to_authres(const trace::Report& report, std::string_view authserv_id);

/// What the recipient's own hosts recorded in Authentication-Results fields, each written anew in
/// the same form. One that bears no name is given `unnamed`. None where nothing of it is trusted.
[[nodiscard]] std::vector<std::string> trusted_authres(const trace::Report& report,
                                                       std::string_view unnamed);

}  // namespace emltrace::report
