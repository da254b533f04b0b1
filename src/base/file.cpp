#include "emltrace/base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

namespace emltrace {
namespace {

constexpr mode_t kNewFileMode = 0666;  // before the umask

/// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const { return number_; }
  /// False where the system could not write what it still held.
  bool close() { return ::close(std::exchange(number_, -1)) == 0; }

 private:
  int number_;
};

Error system_error(const std::string& path) {
  return Error{path + ": " + std::generic_category().message(errno)};
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// mkstemp makes files private to their owner; this one gets the mode that any new file gets.
bool apply_umask(int descriptor) {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return ::fchmod(descriptor, kNewFileMode & ~mask) == 0;
}

std::optional<Error> write_directly(const std::string& path, std::string_view bytes) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (file.get() < 0 || !write_all(file.get(), bytes) || !file.close()) return system_error(path);
  return std::nullopt;
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  constexpr std::size_t kChunk = 64 * 1024;
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return system_error(path);
  std::string bytes;
  std::array<char, kChunk> chunk;
  while (true) {
    const ssize_t got = ::read(file.get(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(path);
    if (got == 0) return bytes;
    bytes.append(chunk.data(), static_cast<std::size_t>(got));
  }
}

std::optional<Error> write_file(const std::string& path, std::string_view bytes) {
  std::error_code unknown;
  // A symbolic link is kept: its target is what gets replaced.
  const std::filesystem::path target = std::filesystem::weakly_canonical(path, unknown);
  const auto status = std::filesystem::status(path, unknown);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    return write_directly(path, bytes);
  }
  std::string temporary = (target.empty() ? path : target.string()) + ".XXXXXX";
  Descriptor file(::mkstemp(temporary.data()));
  if (file.get() < 0) return system_error(path);
  if (write_all(file.get(), bytes) && apply_umask(file.get()) && file.close() &&
      std::rename(temporary.c_str(), target.empty() ? path.c_str() : target.c_str()) == 0) {
    return std::nullopt;
  }
  const Error error = system_error(path);
  ::unlink(temporary.c_str());
  return error;
}

}  // namespace emltrace
