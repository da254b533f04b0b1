#pragma once

#include <optional>
#include <string>

#include "base/date.hpp"
#include "base/result.hpp"
#include "cli/abuse_report.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/text_choice.hpp"
#include "intake/item.hpp"
#include "report/html/html.hpp"
#include "report/summary/summary.hpp"
#include "report/text/text.hpp"
#include "trace/report.hpp"

namespace emltrace::cli {

/// Makes the bytes of reports in the format that was chosen.
class Printer {
 public:
  explicit Printer(const Options& options);

  /// What the output is like is known; called once, before all that follows. `now` is the clock of
  /// reports of abuse.
  void begin(const Output& output, Instant now) {
    text_ = text_options(options_, output);
    brief_ = brief_options(options_, output);
    abuse_.emplace(options_, now, authserv_id_);
  }
  [[nodiscard]] bool has_begun() const { return text_.has_value(); }

  /// Each report is part of one document: they are made one after the other, in order.
  [[nodiscard]] bool is_document() const { return options_.format == Format::html; }
  /// One output holds no second report.
  [[nodiscard]] bool is_single() const { return options_.format == Format::arf; }
  /// A report that stands by itself; in any thread. `complaint`: a line for standard error, where
  /// there is something to tell beside it. The error says why there is none of that message.
  [[nodiscard]] Result<std::string> format(const trace::Report& report, const intake::Item& item,
                                           std::string& complaint) const;
  /// The next part of the document.
  [[nodiscard]] std::string add(const trace::Report& report, const intake::Item& item);
  /// The end of the document.
  [[nodiscard]] std::string end() { return page_.end(); }
  [[nodiscard]] std::string format(const report::summary::Summary& summary) const;
  /// What stands between two reports.
  [[nodiscard]] std::string_view separator() const {
    return options_.format == Format::text && !options_.brief ? "\n" : "";
  }

 private:
  /// Text as it is to be read.
  [[nodiscard]] std::string told(std::string text) const;
  [[nodiscard]] std::string observables(const trace::Report& report, const intake::Item& item,
                                        std::string& complaint) const;

  const Options& options_;
  std::optional<report::TextOptions> text_, brief_;
  report::HtmlDocument page_;
  std::string authserv_id_;
  std::optional<AbuseReports> abuse_;
};

}  // namespace emltrace::cli
