#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "dns/known.hpp"
#include "dns/resolv_conf.hpp"
#include "dns/resolver.hpp"
#include "dns/settle.hpp"
#include "dns/source.hpp"
#include "trace/analyse.hpp"

/// The way from a message and a source of DNS answers to its finished report.
namespace emltrace::report::library {

/// How DNS is used for one message.
struct DnsTerms {
  std::chrono::milliseconds deadline{10'000};  ///< for all its questions
  bool trust_ad = false;  ///< the AD bit counts from every server, not from loopback alone
};

/// One message on its way to its report, in steps, so that many may wait on DNS together.
class Tracing {
 public:
  Tracing(trace::Analysis analysis, const DnsTerms& terms);
  Tracing(const Tracing&) = delete;
  Tracing& operator=(const Tracing&) = delete;

  [[nodiscard]] const trace::Analysis& analysis() const { return analysis_; }
  /// Evaluates over the answers so far. The questions whose answers are to be given before the next
  /// step; none: the report is there.
  [[nodiscard]] std::vector<dns::Question> step();
  /// What DNS may still take.
  [[nodiscard]] dns::Source::Clock::duration left() const { return rounds_.left(); }
  void answer(const dns::Question& question, dns::Answer answer, dns::Source::Clock::duration took);
  /// The round took that long.
  void spend(dns::Source::Clock::duration time) { rounds_.spend(time); }
  /// All steps that are left, with the answers of a source that is run here.
  void settle(dns::Source& source);

  /// The finished report with the summary of its DNS work; `source` is where the answers came from.
  [[nodiscard]] trace::Report take(const dns::Source& source);
  [[nodiscard]] const dns::Known& known() const { return known_; }
  [[nodiscard]] const dns::Rounds& rounds() const { return rounds_; }

 private:
  trace::Analysis analysis_;
  bool trust_ad_;
  dns::Known known_;
  dns::Rounds rounds_;
};

/// The report after all DNS work, with the summary of it.
[[nodiscard]] trace::Report settled_report(trace::Analysis analysis, dns::Source& source,
                                           const DnsTerms& terms);

/// A resolver that asks these servers; none: those of the system, as resolv.conf(5) says.
/// `timeout` is that of one question; null: what the system says of it, else 3 s.
[[nodiscard]] dns::Resolver::Options resolver_options(
    std::vector<dns::Server> servers, std::optional<std::chrono::milliseconds> timeout);

/// The wall clock in whole seconds.
[[nodiscard]] Instant present();

}  // namespace emltrace::report::library
