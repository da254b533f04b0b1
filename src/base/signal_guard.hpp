#pragma once

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

}  // namespace emltrace
