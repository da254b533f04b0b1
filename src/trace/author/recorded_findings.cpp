#include "trace/author/recorded_findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "trace/author/author_state.hpp"
#include "trace/author/gateway_doubt.hpp"
#include "trace/finding/sentence.hpp"

namespace emltrace::trace {
namespace {

void add_recorded(const Examined& mail, std::vector<Finding>& out) {
  for (const auto& entry : mail.auth.recorded) {
    if (!entry.trusted || entry.agrees != false) continue;
    const std::string what =
        fmt::format("{}={}", entry.recorded.method.method, entry.recorded.method.result);
    out.push_back(make_finding(
        say<"recorded-disagrees">(
            with<"host">(entry.recorded.authserv_id.value_or(words<"unnamed-server">())),
            with<"recorded">(what),
            with<"now">(entry.recomputed.value_or(words<"result-unknown">())),
            with<"reason">(entry.reason)),
        {{"recorded", what}, {"recomputed", entry.recomputed.value_or("")}}));
    out.back().line = entry.recorded.line;
    // A key that is gone decides nothing; both results are told.
    if (entry.recomputed == "permerror") out.back().severity = Severity::info;
  }
}

// What the recipient's own system decided at receipt, and is not overruled by a signature that
// verifies today.
void add_recorded_failures(const Examined& mail, std::vector<Finding>& out) {
  if (mail.auth.dmarc.dkim_aligned == true) return;
  const bool passed_then = recorded_dmarc(mail.auth) == "pass";
  std::vector<std::string> told;
  for (const auto& entry : mail.auth.recorded) {
    const RecordedMethod& method = entry.recorded.method;
    if (entry.of_other_client) continue;
    const bool counts =
        method.method == "dmarc" || method.method == "compauth" || method.method == "spf";
    if (!entry.trusted || !counts || method.result != "fail") continue;
    if (method.method == "spf" && passed_then) continue;
    if (std::ranges::find(told, method.method) != told.end()) continue;
    told.push_back(method.method);
    out.push_back(make_finding(
        say<"recorded-fail">(
            with<"host">(entry.recorded.authserv_id.value_or(words<"subject-own-server">())),
            with<"method">(method.method)),
        {{"recorded", method.method + "=fail"}}));
    out.back().line = entry.recorded.line;
    // A list breaks what its posters' domains ask for.
    if (mail.route.list_mail) out.back().severity = Severity::low;
    soften_behind_gateway(mail, out.back());
  }
}

// One finding for all: a message carries dozens of such results at times.
void add_untrusted(const Examined& mail, std::vector<Finding>& out) {
  Evidence evidence;
  std::optional<std::size_t> line;
  for (const auto& entry : mail.auth.recorded) {
    if (entry.trusted || entry.recorded.passed_on) continue;
    if (!line) line = entry.recorded.line;
    evidence.emplace_back(
        entry.recorded.authserv_id.value_or("unnamed"),
        fmt::format("{}={}", entry.recorded.method.method, entry.recorded.method.result));
  }
  if (evidence.empty()) return;
  const auto count = evidence.size();
  out.push_back(make_finding(count == 1 ? say<"recorded-untrusted/one">()
                                        : say<"recorded-untrusted/several">(with<"count">(count)),
                             std::move(evidence)));
  out.back().line = line;
}

}  // namespace

std::vector<Finding> recorded_findings(const Examined& mail) {
  std::vector<Finding> out;
  add_recorded(mail, out);
  add_recorded_failures(mail, out);
  add_untrusted(mail, out);
  return out;
}

}  // namespace emltrace::trace
