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

#include "base/system_error.hpp"

namespace emltrace {
namespace {

constexpr mode_t kNewFileMode = 0666;  // before the umask
constexpr mode_t kOwnerAlone = 0600;
constexpr mode_t kModeBits = 07777;

/// Devices, pipes and open descriptors have no name to take; in /dev/shm stand files as any other.
bool is_direct(const std::string& path, bool exists, const struct stat& state) {
  const bool device = path.starts_with("/dev/") && !path.starts_with("/dev/shm/");
  return device || path.starts_with("/proc/") || (exists && !S_ISREG(state.st_mode));
}

/// The file behind symbolic links: a rename must not replace the link itself.
std::string behind_links(const std::string& path) {
  std::error_code unknown;
  const std::filesystem::path target = std::filesystem::weakly_canonical(path, unknown);
  return target.empty() ? path : target.string();
}

Error failure_of(const std::string& path) {
  return Error{path + ": " + system_reason()};
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  constexpr std::size_t kChunk = std::size_t{16} << 10;
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return failure_of(path);
  std::string bytes;
  std::array<char, kChunk> chunk;
  while (true) {
    const ssize_t got = ::read(file.number(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failure_of(path);
    if (got == 0) return bytes;
    bytes.append(chunk.data(), static_cast<std::size_t>(got));
  }
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})),
      guard_(std::move(other.guard_)),
      descriptor_(std::move(other.descriptor_)) {}

AtomicFile::~AtomicFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Error AtomicFile::failure() const {
  return failure_of(path_);
}

Result<AtomicFile> AtomicFile::open(const std::string& path) {
  AtomicFile file(path);
  struct stat state{};
  const bool exists = ::stat(path.c_str(), &state) == 0;
  if (is_direct(path, exists, state)) {
    file.descriptor_ = Descriptor(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!file.descriptor_.is_open()) return file.failure();
    return file;
  }
  file.target_ = behind_links(path);
  // Nobody whom the mode of the old file shuts out may open the new one in between.
  if (!file.open_beside(exists ? kOwnerAlone : kNewFileMode)) return file.failure();
  if (exists && ::fchmod(file.descriptor(), state.st_mode & kModeBits) != 0) return file.failure();
  return file;
}

/// False, with `errno`, where no new file can be made.
bool AtomicFile::open_beside(unsigned mode) {
  constexpr int kTries = 100;
  std::random_device random;
  for (int i = 0; i < kTries; ++i) {
    std::string name = target_ + "." + std::to_string(random()) + ".part";
    SignalGuard guard(name);
    descriptor_ = Descriptor(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
    if (descriptor_.is_open()) {
      temporary_ = std::move(name);
      guard_ = std::move(guard);
      return true;
    }
    if (errno != EEXIST) return false;
  }
  return false;
}

Result<void> AtomicFile::write(std::string_view bytes) {
  if (!write_all(descriptor(), bytes)) return failure();
  return {};
}

Result<void> AtomicFile::commit() {
  // Some file systems tell only now that there was no room.
  if (!descriptor_.close()) return failure();
  if (temporary_.empty()) return {};
  if (std::rename(temporary_.c_str(), target_.c_str()) != 0) return failure();
  temporary_.clear();
  guard_ = {};
  return {};
}

Result<void> write_file(const std::string& path, std::string_view bytes) {
  auto file = AtomicFile::open(path);
  if (!file) return Error{file.error()};
  if (auto written = file->write(bytes); !written) return written;
  return file->commit();
}

}  // namespace emltrace
