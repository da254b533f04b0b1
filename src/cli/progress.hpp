#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "cli/job.hpp"
#include "cli/options.hpp"

namespace emltrace::cli {

/// How far a run has come, on standard error: one line that is drawn anew on a terminal, else a
/// line from time to time. It appears when the run has taken a second. Used by one thread at a
/// time.
class Progress {
 public:
  using Clock = std::chrono::steady_clock;

  /// `reports_beside`: reports are written to a terminal, which may be the same one; `automatic`
  /// then shows nothing, nor where standard error is no terminal.
  Progress(When wanted, const intake::SourceOptions& inputs, bool reports_beside);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// As `hide`.
  ~Progress();

  /// A message is done.
  void count(const Done& done);
  /// Draws, where it is time to.
  void tick();
  /// Takes the line away, to make room for something else; the next `tick` draws it again.
  void hide();

 private:
  [[nodiscard]] std::string line(Clock::time_point now) const;

  bool shown_ = false;     ///< there is something to show it on
  bool terminal_ = false;  ///< that is redrawn
  bool drawn_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_;
  std::optional<std::uint64_t> total_;  ///< bytes of all inputs, where they are known
  std::uint64_t bytes_ = 0;
  std::uint64_t messages_ = 0;
  std::array<std::uint64_t, 4> levels_{};
};

/// The line: messages so far, their rate, the share of `bytes` in `total` and the time that is
/// left, levels. Without a line end.
[[nodiscard]] std::string progress_line(std::uint64_t messages,
                                        const std::array<std::uint64_t, 4>& levels,
                                        std::uint64_t bytes, std::optional<std::uint64_t> total,
                                        std::chrono::duration<double> elapsed);

}  // namespace emltrace::cli
