#include "cli/printer.hpp"

#include <unistd.h>

#include <array>

#include "report/exchange/authres.hpp"
#include "report/json/json.hpp"
#include "report/json/pointer.hpp"
#include "report/text/brief.hpp"

namespace emltrace::cli {
namespace {

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "localhost";
  return name.data();
}

}  // namespace

Printer::Printer(const Options& options)
    : options_(options),
      page_(options.verbose),
      authserv_id_(options.authserv_id.value_or(host_name())) {}

std::string Printer::format(const trace::Report& report, const intake::Item& /*item*/) const {
  switch (options_.format) {
    case Format::text:
      if (options_.brief) return report::to_brief(report, *brief_);
      return report::to_text(report, *text_);
    case Format::json:
      return report::to_json(report, report::JsonLayout::indented);
    case Format::ndjson:
      return report::to_json(report, report::JsonLayout::line);
    case Format::authres:
      return report::to_authres(report, authserv_id_);
    case Format::values:
      return report::values_line(report, options_.print);
    case Format::html:
      break;  // a document
  }
  return {};
}

std::string Printer::format(const report::summary::Summary& summary) const {
  if (options_.format == Format::text) return summary.to_text(*text_);
  return summary.to_json(options_.format == Format::json ? report::JsonLayout::indented
                                                         : report::JsonLayout::line);
}

}  // namespace emltrace::cli
