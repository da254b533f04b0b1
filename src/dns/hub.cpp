#include "dns/hub.hpp"

#include <algorithm>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace emltrace::dns {
namespace {

/// A round that has been sent.
struct Sent {
  Hub::Round round;
  std::vector<Hub::Timed> answers;
  std::size_t missing;
  Hub::Clock::time_point start;
};

}  // namespace

class Hub::Impl {
 public:
  explicit Impl(Resolver& resolver) : resolver_(resolver), thread_([this] { resolver_.serve(); }) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    // In the thread itself, which may not even have begun.
    resolver_.post([this] { resolver_.stop(); });
    thread_.join();
  }

  void ask(Round round) {
    const std::lock_guard lock(mutex_);
    came_.push_back(std::move(round));
    if (came_.size() == 1) resolver_.post([this] { take(); });
  }

 private:
  // The rest runs in the hub's thread alone.

  void take() {
    std::vector<Round> came;
    {
      const std::lock_guard lock(mutex_);
      came.swap(came_);
    }
    for (Round& round : came) {
      if (is_known(round)) {
        send(std::move(round));
      } else {
        waiting_.push_back(std::move(round));
      }
    }
    admit();
  }

  [[nodiscard]] bool is_known(const Round& round) const {
    return std::ranges::all_of(
        round.questions, [this](const Question& question) { return resolver_.knows(question); });
  }

  void admit() {
    while (!waiting_.empty() && resolver_.has_room()) {
      Round round = std::move(waiting_.front());
      waiting_.pop_front();
      send(std::move(round));
    }
  }

  void send(Round round) {
    auto sent = std::make_shared<Sent>();
    sent->answers.resize(round.questions.size());
    sent->missing = round.questions.size();
    sent->round = std::move(round);
    sent->start = Clock::now();
    const auto deadline = sent->start + sent->round.allowance;
    for (std::size_t i = 0; i < sent->answers.size(); ++i) {
      resolver_.fetch(sent->round.questions[i], deadline, [this, sent, i](Answer answer) {
        const auto took = Clock::now() - sent->start;
        sent->answers[i] = {std::move(answer), took};
        if (--sent->missing == 0) sent->round.done(std::move(sent->answers), took);
        admit_soon();
      });
    }
  }

  /// The resolver is in the middle of what frees a socket: others are admitted when it is done.
  void admit_soon() {
    if (waiting_.empty() || std::exchange(admitting_, true)) return;
    resolver_.post([this] {
      admitting_ = false;
      admit();
    });
  }

  Resolver& resolver_;
  std::mutex mutex_;  ///< of `came_`
  std::vector<Round> came_;
  std::deque<Round> waiting_;  ///< for room
  bool admitting_ = false;
  std::thread thread_;  ///< last: it uses the others
};

Hub::Hub(Resolver& resolver) : impl_(std::make_unique<Impl>(resolver)) {}
Hub::~Hub() = default;

void Hub::ask(Round round) {
  impl_->ask(std::move(round));
}

}  // namespace emltrace::dns
