#include "cli/output.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <utility>

#include "base/descriptor.hpp"
#include "base/system_error.hpp"

namespace emltrace::cli {

Result<Output> Output::open(const std::optional<std::string>& path) {
  if (!path) return Output(std::nullopt);
  auto file = AtomicFile::open(*path);
  if (!file) return Error{file.error()};
  return Output(std::move(*file));
}

int Output::descriptor() const {
  return file_ ? file_->descriptor() : STDOUT_FILENO;
}

bool Output::is_terminal() const {
  return ::isatty(descriptor()) == 1;
}

std::optional<std::size_t> Output::terminal_width() const {
  struct winsize size {};
  if (!is_terminal() || ::ioctl(descriptor(), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
    return std::nullopt;
  }
  return size.ws_col;
}

Result<void> Output::write(std::string_view bytes) {
  if (file_) return file_->write(bytes);
  if (!write_all(STDOUT_FILENO, bytes)) return Error{"standard output: " + system_reason()};
  return {};
}

Result<void> Output::commit() {
  return file_ ? file_->commit() : Result<void>();
}

}  // namespace emltrace::cli
