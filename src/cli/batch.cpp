#include "cli/batch.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "base/signal_guard.hpp"
#include "cli/in_order.hpp"
#include "dns/hub.hpp"

namespace emltrace::cli {
namespace {

/// How soon a signal is noticed while there is no room.
constexpr std::chrono::milliseconds kLook{50};
/// What a message is reckoned to take beside its bytes while it is under way, and a finished one
/// beside its report.
constexpr std::size_t kStateBytes = std::size_t{64} << 10;
constexpr std::size_t kOutcomeBytes = 512;

std::size_t cost_of(const intake::Item& item) {
  const bool is_copy = item.text.data() != item.original.data();
  return kStateBytes + item.original.size() + (is_copy ? item.text.size() : 0);
}

std::size_t cost_of(const Outcome& outcome) {
  return kOutcomeBytes + outcome.bytes.size() + (outcome.job ? cost_of(outcome.job->item) : 0);
}

struct Entry {
  std::size_t number;  ///< among all entries
  std::size_t cost;
  std::shared_ptr<Job> job;
  std::vector<dns::Question> asked;
  std::vector<dns::Hub::Timed> answers;  ///< to `asked`
  dns::Hub::Clock::duration took{};
};
using EntryPointer = std::shared_ptr<Entry>;

}  // namespace

class Batch::Impl {
 public:
  Impl(const Limits& limits, Work& work, dns::Resolver* resolver) : limits_(limits), work_(work) {
    const SignalsElsewhere elsewhere;
    if (resolver != nullptr) hub_ = std::make_unique<dns::Hub>(*resolver);
  }

  bool add(Job job) {
    const std::size_t cost = cost_of(job.item);
    if (!take_room(cost)) return false;
    auto entry = std::make_shared<Entry>();
    entry->number = next_number_++;
    entry->cost = cost;
    entry->job = std::make_shared<Job>(std::move(job));
    {
      const std::lock_guard lock(mutex_);
      fresh_.push_back(std::move(entry));
    }
    if (workers_.size() < limits_.jobs) start_worker();
    ready_.notify_one();
    return true;
  }

  bool add(Outcome outcome) {
    const std::size_t cost = cost_of(outcome);
    if (!take_room(cost)) return false;
    hand_over(next_number_++, cost, std::move(outcome));
    return true;
  }

  void finish() {
    std::unique_lock lock(mutex_);
    while (open_ > 0 && !ended_ && !interrupted()) look(lock);
  }

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    ready_.notify_all();
    for (std::thread& worker : workers_) worker.join();
    workers_.clear();
    hub_.reset();
    in_order_.drain([this](Outcome outcome) { deliver(std::move(outcome)); });
  }

 private:
  void start_worker() {
    const SignalsElsewhere elsewhere;
    try {
      workers_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
      // The system gives no more threads: those that are there do the work.
      if (workers_.empty()) throw;
    }
  }

  /// Waits for a while.
  void look(std::unique_lock<std::mutex>& lock) {
    if (room_.wait_for(lock, kLook) == std::cv_status::no_timeout) return;
    lock.unlock();
    if (const std::unique_lock output(output_, std::try_to_lock); output) work_.tick();
    lock.lock();
  }

  /// Room is taken for an entry before it is numbered.
  bool take_room(std::size_t cost) {
    std::unique_lock lock(mutex_);
    while (open_ > 0 && (bytes_ + cost > limits_.bytes || open_ >= limits_.entries) && !ended_ &&
           !interrupted()) {
      look(lock);
    }
    if (ended_ || interrupted()) return false;
    bytes_ += cost;
    ++open_;
    return true;
  }

  [[nodiscard]] EntryPointer take_entry() {
    std::unique_lock lock(mutex_);
    const auto can_begin = [this] { return !fresh_.empty() && under_way_ < limits_.in_flight; };
    ready_.wait(lock, [&] { return stopped_ || ended_ || !resumed_.empty() || can_begin(); });
    if (stopped_ || ended_) return nullptr;
    const bool goes_on = !resumed_.empty();
    std::deque<EntryPointer>& from = goes_on ? resumed_ : fresh_;
    EntryPointer entry = std::move(from.front());
    from.pop_front();
    if (!goes_on) ++under_way_;
    return entry;
  }

