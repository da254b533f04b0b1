#include "cli/output.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/descriptor.hpp"
#include "base/system_error.hpp"

namespace emltrace::cli {

Result<void> Output::open() {
  if (!path_ || file_) return {};
  auto file = AtomicFile::open(*path_);
  if (!file) return Error{"--output: " + file.error()};
  file_.emplace(std::move(*file));
  return {};
}

int Output::descriptor() const {
  return file_ ? file_->descriptor() : STDOUT_FILENO;
}

bool Output::is_terminal() const {
  return ::isatty(descriptor()) == 1;
}

std::optional<std::size_t> Output::terminal_width() const {
  struct winsize size{};
  if (!is_terminal() || ::ioctl(descriptor(), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
    return std::nullopt;
  }
  return size.ws_col;
}

Result<void> Output::write(std::string_view bytes) {
  if (write_all(descriptor(), bytes)) return {};
  reader_gone_ = errno == EPIPE;
  return Error{path_.value_or("standard output") + ": " + system_reason()};
}

Result<void> Output::commit() {
  return file_ ? file_->commit() : Result<void>();
}

}  // namespace emltrace::cli
