#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dns/source.hpp"

namespace emltrace::dns {

/// Takes the AD bit from an answer whose way to us nobody guards: it is one resolver's word, and
/// whoever stands on the way can set it (RFC 4035 4.9.3, RFC 6840 5.8). Believed are resolvers on a
/// loopback address, and all of them where the user says so.
[[nodiscard]] Answer over_path(Answer answer, bool trust_all);

/// The same for every answer of a source, which must outlive it.
class TrustedPath final : public Source {
 public:
  TrustedPath(Source& source, bool trust_all) : source_(source), trust_all_(trust_all) {}
  void fetch(const Question& question, Clock::time_point deadline, Done done) override;
  void run() override { source_.run(); }
  [[nodiscard]] std::string_view mode() const override { return source_.mode(); }
  [[nodiscard]] std::vector<std::string> servers() const override { return source_.servers(); }
  [[nodiscard]] std::optional<std::size_t> skipped() const override { return source_.skipped(); }

 private:
  Source& source_;
  bool trust_all_;
};

}  // namespace emltrace::dns
