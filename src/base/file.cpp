#include "base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <random>
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

/// A new file beside `path`, and its name.
std::pair<int, std::string> open_beside(const std::string& path) {
  constexpr int kTries = 100;
  std::random_device random;
  for (int i = 0; i < kTries; ++i) {
    std::string name = path + "." + std::to_string(random()) + ".part";
    const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kNewFileMode);
    if (file >= 0 || errno != EEXIST) return {file, std::move(name)};
  }
  return {-1, {}};
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
  const std::string place = target.empty() ? path : target.string();
  const auto [number, temporary] = open_beside(place);
  Descriptor file(number);
  if (file.get() < 0) return system_error(path);
  if (write_all(file.get(), bytes) && file.close() &&
      std::rename(temporary.c_str(), place.c_str()) == 0) {
    return std::nullopt;
  }
  const Error error = system_error(path);
  ::unlink(temporary.c_str());
  return error;
}

}  // namespace emltrace
