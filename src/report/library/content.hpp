#pragma once

#include "report/library/api.hpp"
#include "trace/report.hpp"

namespace emltrace::v1 {

/// What a report of the library holds.
struct Report::Content {
  trace::Report report;
};

}  // namespace emltrace::v1

namespace emltrace::report::library {

[[nodiscard]] v1::Report make_report(trace::Report report);

}  // namespace emltrace::report::library
