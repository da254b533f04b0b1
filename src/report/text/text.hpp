#pragma once

#include <cstddef>
#include <string>

#include "trace/report.hpp"

namespace emltrace::report {

struct TextOptions {
  bool color = false;       ///< ANSI colours; everything is said in words too
  std::size_t width = 100;  ///< columns at which sentences are wrapped; data is never cut
  bool verbose = false;     ///< every reason, record, trail and evidence
};

/// The report for people, UTF-8: the answer first (verdict, origin, author), then the message, the
/// route with the oldest hop first, authentication, what receivers had recorded, the findings, and
/// notes on how it was made. Everything of the message or of DNS is escaped.
[[nodiscard]] std::string to_text(const trace::Report& report, const TextOptions& options);

}  // namespace emltrace::report
