#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/options.hpp"
#include "dns/source.hpp"
#include "dns/tape.hpp"

namespace emltrace::cli {

/// Where this run's DNS answers come from, as the options say, and the recording of them.
class DnsChoice {
 public:
  /// The error names the option and the file, with its line where the file is wrong.
  [[nodiscard]] static Result<DnsChoice> open(const Options& options);

  [[nodiscard]] dns::Source& source() { return recorder_ ? *recorder_ : *source_; }
  /// The clock that a replayed recording was made by.
  [[nodiscard]] std::optional<Instant> recorded_now() const { return recorded_now_; }
  /// Writes the recording, where one was asked for.
  [[nodiscard]] Result<void> save(std::vector<std::string> inputs, Instant now) const;

 private:
  std::unique_ptr<dns::Source> source_;
  std::optional<Instant> recorded_now_;
  std::optional<std::string> record_;
  std::unique_ptr<dns::Recording> recording_;
  std::unique_ptr<dns::Source> recorder_;
};

}  // namespace emltrace::cli
