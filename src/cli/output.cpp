#include "cli/output.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <system_error>
#include <utility>

namespace emltrace::cli {
namespace {

std::string system_reason() {
  return std::generic_category().message(errno);
}

mode_t new_file_mode() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

/// The file behind symbolic links: a rename must not replace the link itself.
std::string resolved(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr),
                                                         &std::free);
  return real ? std::string(real.get()) : path;
}

/// Devices, pipes and open descriptors (`/dev/stdout`, `/proc/self/fd/3`) have no name to take.
bool is_direct(const std::string& path, bool exists, const struct stat& state) {
  return path.starts_with("/dev/") || path.starts_with("/proc/") ||
         (exists && !S_ISREG(state.st_mode));
}

}  // namespace

Result<Output> Output::open(const std::optional<std::string>& path) {
  if (!path) return Output(STDOUT_FILENO, "standard output");
  struct stat state {};
  const bool exists = ::stat(path->c_str(), &state) == 0;
  if (is_direct(*path, exists, state)) {
    Output out(::open(path->c_str(), O_WRONLY | O_CLOEXEC), *path);
    out.owned_ = true;
    if (out.descriptor_ < 0) return out.failure();
    return out;
  }
  const std::string target = exists ? resolved(*path) : *path;
  std::string temporary = target + ".XXXXXX";
  Output out(::mkostemp(temporary.data(), O_CLOEXEC), *path);
  if (out.descriptor_ < 0) return out.failure();
  out.owned_ = true;
  out.target_ = target;
  out.temporary_ = temporary;
  const mode_t mode = exists ? state.st_mode & 07777 : new_file_mode();
  if (::fchmod(out.descriptor_, mode) != 0) return out.failure();
  return out;
}

Output::Output(Output&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      name_(std::move(other.name_)),
      target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})),
      owned_(std::exchange(other.owned_, false)) {}

Output::~Output() {
  if (owned_ && descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Error Output::failure() const {
  return Error{name_ + ": " + system_reason()};
}

bool Output::is_terminal() const {
  return ::isatty(descriptor_) == 1;
}

std::optional<std::size_t> Output::terminal_width() const {
  struct winsize size {};
  if (!is_terminal() || ::ioctl(descriptor_, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
    return std::nullopt;
  }
  return size.ws_col;
}

std::optional<Error> Output::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failure();
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return std::nullopt;
}

std::optional<Error> Output::commit() {
  if (!owned_) return std::nullopt;
  owned_ = false;
  // Some file systems tell only now that there was no room.
  if (::close(std::exchange(descriptor_, -1)) != 0) return failure();
  if (target_.empty()) return std::nullopt;
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) return failure();
  temporary_.clear();
  return std::nullopt;
}

}  // namespace emltrace::cli
