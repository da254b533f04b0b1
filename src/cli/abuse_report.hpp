#pragma once

#include <optional>
#include <string>

#include "base/date.hpp"
#include "base/result.hpp"
#include "cli/options.hpp"
#include "intake/item.hpp"
#include "report/exchange/redaction.hpp"
#include "trace/report.hpp"

namespace emltrace::cli {

/// What leaves the house: reports of abuse, and who is hidden in them. May be asked by any thread.
class AbuseReports {
 public:
  /// Where recipients are to be hidden and no key was given, one is made for the run.
  AbuseReports(const Options& options, Instant now, std::string authserv_id);

  /// The recipients of a message, where they are to be hidden.
  [[nodiscard]] std::optional<report::Redaction> hidden_in(const trace::Report& report,
                                                           const intake::Item& item) const;
  /// `-f arf` or `xarf`. The error is `PATH: why there is none`.
  [[nodiscard]] Result<std::string> write(const trace::Report& report,
                                          const intake::Item& item) const;

 private:
  const Options& options_;
  Instant now_;
  std::string authserv_id_;
  std::string key_;  ///< empty: nobody is hidden
};

}  // namespace emltrace::cli
