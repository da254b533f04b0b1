#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "cli/options.hpp"
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

  [[nodiscard]] dns::Source& source() { return recorder_ ? *recorder_ : *source_; }
  [[nodiscard]] const report::library::DnsTerms& terms() const { return terms_; }
  /// What a replayed recording says of itself; null where none is replayed.
  [[nodiscard]] const dns::TapeHead* replayed() const { return replayed_ ? &*replayed_ : nullptr; }
  /// False where nobody was to be asked, now or when the recording was made.
  [[nodiscard]] bool available() const;
  /// Adds to the summary of the `index`th message what a recording tells of it.
  void complete(trace::DnsSummary& summary, const std::string& input, std::size_t index) const;
  /// Writes the recording, where one was asked for. `head` is told by the run: inputs with the time
  /// that each took, and the clock.
  [[nodiscard]] Result<void> save(dns::TapeHead head) const;

 private:
  report::library::DnsTerms terms_;
  std::unique_ptr<dns::Source> source_;
  std::optional<dns::TapeHead> replayed_;
  std::optional<std::string> record_;
  std::unique_ptr<dns::Recording> recording_;
  std::unique_ptr<dns::Source> recorder_;
};

}  // namespace emltrace::cli
