#pragma once

#include <string>

#include "trace/author/filters.hpp"

namespace emltrace::test {

/// What the filters of a header are read as, one a line: `vendor verdict: NAME=value (meaning); …`,
/// `-` where no value judges, `outbound` behind the verdict of mail that was sent out.
inline std::string filters_told(const std::string& header) {
  const std::string text = header + "\n\n";
  std::string out;
  for (const auto& filter : trace::read_filters(Message::parse(text))) {
    const trace::FilterReport& report = filter.report;
    if (!out.empty()) out += '\n';
    out += report.vendor + ' ' +
           (report.verdict ? std::string(trace::to_string(*report.verdict)) : std::string("-")) +
           (filter.outbound ? " outbound:" : ":");
    for (const trace::FilterValue& value : report.values) {
      out += (&value == &report.values.front() ? " " : "; ") + value.name + '=' + value.value;
      if (value.meaning) out += " (" + *value.meaning + ')';
    }
  }
  return out;
}

}  // namespace emltrace::test
