#pragma once

#include <sys/types.h>
#include <termios.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/process.hpp"

namespace emltrace::test {

/// A program at a terminal of its own: standard input and standard error are the terminal, standard
/// output is a file.
class AtTerminal {
 public:
  AtTerminal(const std::string& program, const std::vector<std::string>& arguments);
  AtTerminal(const AtTerminal&) = delete;
  AtTerminal& operator=(const AtTerminal&) = delete;
  ~AtTerminal();

  /// What a person types or pastes.
  void type(const std::string& keys) const;
  /// What the terminal has been sent to show so far.
  [[nodiscard]] std::string screen();
  /// False where it is not shown within ten seconds.
  [[nodiscard]] bool shows(const std::string& text);
  /// False where it does not come to be within ten seconds.
  [[nodiscard]] static bool comes(const std::function<bool()>& condition);
  [[nodiscard]] termios settings() const;
  void signal(int number) const;
  /// True once the program is stopped.
  [[nodiscard]] bool is_stopped() const;
  /// Waits for the end: exit status, 1000 + signal where one ended it; what went to the file.
  Outcome wait();

 private:
  TemporaryDirectory scratch_;
  int master_ = -1;
  int slave_ = -1;
  pid_t child_ = -1;
  std::thread reader_;
  std::atomic<bool> done_ = false;
  std::mutex mutex_;
  std::string screen_;
};

}  // namespace emltrace::test
