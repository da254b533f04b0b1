#include "support/terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace emltrace::test {

AtTerminal::AtTerminal(const std::string& program, const std::vector<std::string>& arguments) {
  master_ = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (master_ < 0 || ::grantpt(master_) != 0 || ::unlockpt(master_) != 0) {
    throw std::runtime_error("no terminal for the test");
  }
  // Kept open, so that its settings can be asked for when the program is gone.
  slave_ = ::open(::ptsname(master_), O_RDWR | O_NOCTTY | O_CLOEXEC);
  const std::string out = scratch_.file("out");
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  child_ = ::fork();
  if (child_ == 0) {
    ::setsid();
    ::setenv("HOME", scratch_.file("home").c_str(), 1);
    ::setenv("TERM", "xterm", 1);
    ::unsetenv("XDG_CONFIG_HOME");
    const int file = ::open(out.c_str(), O_WRONLY | O_CREAT, 0600);
    if (::ioctl(slave_, TIOCSCTTY, 0) != 0 || ::dup2(slave_, 0) < 0 || ::dup2(file, 1) < 0 ||
        ::dup2(slave_, 2) < 0) {
      ::_exit(127);
    }
    ::execv(program.c_str(), argv.data());
    ::_exit(127);
  }
  if (child_ < 0) throw std::runtime_error("fork");
  reader_ = std::thread([this] {
    std::array<char, 4'096> bytes{};
    while (!done_) {
      pollfd ready{master_, POLLIN, 0};
      if (::poll(&ready, 1, 20) <= 0) continue;
      const ssize_t got = ::read(master_, bytes.data(), bytes.size());
      const std::lock_guard lock(mutex_);
      if (got > 0) screen_.append(bytes.data(), static_cast<std::size_t>(got));
    }
  });
}

AtTerminal::~AtTerminal() {
  if (child_ > 0) {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  done_ = true;
  reader_.join();
  ::close(slave_);
  ::close(master_);
}

void AtTerminal::type(const std::string& keys) const {
  for (std::size_t at = 0; at < keys.size();) {
    const ssize_t written = ::write(master_, keys.data() + at, keys.size() - at);
    if (written <= 0) throw std::runtime_error("write to the terminal");
    at += static_cast<std::size_t>(written);
  }
}

std::string AtTerminal::screen() {
  const std::lock_guard lock(mutex_);
  return screen_;
}

bool AtTerminal::comes(const std::function<bool()>& condition) {
  for (int i = 0; i < 1'000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

bool AtTerminal::shows(const std::string& text) {
  return comes([&] { return screen().find(text) != std::string::npos; });
}

termios AtTerminal::settings() const {
  termios now{};
  ::tcgetattr(slave_, &now);
  return now;
}

void AtTerminal::signal(int number) const {
  ::kill(child_, number);
}

bool AtTerminal::is_stopped() const {
  siginfo_t information{};
  return ::waitid(P_PID, static_cast<id_t>(child_), &information, WSTOPPED | WNOHANG) == 0 &&
         information.si_pid == child_;
}

Outcome AtTerminal::wait() {
  Outcome outcome;
  int state = 0;
  const bool ended = comes([&] { return ::waitpid(child_, &state, WNOHANG) == child_; });
  if (!ended) return outcome;
  child_ = -1;
  // What it wrote last may be on its way to the reader still.
  static_cast<void>(comes([&] {
    pollfd more{master_, POLLIN, 0};
    return ::poll(&more, 1, 50) == 0;
  }));
  outcome.status = WIFEXITED(state) ? WEXITSTATUS(state) : 1000 + WTERMSIG(state);
  outcome.out = slurp(scratch_.file("out"));
  return outcome;
}

}  // namespace emltrace::test
