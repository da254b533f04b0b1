#pragma once

#include <string>
#include <string_view>

#include "support/trace.hpp"

namespace emltrace::test {

/// A Received line of no program in particular. `from` is all that stands behind that word,
/// `more` what stands between the id and the date: `for <a@b.example>`.
inline std::string received(const std::string& from, const std::string& by,
                            const std::string& with = "ESMTP", const std::string& more = "",
                            const std::string& stamp = "Thu, 29 Oct 2026 09:41:14 +0200") {
  return "Received: from " + from + "\n\tby " + by + " with " + with + " id x9" +
         (more.empty() ? "" : "\n\t" + more) + ";\n\t" + stamp + "\n";
}

/// The number of the border hop and its client: `2 81.187.42.20`; `-` where there is none. Behind
/// it `hidden` where the client behind own servers is not told, `user` where it is a person's.
inline std::string border_of(const trace::Report& report) {
  const auto& envelope = report.envelope;
  std::string text = envelope.from_hop ? std::to_string(*envelope.from_hop) : "-";
  text += " " + (envelope.client_ip ? envelope.client_ip->text() : "-");
  if (find_finding(report, "client-hidden")) text += " hidden";
  for (const auto& hop : report.hops) {
    if (hop.standing_reason.find("authenticated or local user") != std::string::npos)
      text += " user";
  }
  return text;
}

/// Newest first: `own border unverified`.
inline std::string standings_of(const trace::Report& report) {
  std::string text;
  for (auto hop = report.hops.rbegin(); hop != report.hops.rend(); ++hop) {
    text += (text.empty() ? "" : " ") + std::string(to_string(hop->standing));
  }
  return text;
}

/// The severity of a finding, empty where it is not told.
inline std::string severity_of(const trace::Report& report, std::string_view code) {
  const trace::Finding* finding = find_finding(report, code);
  return finding ? std::string(to_string(finding->severity)) : std::string();
}

/// A value of a finding's evidence, empty where it has none.
inline std::string evidence_of(const trace::Report& report, std::string_view code,
                               std::string_view key) {
  const trace::Finding* finding = find_finding(report, code);
  if (finding == nullptr) return {};
  for (const auto& [name, value] : finding->evidence) {
    if (name == key) return value;
  }
  return {};
}

}  // namespace emltrace::test
