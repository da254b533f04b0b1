#include "report/library/settled.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

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

Tracing::Tracing(trace::Analysis analysis, const DnsTerms& terms)
    : analysis_(std::move(analysis)), trust_ad_(terms.trust_ad), rounds_(known_, terms.deadline) {}

std::vector<dns::Question> Tracing::step() {
  analysis_.ask(known_);
  return rounds_.next();
}

void Tracing::answer(const dns::Question& question, dns::Answer answer,
                     dns::Source::Clock::duration took) {
  if (!answer.cached) rounds_.note(question, took);
  known_.add(question, dns::over_path(std::move(answer), trust_ad_));
}

void Tracing::settle(dns::Source& source) {
  dns::TrustedPath path(source, trust_ad_);
  for (auto missing = step(); !missing.empty(); missing = step())
    dns::ask_round(known_, rounds_, path, missing);
}

trace::Report Tracing::take(const dns::Source& source) {
  trace::Report report = analysis_.report();
  report.dns = summary_of(source, known_, rounds_.spent());
  return report;
}

trace::Report settled_report(trace::Analysis analysis, dns::Source& source, const DnsTerms& terms) {
  Tracing tracing(std::move(analysis), terms);
  tracing.settle(source);
  return tracing.take(source);
}

dns::Resolver::Options resolver_options(std::vector<dns::Server> servers,
                                        std::optional<std::chrono::milliseconds> timeout) {
  if (servers.empty()) return dns::Resolver::options_of(dns::read_resolv_conf(), timeout);
  dns::Resolver::Options resolver;
  resolver.servers = std::move(servers);
  resolver.timeout = timeout.value_or(resolver.timeout);
  return resolver;
}

Instant present() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace emltrace::report::library
