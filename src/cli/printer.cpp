#include "cli/printer.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/text.hpp"
#include "cli/analysis.hpp"
#include "report/defang.hpp"
#include "report/exchange/authres.hpp"
#include "report/exchange/iocs.hpp"
#include "report/json/json.hpp"
#include "report/json/pointer.hpp"
#include "report/text/brief.hpp"

namespace emltrace::cli {

Printer::Printer(const Options& options)
    : options_(options),
      page_(options.verbose, options.defang),
      authserv_id_(authserv_id(options)) {}

std::string Printer::told(std::string text) const {
  return options_.defang ? report::defanged(text) : text;
}

std::string Printer::observables(const trace::Report& report, const intake::Item& item,
                                 std::string& complaint) const {
  const auto hidden = abuse_->hidden_in(report, item);
  report::IocsOptions options{options_.defang};
  // The recipient's name is the value of many a parameter.
  if (hidden) {
    options.told = [&](std::string_view value) { return hidden->words(value); };
  }
  report::Iocs iocs = report::to_iocs(report, item, options);
  if (!iocs.left_out.empty()) {
    complaint = fmt::format("{}: left out: {}", item.path, text::join(iocs.left_out, "; "));
  }
  return std::move(iocs.lines);
}

std::string Printer::add(const trace::Report& report, const intake::Item& item) {
  const auto hidden = abuse_->hidden_in(report, item);
  if (!hidden) return page_.add(report, item);
  const auto told = [&](std::string_view text) { return hidden->text(text); };
  return hidden->text(page_.add(report, item, hidden->header_by_line(item.text), told));
}

Result<std::string> Printer::format(const trace::Report& report, const intake::Item& item,
                                    std::string& complaint) const {
  switch (options_.format) {
    case Format::text:
      return told(options_.brief ? report::to_brief(report, *brief_)
                                 : report::to_text(report, *text_));
    case Format::json:
      return report::to_json(report, report::JsonLayout::indented);
    case Format::ndjson:
      return report::to_json(report, report::JsonLayout::line);
    case Format::authres:
      return report::to_authres(report, authserv_id_);
    case Format::values:
      return report::values_line(report, options_.print);
    case Format::iocs:
      return observables(report, item, complaint);
    case Format::arf:
    case Format::xarf:
      return abuse_->write(report, item);
    case Format::html:       // a document
    case Format::annotated:  // of a whole input: annotate.hpp
      break;
  }
  return std::string();
}

std::string Printer::format(const report::summary::Summary& summary) const {
  if (options_.format == Format::text) return told(summary.to_text(*text_));
  return summary.to_json(options_.format == Format::json ? report::JsonLayout::indented
                                                         : report::JsonLayout::line);
}

}  // namespace emltrace::cli
