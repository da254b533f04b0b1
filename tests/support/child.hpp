#pragma once

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "support/process.hpp"

namespace emltrace::test {

/// A program under way that is fed, watched and interrupted by the test. It is killed at the end.
class Child {
 public:
  Child(const std::string& program, const std::vector<std::string>& arguments) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    const std::string out = scratch_.file("out");
    const std::string err = scratch_.file("err");
    process_ = ::fork();
    if (process_ < 0) throw std::runtime_error("fork");
    if (process_ == 0) {
      ::setenv("HOME", scratch_.file("home").c_str(), 1);
      ::unsetenv("XDG_CONFIG_HOME");
      ::dup2(ends[0], 0);
      ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT, 0600), 1);
      ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT, 0600), 2);
      ::execv(program.c_str(), argv.data());
      ::_exit(127);
    }
    ::close(ends[0]);
    input_ = ends[1];
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    end_input();
    if (process_ > 0) {
      ::kill(process_, SIGKILL);
      ::waitpid(process_, nullptr, 0);
    }
  }

  void feed(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::write(input_, bytes.data(), bytes.size());
      if (written <= 0) throw std::runtime_error("the program reads no more");
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void end_input() {
    if (input_ >= 0) ::close(input_);
    input_ = -1;
  }
  void signal(int number) const { ::kill(process_, number); }
  [[nodiscard]] std::string out() const { return slurp(scratch_.file("out")); }
  [[nodiscard]] std::string err() const { return slurp(scratch_.file("err")); }
  [[nodiscard]] std::size_t threads() const {
    const auto tasks = std::filesystem::path("/proc") / std::to_string(process_) / "task";
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(tasks), {}));
  }
  /// Waits until so many lines were printed; false where that does not come in a minute.
  [[nodiscard]] bool prints_lines(std::ptrdiff_t count) const {
    for (int i = 0; i < 6'000; ++i) {
      const std::string text = out();
      if (std::count(text.begin(), text.end(), '\n') >= count) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
  }
  /// The exit status; 1000 + signal where one ended it.
  int wait() {
    int state = 0;
    if (::wait4(process_, &state, 0, &usage_) != process_) throw std::runtime_error("wait4");
    process_ = -1;
    return WIFEXITED(state) ? WEXITSTATUS(state) : 1000 + WTERMSIG(state);
  }
  /// The most memory that was resident, KiB; after `wait`.
  [[nodiscard]] long peak_kib() const { return usage_.ru_maxrss; }

 private:
  TemporaryDirectory scratch_;
  pid_t process_ = -1;
  int input_ = -1;
  rusage usage_{};
};

}  // namespace emltrace::test
