#include <fmt/format.h>

#include <utility>
#include <variant>

#include "report/library/api.hpp"
#include "report/library/content.hpp"
#include "report/library/settings.hpp"
#include "report/library/settled.hpp"
#include "report/version.hpp"

namespace emltrace::v1 {

Outcome trace(std::string_view bytes, const Options& options) {
  Outcome out;
  auto settings = report::library::read_settings(options);
  if (!settings) {
    out.error = settings.error();
    return out;
  }
  auto entries = intake::read_bytes(options.name, std::string(bytes), settings->input);
  for (const auto& entry : entries) {
    if (const auto* fault = std::get_if<intake::Fault>(&entry)) {
      out.unread.push_back(fault->message);
      continue;
    }
    trace::Analysis analysis(std::get<intake::Item>(entry), settings->analysis);
    if (options.border && *options.border > analysis.hop_count()) {
      out.unread.push_back(fmt::format("border: there is no hop {}, the message has {}",
                                       *options.border, analysis.hop_count()));
      continue;
    }
    out.reports.push_back(report::library::make_report(
        report::library::settled_report(std::move(analysis), *settings->source, settings->dns)));
  }
  return out;
}

std::string_view version() {
  return report::version();
}

}  // namespace emltrace::v1
