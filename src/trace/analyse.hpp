#pragma once

#include <memory>
#include <string>

#include "auth/dmarc/dmarc.hpp"
#include "base/date.hpp"
#include "dns/client.hpp"
#include "intake/item.hpp"
#include "trace/author/protected.hpp"
#include "trace/report.hpp"
#include "trace/route/enrichment.hpp"
#include "trace/route/given.hpp"

namespace emltrace::trace {

/// What the command line says about the analysis.
struct Options : Given {
  Instant now;             ///< the wall clock, or `--now`
  bool now_given = false;  ///< `--now`: the clock of every check
  dmarc::Mode dmarc = dmarc::Mode::rfc9989;
  bool repair = true;
  std::vector<DomainName> trusted_sealers;  ///< `--trust-sealer`
  Protected ours;                           ///< `--own`, `--vip`
  Wanted enrich;                            ///< `--enrich`, `--mmdb`
  bool dns_available =
      true;  ///< false with `--offline`: what DNS would decide is unknown, not a finding
};

/// The analysis of one message: what needs no DNS is done once, in the constructor; `ask` is run in
/// rounds by dns::settle; what follows from the answers is done once, by `report`. The item's bytes
/// must outlive it.
class Analysis {
 public:
  Analysis(const intake::Item& item, const Options& options);
  Analysis(Analysis&&) noexcept;
  Analysis& operator=(Analysis&&) noexcept;
  ~Analysis();

  /// One round: asks what the report needs, and finds out what the answers tell. What is found out
  /// by all the answers it asks for is kept; what had a question open is done again. All rounds ask
  /// clients that give the same answers.
  void ask(dns::Client& client);
  /// The whole report by the answers of the last round, but for `dns`, which the caller fills in.
  [[nodiscard]] Report report();
  /// Both, where a round more or less costs nothing: in tests.
  [[nodiscard]] Report evaluate(dns::Client& client);
  /// How many Received fields there are; `--border` beyond it is a wrong command line.
  [[nodiscard]] int hop_count() const;
  /// Of the original, hexadecimal.
  [[nodiscard]] const std::string& sha256() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace emltrace::trace
