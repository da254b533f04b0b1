#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

#include "dns/known.hpp"
#include "dns/source.hpp"

namespace emltrace::dns {

/// Rounds after which evaluation is taken as it stands: far above what the limits of SPF (10 terms,
/// each at most three questions deep) and the tree walk can need.
inline constexpr int kMaxRounds = 64;

struct Wait {
  Question question;
  Source::Clock::duration time;
};

/// The rounds of one evaluation, a step at a time, so that many may wait on DNS together. What is
/// rationed is the time for which DNS keeps the evaluation waiting: neither the work of evaluating
/// nor a wait for the processor behind others counts.
class Rounds {
 public:
  using Duration = Source::Clock::duration;

  /// `allowance`: for all rounds together.
  Rounds(Known& known, Duration allowance) : known_(known), allowance_(allowance) {}

  /// After each evaluation over the table: what is to be asked before the next one, all at once.
  /// Empty: the last evaluation stands.
  [[nodiscard]] std::vector<Question> next() {
    return ++evaluations_ < kMaxRounds ? known_.take_missing() : std::vector<Question>();
  }
  /// A round took that long, from when its first question could be sent to its last answer.
  void spend(Duration time) { spent_ += time; }
  [[nodiscard]] Duration spent() const { return spent_; }
  /// A question of its own kept it waiting that long.
  void note(const Question& question, Duration time) {
    const auto behind =
        std::ranges::find_if(slowest_, [time](const Wait& wait) { return wait.time < time; });
    slowest_.insert(behind, {question, time});
    if (slowest_.size() > kSlowest) slowest_.pop_back();
  }
  /// The questions that took longest, longest first.
  [[nodiscard]] const std::vector<Wait>& slowest() const { return slowest_; }
  static constexpr std::size_t kSlowest = 3;

  /// What the next round may take.
  [[nodiscard]] Duration left() const { return std::max(allowance_ - spent_, Duration::zero()); }

 private:
  Known& known_;
  Duration allowance_;
  Duration spent_{};
  std::vector<Wait> slowest_;
  int evaluations_ = 0;
};

/// Asks what a round lacks and waits for it.
inline void ask_round(Known& known, Rounds& rounds, Source& source,
                      const std::vector<Question>& missing) {
  const auto start = Source::Clock::now();
  for (const Question& question : missing) {
    source.fetch(question, start + rounds.left(), [&, question](Answer answer) {
      if (!answer.cached) rounds.note(question, Source::Clock::now() - start);
      known.add(question, std::move(answer));
    });
  }
  source.run();
  rounds.spend(Source::Clock::now() - start);
}

/// Runs `evaluate(known)` until nothing is missing and gives its last result. `evaluate` must be a
/// pure function of the table; results of earlier rounds are thrown away.
template <class Evaluate>
auto settle(Known& known, Source& source, Source::Clock::time_point deadline, Evaluate&& evaluate) {
  Rounds rounds(known, deadline - Source::Clock::now());
  while (true) {
    auto result = evaluate(static_cast<Client&>(known));
    const auto missing = rounds.next();
    if (missing.empty()) return result;
    ask_round(known, rounds, source, missing);
  }
}

}  // namespace emltrace::dns
