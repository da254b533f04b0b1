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
namespace {

std::string iocs_of(const trace::Report& report, const intake::Item& item,
                    const report::IocsOptions& options, std::string& complaint) {
  report::Iocs iocs = report::to_iocs(report, item, options);
  if (!iocs.left_out.empty()) {
    complaint = fmt::format("{}: left out: {}", item.path, text::join(iocs.left_out, "; "));
  }
  return std::move(iocs.lines);
}

}  // namespace

Printer::Printer(const Options& options)
    : options_(options),
      page_(options.verbose, options.defang),
      authserv_id_(authserv_id(options)) {}

std::string Printer::told(std::string text) const {
  return options_.defang ? report::defanged(text) : text;
}

std::string Printer::format(const trace::Report& report, const intake::Item& item,
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
      return iocs_of(report, item, {options_.defang}, complaint);
    case Format::html:       // a document
    case Format::annotated:  // of a whole input: annotate.hpp
      break;
  }
  return {};
}

std::string Printer::format(const report::summary::Summary& summary) const {
  if (options_.format == Format::text) return summary.to_text(*text_);
  return summary.to_json(options_.format == Format::json ? report::JsonLayout::indented
                                                         : report::JsonLayout::line);
}

}  // namespace emltrace::cli
