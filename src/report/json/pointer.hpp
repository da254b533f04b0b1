#pragma once

#include <span>
#include <string>
#include <string_view>

#include "trace/report.hpp"

namespace emltrace::report {

/// Whether a text is a JSON pointer (RFC 6901 3): empty, or steps that each begin with `/`, with
/// `~0` for `~` and `~1` for `/`.
[[nodiscard]] bool is_json_pointer(std::string_view text);

/// The values at pointers into the JSON report, parted by tabs and ended by a line end. Texts stand
/// bare, escaped as for a terminal, so that none holds a tab or a line end; objects and arrays are
/// JSON on one line. What is null, or not there, is empty.
[[nodiscard]] std::string values_line(const trace::Report& report,
                                      std::span<const std::string> pointers);

}  // namespace emltrace::report
