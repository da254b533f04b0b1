#include "base/signal_guard.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <climits>
#include <csignal>
#include <utility>

namespace emltrace {
namespace {

// A signal handler may neither allocate nor wait: the names stand in static storage.
struct Place {
  std::atomic<bool> taken = false;
  std::atomic<bool> filled = false;
  std::array<char, PATH_MAX> path{};
};
std::array<Place, SignalGuard::kMaxGuarded> places;
static_assert(std::atomic<bool>::is_always_lock_free);
std::atomic<bool> asked_to_end = false;

void unlink_and_end(int signal) {
  for (const Place& place : places) {
    if (place.filled) ::unlink(place.path.data());
  }
  // The handler was taken off when it was called (SA_RESETHAND).
  static_cast<void>(::raise(signal));
}

void handle_once(int signal) {
  struct sigaction then{};
  then.sa_handler = unlink_and_end;
  then.sa_flags = static_cast<int>(SA_RESETHAND);
  ::sigaction(signal, &then, nullptr);
}

bool is_ignored(int signal) {
  struct sigaction now{};
  return ::sigaction(signal, nullptr, &now) != 0 || now.sa_handler == SIG_IGN;
}

void ask_to_end(int /*signal*/) {
  asked_to_end = true;
  // Either of the two is the second one now.
  for (const int each : {SIGINT, SIGTERM}) {
    if (!is_ignored(each)) handle_once(each);
  }
}

}  // namespace

SignalGuard::SignalGuard(const std::string& path) {
  for (std::size_t i = 0; i < kMaxGuarded && path.size() < PATH_MAX; ++i) {
    Place& place = places[i];
    if (place.taken.exchange(true)) continue;
    path.copy(place.path.data(), path.size());
    place.path[path.size()] = '\0';
    place.filled = true;
    place_ = i;
    return;
  }
}

SignalGuard::SignalGuard(SignalGuard&& other) noexcept
    : place_(std::exchange(other.place_, kMaxGuarded)) {}

SignalGuard& SignalGuard::operator=(SignalGuard&& other) noexcept {
  if (this == &other) return *this;
  release();
  place_ = std::exchange(other.place_, kMaxGuarded);
  return *this;
}

SignalGuard::~SignalGuard() {
  release();
}

void SignalGuard::release() {
  if (place_ == kMaxGuarded) return;
  Place& place = places[std::exchange(place_, kMaxGuarded)];
  place.filled = false;
  place.taken = false;
}

void unlink_guarded_on_signals() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction now{};
    if (::sigaction(signal, nullptr, &now) != 0 || now.sa_handler != SIG_DFL) continue;
    handle_once(signal);
  }
}

void ask_before_ending() {
  for (const int signal : {SIGINT, SIGTERM}) {
    if (is_ignored(signal)) continue;
    // Without SA_RESTART: a read that waits for more input is to end.
    struct sigaction then{};
    then.sa_handler = ask_to_end;
    ::sigaction(signal, &then, nullptr);
  }
}

bool interrupted() {
  return asked_to_end;
}

SignalsElsewhere::SignalsElsewhere() {
  sigset_t both{};
  ::sigemptyset(&both);
  ::sigaddset(&both, SIGINT);
  ::sigaddset(&both, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &both, &before_);
}

SignalsElsewhere::~SignalsElsewhere() {
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace emltrace
