#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "dns/source.hpp"

namespace emltrace::dns {

/// Answers from master files (RFC 1035 5) alone. A name that is not there, nor above a name that
/// is, is NXDOMAIN; a name without the type is no_data; CNAMEs are followed, DNAMEs too (RFC 6672),
/// each by the CNAME that it makes; wildcards apply (RFC 4592). An alias to a name too long for DNS
/// leads nowhere: no_data.
class Zone final : public Source {
 public:
  /// Adds the records of a master file. The error names file and line: `a.zone:12: …`. `$ORIGIN`,
  /// `$TTL` and multi-line records work; without `$ORIGIN` relative names are relative to the root;
  /// a SOA is not needed.
  [[nodiscard]] Result<std::size_t> add_text(std::string_view text, const std::string& name);
  [[nodiscard]] Result<std::size_t> add_file(const std::string& path);

  [[nodiscard]] Answer lookup(const Question& question) const;

  void fetch(const Question& question, Clock::time_point deadline, Done done) override;
  void run() override {}
  [[nodiscard]] std::string_view mode() const override { return "zone"; }
  [[nodiscard]] std::vector<std::string> servers() const override { return {}; }
  [[nodiscard]] std::optional<std::size_t> skipped() const override { return skipped_; }

 private:
  /// One name of an alias chain: `next` is null where the chain ends, with `status`.
  struct Step {
    Status status;
    std::optional<DomainName> next;
  };
  Step step_from(const DomainName& name, Type type, Answer& answer) const;

  std::map<DomainName, std::vector<Record>> records_;
  std::size_t skipped_ = 0;
};

}  // namespace emltrace::dns
