#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "cli/options.hpp"
#include "dns/known.hpp"
#include "dns/resolver.hpp"
#include "dns/source.hpp"
#include "dns/tape.hpp"
#include "report/library/settled.hpp"
#include "trace/report.hpp"

namespace emltrace::cli {

/// Where this run's DNS answers come from, as the options say, and the recording of them.
class DnsChoice {
 public:
  /// The error names the option and the file, with its line where the file is wrong.
  [[nodiscard]] static Result<DnsChoice> open(const Options& options);

  /// For one message after the other; where answers are at hand (`resolver` is null), for several
  /// threads at once.
  [[nodiscard]] dns::Source& source() { return *source_; }
  /// What has to be asked of servers; null where all answers are at hand.
  [[nodiscard]] dns::Resolver* resolver() { return resolver_; }
  /// Answers the rest of the message's questions from what is at hand; `index` among the messages
  /// of the run, 0 is the first.
  void settle(report::library::Tracing& tracing, std::size_t index);
  [[nodiscard]] const report::library::DnsTerms& terms() const { return terms_; }
  /// What a replayed recording says of itself; null where none is replayed.
  [[nodiscard]] const dns::TapeHead* replayed() const {
    return replay_ != nullptr ? &replay_->head() : nullptr;
  }
  /// False where nobody was to be asked, now or when the recording was made.
  [[nodiscard]] bool available() const;
  /// Adds to the summary of the `index`th message what a replayed recording tells of it.
  void complete(trace::DnsSummary& summary, const std::string& sha256, std::size_t index) const;
  [[nodiscard]] bool records() const { return record_.has_value(); }
  /// Puts the answers of the next message on the recording; messages are told in order. Counts in
  /// `summary` those that stood already.
  void record(const dns::Known& known, const std::string& sha256, trace::DnsSummary& summary);
  /// Writes the recording, where one was asked for and there is a message on it.
  [[nodiscard]] Result<void> save(Instant now, bool now_given);

 private:
  [[nodiscard]] std::size_t input_of(const std::string& sha256, std::size_t index) const;

  report::library::DnsTerms terms_;
  std::unique_ptr<dns::Source> source_;
  dns::Resolver* resolver_ = nullptr;    ///< `source_`, where it is one
  const dns::Replay* replay_ = nullptr;  ///< `source_`, where it is one
  std::optional<std::string> record_;
  dns::Recording recording_;
  dns::TapeHead head_;  ///< of the recording: inputs with the time that each took
};

}  // namespace emltrace::cli