  void work() {
    while (const EntryPointer entry = take_entry()) advance(entry);
  }

  void advance(const EntryPointer& entry) {
    Outcome outcome;
    try {
      Job& job = *entry->job;
      for (std::size_t i = 0; i < entry->asked.size(); ++i)
        job.tracing->answer(entry->asked[i], std::move(entry->answers[i].answer),
                            entry->answers[i].took);
      if (!entry->asked.empty()) job.tracing->spend(entry->took);
      entry->asked = work_.step(job);
      if (!entry->asked.empty()) return ask(entry);
      outcome = work_.finish(entry->job);
    } catch (const std::exception& error) {
      outcome = broken(*entry->job, error);
    }
    const std::size_t cost = cost_of(outcome);
    entry->job.reset();
    {
      const std::lock_guard lock(mutex_);
      bytes_ = bytes_ - entry->cost + cost;
      --under_way_;
    }
    ready_.notify_one();
    hand_over(entry->number, cost, std::move(outcome));
  }

  void ask(const EntryPointer& entry) {
    hub_->ask({entry->asked, entry->job->tracing->left(),
               [this, entry](std::vector<dns::Hub::Timed> answers, dns::Hub::Clock::duration took) {
                 entry->answers = std::move(answers);
                 entry->took = took;
                 {
                   const std::lock_guard lock(mutex_);
                   resumed_.push_back(entry);
                 }
                 ready_.notify_one();
               }});
  }

  void hand_over(std::size_t number, std::size_t cost, Outcome outcome) {
    std::size_t count = 0;
    std::size_t freed = 0;
    {
      const std::lock_guard lock(output_);
      if (limits_.in_order) {
        in_order_.put(number, std::move(outcome), [&](Outcome next) {
          ++count;
          freed += cost_of(next);
          deliver(std::move(next));
        });
      } else {
        count = 1;
        freed = cost;
        deliver(std::move(outcome));
      }
    }
    {
      const std::lock_guard lock(mutex_);
      open_ -= count;
      bytes_ -= freed;
      if (count == 0 || !has_much_room()) return;
    }
    room_.notify_one();
  }

  /// Who adds is woken for half of the room, not for each message: that costs more than a field.
  [[nodiscard]] bool has_much_room() const {
    return open_ == 0 || (bytes_ <= limits_.bytes / 2 && open_ <= limits_.entries / 2);
  }

  /// Under `output_`, or when no worker is left.
  void deliver(Outcome outcome) {
    if (has_ended() || work_.deliver(std::move(outcome))) return;
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    ready_.notify_all();
  }

  [[nodiscard]] bool has_ended() {
    const std::lock_guard lock(mutex_);
    return ended_;
  }

  const Limits limits_;
  Work& work_;
  std::unique_ptr<dns::Hub> hub_;
  std::size_t next_number_ = 0;
  std::vector<std::thread> workers_;

  std::mutex output_;  ///< of what is delivered; `mutex_` may be taken inside, not the other way
  InOrder<Outcome> in_order_;

  std::mutex mutex_;  ///< of all that follows
  std::condition_variable ready_;
  std::condition_variable room_;
  std::deque<EntryPointer> fresh_;
  std::deque<EntryPointer> resumed_;
  std::size_t open_ = 0;       ///< entries taken and not yet delivered
  std::size_t under_way_ = 0;  ///< messages begun and not finished
  std::size_t bytes_ = 0;      ///< of the open ones
  bool stopped_ = false;
  bool ended_ = false;  ///< nothing more can be delivered
};

Batch::Batch(const Limits& limits, Work& work, dns::Resolver* resolver)
    : impl_(std::make_unique<Impl>(limits, work, resolver)) {}
Batch::~Batch() {
  impl_->stop();
}

bool Batch::add(Job job) {
  return impl_->add(std::move(job));
}
bool Batch::add(Outcome outcome) {
  return impl_->add(std::move(outcome));
}
void Batch::finish() {
  impl_->finish();
}
void Batch::stop() {
  impl_->stop();
}

}  // namespace emltrace::cli
