#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dns/answer.hpp"
#include "dns/question.hpp"

namespace emltrace::dns {

/// Where answers come from: a resolver, a zone file, a recording, or nowhere (offline).
class Source {
 public:
  using Clock = std::chrono::steady_clock;
  using Done = std::function<void(Answer)>;

  virtual ~Source() = default;
  /// Calls `done` once, now or from within `run`, with anything but `pending`; `timed_out` at the
  /// deadline.
  virtual void fetch(const Question& question, Clock::time_point deadline, Done done) = 0;
  /// Returns when every fetched question is answered, those fetched from within `done` included.
  virtual void run() = 0;
  /// `live`, `zone`, `replay`, `offline`.
  [[nodiscard]] virtual std::string_view mode() const = 0;
  /// Servers that may be asked, `127.0.0.1:53`; empty where there are none.
  [[nodiscard]] virtual std::vector<std::string> servers() const = 0;
  /// Records of zone files that were left out, see wire::read_master_file; null where none is read.
  [[nodiscard]] virtual std::optional<std::size_t> skipped() const { return std::nullopt; }
};

}  // namespace emltrace::dns
