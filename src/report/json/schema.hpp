#pragma once

#include <string>
#include <string_view>

namespace emltrace::report {

/// JSON Schema (2020-12) of `emltrace.report/1`. Members may be added to a report, so it allows
/// those that it does not know.
[[nodiscard]] std::string report_schema();
/// The same of `emltrace.summary/1`.
[[nodiscard]] std::string summary_schema();
/// The same of what `--list-findings` and `--explain` print with `-f json`: an array of findings,
/// or one.
[[nodiscard]] std::string findings_schema();

/// The manual page `emltrace-json(5)` in mdoc: `frame` with the fields of report, summary and
/// finding in the places of its lines `@REPORT@`, `@SUMMARY@` and `@FINDING@`.
[[nodiscard]] std::string field_manual(std::string_view frame);

}  // namespace emltrace::report
