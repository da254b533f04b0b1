#include "report/library/settled.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "dns/known.hpp"
#include "dns/resolver.hpp"
#include "dns/settle.hpp"
#include "dns/trusted_path.hpp"

namespace emltrace::report::library {
namespace {

trace::DnsSummary summary_of(const dns::Source& source, const dns::Known& known,
                             dns::Source::Clock::duration elapsed) {
  trace::DnsSummary summary;
  summary.mode = source.mode();
  summary.servers = source.servers();
  summary.zone_skipped = source.skipped();
  summary.questions = known.answers().size();
  for (const auto& [question, answer] : known.answers()) {
    if (answer.cached) ++summary.cached;
    if (!answer.error()) continue;
    ++summary.failed;
    const std::string reason =
        answer.reason.empty() ? std::string(dns::to_string(answer.status)) : answer.reason;
    summary.unanswered.push_back(fmt::format("{}: {}", dns::to_string(question), reason));
  }
  summary.elapsed_ms = std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count();
  return summary;
}

}  // namespace

trace::Report settled_report(trace::Analysis& analysis, dns::Source& source,
                             const DnsTerms& terms) {
  const auto start = dns::Source::Clock::now();
  dns::Known known;
  dns::TrustedPath path(source, terms.trust_ad);
  trace::Report report = dns::settle(known, path, start + terms.deadline, [&](dns::Client& client) {
    return analysis.evaluate(client);
  });
  report.dns = summary_of(source, known, dns::Source::Clock::now() - start);
  return report;
}

std::unique_ptr<dns::Source> live_source(std::vector<dns::Server> servers,
                                         std::optional<std::chrono::milliseconds> timeout) {
  if (servers.empty()) {
    return std::make_unique<dns::Resolver>(
        dns::Resolver::options_of(dns::read_resolv_conf(), timeout));
  }
  dns::Resolver::Options resolver;
  resolver.servers = std::move(servers);
  resolver.timeout = timeout.value_or(resolver.timeout);
  return std::make_unique<dns::Resolver>(std::move(resolver));
}

Instant present() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace emltrace::report::library
