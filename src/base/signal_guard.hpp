#pragma once

#include <csignal>
#include <cstddef>
#include <string>

namespace emltrace {

/// Names a file that a signal must not leave behind, as long as it lives. Bounded: beyond
/// kMaxGuarded files at once, the further ones are not guarded.
class SignalGuard {
 public:
  static constexpr std::size_t kMaxGuarded = 16;

  SignalGuard() = default;
  explicit SignalGuard(const std::string& path);
  SignalGuard(SignalGuard&& other) noexcept;
  SignalGuard& operator=(SignalGuard&& other) noexcept;
  ~SignalGuard();

 private:
  void release();
  std::size_t place_ = kMaxGuarded;  ///< kMaxGuarded: none
};

/// From now on SIGINT, SIGTERM and SIGHUP unlink all guarded files before they end the program as
/// they would without (`nohup`'s SIGHUP stays ignored). For the command, not for the library.
void unlink_guarded_on_signals();

/// From now on the first SIGINT or SIGTERM only makes `interrupted` true, and breaks off a system
/// call that waits in the thread that gets it; a second one ends the program as above. Where one is
/// ignored it stays so.
void ask_before_ending();
[[nodiscard]] bool interrupted();

/// Keeps SIGINT and SIGTERM from this thread, and from those that it starts, as long as it lives:
/// they go to another.
class SignalsElsewhere {
 public:
  SignalsElsewhere();
  SignalsElsewhere(const SignalsElsewhere&) = delete;
  SignalsElsewhere& operator=(const SignalsElsewhere&) = delete;
  ~SignalsElsewhere();

 private:
  sigset_t before_{};
};

}  // namespace emltrace
