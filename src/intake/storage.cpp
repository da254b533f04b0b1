#include "intake/storage.hpp"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <utility>

#include "base/system_error.hpp"

namespace emltrace::intake {

Chunk Chunk::own(std::string bytes) {
  auto storage = std::make_shared<const std::string>(std::move(bytes));
  return {*storage, storage};
}

Chunk Chunk::own(std::string bytes, std::shared_ptr<const void> parent) {
  struct Child {
    std::string bytes;
    std::shared_ptr<const void> parent;
  };
  auto storage = std::make_shared<const Child>(Child{std::move(bytes), std::move(parent)});
  return {storage->bytes, storage};
}

struct Mapping::Counters {
  explicit Counters(std::size_t blocks) : held(blocks) {}
  std::vector<std::atomic<std::uint32_t>> held;
};

struct Mapping::Hold {
  std::shared_ptr<Mapping> mapping;
  std::size_t first;
  std::size_t last;
  Hold(std::shared_ptr<Mapping> m, std::size_t f, std::size_t l)
      : mapping(std::move(m)), first(f), last(l) {}
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;
  ~Hold() { mapping->release(first, last); }
};

Mapping::Mapping(char* data, std::size_t size)
    : data_(data),
      size_(size),
      counters_(std::make_unique<Counters>((size + kBlockBytes - 1) / kBlockBytes)) {}

Mapping::~Mapping() {
  ::munmap(data_, size_);
}

std::shared_ptr<Mapping> Mapping::map(int descriptor, std::size_t size) {
  void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (data == MAP_FAILED) {
    return nullptr;
  }
  ::madvise(data, size, MADV_SEQUENTIAL);
  return std::shared_ptr<Mapping>(new Mapping(static_cast<char*>(data), size));
}

std::shared_ptr<const void> Mapping::hold(std::size_t offset, std::size_t length) {
  const std::size_t first = std::min(offset, size_ - 1) / kBlockBytes;
  const std::size_t end = std::min(offset + std::max<std::size_t>(length, 1), size_);
  const std::size_t last = std::max(first, (end - 1) / kBlockBytes);
  for (std::size_t block = first; block <= last; ++block) {
    counters_->held[block].fetch_add(1);
  }
  return std::make_shared<const Hold>(shared_from_this(), first, last);
}

// The pages are clean: they come back from the file should anyone look at them again.
void Mapping::release(std::size_t first_block, std::size_t last_block) {
  for (std::size_t block = first_block; block <= last_block; ++block) {
    if (counters_->held[block].fetch_sub(1) == 1) {
      const std::size_t offset = block * kBlockBytes;
      ::madvise(data_ + offset, std::min(kBlockBytes, size_ - offset), MADV_DONTNEED);
    }
  }
}

Input::Input(Descriptor descriptor) : descriptor_(std::move(descriptor)) {
  struct stat status{};
  if (::fstat(descriptor_.number(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return;
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  const off_t at = ::lseek(descriptor_.number(), 0, SEEK_CUR);
  if (size >= kMapFrom && at >= 0 && static_cast<std::size_t>(at) < size) {
    mapping_ = Mapping::map(descriptor_.number(), size);
    start_ = mapping_ ? static_cast<std::size_t>(at) : 0;
    complete_ = mapping_ != nullptr;
  }
}

std::string_view Input::view() const {
  const std::string_view all = mapping_ ? mapping_->bytes() : std::string_view(buffer_);
  return all.substr(start_);
}

// An error is put into the status, and is below 0.
std::ptrdiff_t Input::read_some(char* into, std::size_t most) {
  if (pull_) {
    const auto pulled = pull_(into, most);
    if (!pulled) status_ = Error{pulled.error()};
    return pulled ? static_cast<std::ptrdiff_t>(*pulled) : -1;
  }
  ssize_t got = -1;
  do {
    got = ::read(descriptor_.number(), into, most);
  } while (got < 0 && errno == EINTR);
  if (got < 0) {
    status_ = Error{system_reason()};
  }
  return got;
}

bool Input::grow() {
  if (complete_) {
    return false;
  }
  if (start_ > 0 && start_ * 2 >= buffer_.size()) {
    buffer_.erase(0, start_);
    start_ = 0;
  }
  const std::size_t had = buffer_.size();
  buffer_.resize(had + kReadBytes);
  const std::ptrdiff_t got = read_some(buffer_.data() + had, kReadBytes);
  complete_ = got <= 0;
  buffer_.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  return got > 0;
}

void Input::grow_to(std::size_t size) {
  while (view().size() < size && grow()) {
  }
}

Chunk Input::take(std::size_t size) {
  if (mapping_) {
    Chunk chunk{view().substr(0, size), mapping_->hold(start_, size)};
    advance(size);
    return chunk;
  }
  if (start_ == 0 && size == buffer_.size() && complete_) {
    Chunk all = Chunk::own(std::move(buffer_));
    buffer_.clear();
    position_ += size;
    return all;
  }
  Chunk chunk = Chunk::own(std::string(view().substr(0, size)));
  advance(size);
  return chunk;
}

void Input::advance(std::size_t size) {
  start_ += size;
  position_ += size;
  if (mapping_ && start_ < mapping_->bytes().size()) {
    cursor_ = mapping_->hold(start_, 1);
  } else {
    cursor_.reset();
  }
}

}  // namespace emltrace::intake
