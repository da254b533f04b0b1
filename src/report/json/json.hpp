#pragma once

#include <string>

#include "report/json/writer.hpp"
#include "trace/report.hpp"

namespace emltrace::report {

/// The report as `emltrace.report/1`, ended by a line end. What is not known is null; the null
/// reverse-path is `<>`. Bytes that are no UTF-8 become U+FFFD; `raw` values then have a
/// `…_base64` twin. Fields that the schema does not name stand beside those it names.
[[nodiscard]] std::string to_json(const trace::Report& report, JsonLayout layout);

}  // namespace emltrace::report
