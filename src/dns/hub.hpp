#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "dns/resolver.hpp"

namespace emltrace::dns {

/// One resolver that serves many threads from a thread of its own: they share its answers, and the
/// questions under way. A round waits until a socket is free, in the order of coming; only then
/// does its time begin, so that a message pays for DNS, not for the crowd in front of it. Since
/// that thread does nothing else, no answer is late because a processor was busy with messages.
class Hub {
 public:
  using Clock = Source::Clock;
  struct Timed {
    Answer answer;
    Clock::duration took{};  ///< since the round was sent
  };
  /// Questions that one message asks at once; at least one.
  struct Round {
    std::vector<Question> questions;
    Clock::duration allowance;  ///< what has no answer by then is `timed_out`
    /// Called once, in the hub's thread, with an answer a question and the time that the round
    /// took.
    std::function<void(std::vector<Timed> answers, Clock::duration took)> done;
  };

  /// Nobody else uses the resolver, which must outlive it.
  explicit Hub(Resolver& resolver);
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;
  /// What is still open gets no answer.
  ~Hub();

  /// From any thread.
  void ask(Round round);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace emltrace::dns
