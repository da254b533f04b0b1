#pragma once

#include <string>

#include "report/text/text.hpp"
#include "trace/report.hpp"

namespace emltrace::report {

/// One line a message, ended by a line end: level, origin, author, the code of the first reason,
/// what names the message. On a page of `options.width` columns what has no room is cut, with `…`
/// for what is missing; a width of 0 is no limit, and nothing is cut.
[[nodiscard]] std::string to_brief(const trace::Report& report, const TextOptions& options);

}  // namespace emltrace::report
