#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trace/report.hpp"

namespace emltrace::report {

/// One check, now and at receipt.
struct CheckRow {
  std::string method;                               ///< `SPF`; of others as it was recorded
  std::optional<auth::Result> now;                  ///< null where it is not checked again
  const trace::RecordedComparison* then = nullptr;  ///< of the recipient's own record; null: none
  std::string whose = {};                           ///< domain; empty where there is none
  std::vector<std::string> about = {};              ///< what decided, why it failed
  std::vector<std::string> below = {};              ///< what a reader must see beside the result

  /// It says no more than that all is well: a pass or nothing to check, then as now.
  [[nodiscard]] bool is_plain() const;
};

/// SPF, DKIM, ARC, DKIM2, DMARC, and what else the recipient recorded. Of a method with nothing to
/// check (no chain, say) there is a row only where something was recorded of it; SPF, DKIM and
/// DMARC always have one.
[[nodiscard]] std::vector<CheckRow> check_rows(const trace::Report& report);

/// The names in which the recipient recorded the results; empty where none is told.
[[nodiscard]] std::string recorders_of(const std::vector<CheckRow>& rows);

}  // namespace emltrace::report
