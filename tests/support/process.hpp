#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace emltrace::test {

/// A directory that goes away with its object.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "emltrace-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = name;
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  /// Writes the file, with the folders above it, and gives its path.
  std::string write(const std::string& name, const std::string& bytes) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return file(name);
  }

 private:
  std::filesystem::path path_;
};

inline std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Outcome {
  int status = -1;  ///< exit status; 1000 + signal where one ended it
  std::string out;
  std::string err;
};

struct Command {
  std::vector<std::string> arguments;
  std::string input;  ///< standard input
  std::vector<std::pair<std::string, std::string>> environment;
  std::string out_file;  ///< where standard output goes instead of into the outcome
};

/// Runs the command as a process, with an environment of its own configuration, and waits for it.
inline Outcome run(const std::string& program, const Command& command) {
  const TemporaryDirectory scratch;
  const std::string in = scratch.write("in", command.input);
  const std::string out = command.out_file.empty() ? scratch.file("out") : command.out_file;
  const std::string err = scratch.file("err");
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (const auto& argument : command.arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    ::setenv("HOME", scratch.file("home").c_str(), 1);
    ::unsetenv("XDG_CONFIG_HOME");
    for (const auto& [name, value] : command.environment) ::setenv(name.c_str(), value.c_str(), 1);
    const auto redirect = [](const std::string& path, int flags, int to) {
      const int file = ::open(path.c_str(), flags, 0600);
      if (file < 0 || ::dup2(file, to) < 0) ::_exit(127);
    };
    redirect(in, O_RDONLY, 0);
    redirect(out, O_WRONLY | O_CREAT, 1);
    redirect(err, O_WRONLY | O_CREAT, 2);
    // A test that serves has sockets open: they are none of the program's.
    ::close_range(3, ~0U, 0);
    ::execv(program.c_str(), argv.data());
    ::_exit(127);
  }
  Outcome outcome;
  int state = 0;
  if (child < 0 || ::waitpid(child, &state, 0) != child) throw std::runtime_error("fork");
  outcome.status = WIFEXITED(state) ? WEXITSTATUS(state) : 1000 + WTERMSIG(state);
  if (command.out_file.empty()) outcome.out = slurp(out);
  outcome.err = slurp(err);
  return outcome;
}

}  // namespace emltrace::test
