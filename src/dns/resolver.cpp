#include "dns/resolver.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <asio/executor_work_guard.hpp>
#include <asio/post.hpp>
#include <deque>
#include <limits>
#include <unordered_map>
#include <utility>

#include "dns/answer_cache.hpp"
#include "dns/asking_window.hpp"
#include "dns/lookup.hpp"

namespace emltrace::dns {
namespace {

Answer unasked(Status status, std::string reason) {
  Answer answer;
  answer.status = status;
  answer.reason = std::move(reason);
  return answer;
}

/// A socket that cannot be had is a question that fails: at most half of what the process may have
/// open is used, and the questions beyond that wait.
Resolver::Options within_limit(Resolver::Options options) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return options;
  options.max_sockets =
      std::max<std::size_t>(1, std::min<std::size_t>(options.max_sockets, limit.rlim_cur / 2));
  return options;
}

Answer out_of_time() {
  return unasked(Status::timed_out, "the time for DNS was used up");
}

}  // namespace

class Resolver::Impl {
 public:
  explicit Impl(Options options)
      : options_(within_limit(std::move(options))),
        notes_(options_.servers.size()),
        cache_(options_.keep ? std::numeric_limits<std::size_t>::max() : options_.max_cached),
        window_(std::max<std::size_t>(
            1, options_.max_sockets / std::max<std::size_t>(1, Lookup::most_sockets(options_)))) {}

  void fetch(const Question& question, Clock::time_point deadline, Done done);
  void run() {
    io_.restart();
    io_.run();
  }
  void serve() {
    io_.restart();
    const auto more_to_come = asio::make_work_guard(io_);
    io_.run();
  }
  void stop() { io_.stop(); }
  void post(std::function<void()> call) { asio::post(io_, std::move(call)); }
  [[nodiscard]] bool has_room() const { return queue_.empty() && under_way_ < window_.size(); }
  [[nodiscard]] bool knows(const Question& question) const {
    return cache_.find(question, Clock::now()) != nullptr;
  }
  [[nodiscard]] const Options& options() const { return options_; }

 private:
  struct Waiter {
    Clock::time_point deadline;
    Done done;
  };
  /// A question that is being asked, or waits for its turn (no lookup yet).
  struct Open {
    explicit Open(asio::io_context& io) : timer(io) {}
    std::vector<Waiter> waiters;
    std::shared_ptr<Lookup> lookup;
    asio::steady_timer timer;  ///< the next deadline of a waiter
    AskingWindow::Ticket ticket;
  };

  void arm(const Question& question, Open& open);
  void expire(const Question& question);
  void begin_waiting();
  void finish(const Question& question, Answer answer, std::uint32_t ttl);

  Options options_;
  asio::io_context io_;
  ServerNotes notes_;
  AnswerCache cache_;
  std::unordered_map<Question, std::shared_ptr<Open>> open_;
  std::deque<Question> queue_;
  std::size_t under_way_ = 0;
  AskingWindow window_;
};

void Resolver::Impl::fetch(const Question& question, Clock::time_point deadline, Done done) {
  const auto now = Clock::now();
  if (const Answer* known = cache_.find(question, now)) {
    Answer answer = *known;
    answer.cached = true;
    return done(std::move(answer));
  }
  if (options_.servers.empty()) return done(unasked(Status::failed, "no DNS server is known"));
  if (deadline <= now) return done(out_of_time());
  auto [entry, is_new] = open_.try_emplace(question);
  if (is_new) entry->second = std::make_shared<Open>(io_);
  entry->second->waiters.push_back({deadline, std::move(done)});
  arm(question, *entry->second);
  if (!is_new) return;
  queue_.push_back(question);
  begin_waiting();
}

/// Sets the timer to the first deadline among the waiters.
void Resolver::Impl::arm(const Question& question, Open& open) {
  const auto first = std::ranges::min_element(open.waiters, {}, &Waiter::deadline);
  open.timer.expires_at(first->deadline);
  open.timer.async_wait([this, question](const asio::error_code& error) {
    if (!error) expire(question);
  });
}

void Resolver::Impl::expire(const Question& question) {
  const auto found = open_.find(question);
  if (found == open_.end()) return;
  const std::shared_ptr<Open> open = found->second;
  const auto now = Clock::now();
  std::vector<Waiter> expired;
  for (Waiter& waiter : std::exchange(open->waiters, {})) {
    (waiter.deadline > now ? open->waiters : expired).push_back(std::move(waiter));
  }
  if (!open->waiters.empty()) {
    arm(question, *open);
  } else {
    if (open->lookup) {
      open->lookup->cancel();
      --under_way_;
    }
    open_.erase(found);
  }
  for (const Waiter& waiter : expired) waiter.done(out_of_time());
  begin_waiting();
}

void Resolver::Impl::begin_waiting() {
  while (under_way_ < window_.size() && !queue_.empty()) {
    const Question question = std::move(queue_.front());
    queue_.pop_front();
    const auto found = open_.find(question);
    if (found == open_.end() || found->second->lookup) continue;
    ++under_way_;
    found->second->ticket = window_.send(under_way_);
    found->second->lookup = std::make_shared<Lookup>(io_, options_, notes_, question);
    found->second->lookup->start([this, question](Answer answer, std::uint32_t ttl) {
      finish(question, std::move(answer), ttl);
    });
  }
}

void Resolver::Impl::finish(const Question& question, Answer answer, std::uint32_t ttl) {
  const auto found = open_.find(question);
  const std::shared_ptr<Open> open = found->second;
  --under_way_;
  if (window_.on_answer(open->ticket, answer.status)) {
    open->lookup = nullptr;
    queue_.push_back(question);
    return begin_waiting();
  }
  open_.erase(found);
  open->timer.cancel();
  if (options_.keep && !answer.error()) ttl = std::numeric_limits<std::uint32_t>::max();
  cache_.add(question, answer, ttl, Clock::now());
  for (const Waiter& waiter : open->waiters) {
    waiter.done(answer);
    answer.cached = true;
  }
  begin_waiting();
}

Resolver::Options Resolver::options_of(const ResolvConf& conf,
                                       std::optional<std::chrono::milliseconds> timeout) {
  Options options;
  options.servers = conf.servers;
  options.attempts = conf.attempts.value_or(options.attempts);
  options.rotate = conf.rotate;
  if (timeout) {
    options.timeout = *timeout;
  } else if (conf.timeout) {
    const auto tries = static_cast<int>(conf.servers.size()) * options.attempts;
    options.timeout = *conf.timeout * tries;
    options.retry_after = conf.timeout;
  }
  return options;
}

Resolver::Resolver(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}
Resolver::~Resolver() = default;

void Resolver::fetch(const Question& question, Clock::time_point deadline, Done done) {
  impl_->fetch(question, deadline, std::move(done));
}

void Resolver::run() {
  impl_->run();
}
void Resolver::serve() {
  impl_->serve();
}
void Resolver::stop() {
  impl_->stop();
}
void Resolver::post(std::function<void()> call) {
  impl_->post(std::move(call));
}
bool Resolver::has_room() const {
  return impl_->has_room();
}
bool Resolver::knows(const Question& question) const {
  return impl_->knows(question);
}

std::vector<std::string> Resolver::servers() const {
  std::vector<std::string> texts;
  for (const Server& server : impl_->options().servers) texts.push_back(server.text());
  return texts;
}

}  // namespace emltrace::dns
