#pragma once

#include <cstddef>
#include <string>

#include "trace/report.hpp"

namespace emltrace::report {

struct TextOptions {
  bool color = false;       ///< ANSI colours; everything is said in words too
  std::size_t width = 100;  ///< columns at which sentences are wrapped; data is never cut
  bool verbose = false;     ///< every reason, record, trail and evidence
  bool ascii = false;       ///< no byte beyond US-ASCII: the terminal shows no UTF-8
};

/// The report for people, UTF-8. The first screen: verdict with its grounds, origin, author, what
/// the recipient's filter thought, who can act; the route with the oldest hop first; the findings;
/// the checks now beside those recorded at receipt. With `verbose` all the rest behind it: each
/// finding, hop, check and record in full, and how it was made. Everything of the message or of DNS
/// is escaped.
[[nodiscard]] std::string to_text(const trace::Report& report, const TextOptions& options);

}  // namespace emltrace::report
