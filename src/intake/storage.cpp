#include "intake/storage.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/signal_guard.hpp"
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

Input::Input(Descriptor descriptor, const std::function<void()>& terminal_ready)
    : descriptor_(std::move(descriptor)), terminal_(Terminal::open(descriptor_.number())) {
  if (terminal_ && terminal_ready) terminal_ready();
  struct stat status{};
  if (::fstat(descriptor_.number(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return;
  }
  const off_t at = ::lseek(descriptor_.number(), 0, SEEK_CUR);
  if (at < 0) {
    return;
  }
  origin_ = static_cast<std::uint64_t>(at);
  const auto whole = static_cast<std::uint64_t>(status.st_size);
  size_ = whole - std::min(whole, origin_);
}

void Input::compact() {
  const std::size_t rest = buffer_.size() - start_;
  if (start_ == 0 || start_ < rest) {
    return;
  }
  buffer_.erase(0, start_);
  start_ = 0;
  if (buffer_.capacity() > kKeepBytes && rest < buffer_.capacity() / 8) {
    buffer_.shrink_to_fit();
  }
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
    got = terminal_ ? terminal_->read(into, most) : ::read(descriptor_.number(), into, most);
  } while (got < 0 && errno == EINTR && !interrupted());
  if (got < 0) {
    status_ = Error{system_reason()};
  }
  return got;
}

// No more room than the file is known to need: room that is not used is still cleared.
std::size_t Input::next_read() const {
  constexpr std::size_t kLeast = 1'024;  // tells the end, or that the file grows
  const std::uint64_t had = position_ + view().size();
  if (!size_ || *size_ >= had + kReadBytes) return kReadBytes;
  return *size_ > had + kLeast ? static_cast<std::size_t>(*size_ - had) : kLeast;
}

bool Input::grow() {
  if (complete_) {
    return false;
  }
  compact();
  const std::size_t had = buffer_.size();
  const std::size_t most = next_read();
  buffer_.resize(had + most);
  const std::ptrdiff_t got = read_some(buffer_.data() + had, most);
  buffer_.resize(had + static_cast<std::size_t>(std::max<std::ptrdiff_t>(got, 0)));
  if (got > 0) {
    return true;
  }
  complete_ = true;
  if (got == 0 && size_ && position_ + view().size() < *size_) {
    status_ = Error{"became shorter while it was read"};
  }
  terminal_.reset();
  return false;
}

void Input::grow_to(std::size_t size) {
  const bool whole = size_ && size >= *size_ && *size_ > kKeepBytes;
  if (whole && position_ == 0 && *size_ <= kMaxMessageBytes) {
    buffer_.reserve(static_cast<std::size_t>(*size_) + kReadBytes);
  }
  while (view().size() < size && grow()) {
  }
}

std::optional<std::string_view> Input::peek(std::uint64_t offset, std::size_t size) {
  if (offset + size > view().size() && !complete_ && !size_ && offset + size <= kMaxPeek) {
    grow_to(static_cast<std::size_t>(offset) + size);
  }
  if (offset + size <= view().size() || complete_) {
    return view().substr(static_cast<std::size_t>(std::min<std::uint64_t>(offset, view().size())),
                         size);
  }
  if (!size_) {
    return std::nullopt;
  }
  ahead_.resize(size);
  std::size_t had = 0;
  ssize_t got = 1;
  while (had < size && got > 0) {
    got = ::pread(descriptor_.number(), ahead_.data() + had, size - had,
                  static_cast<off_t>(origin_ + position_ + offset + had));
    if (got < 0 && errno == EINTR) {
      got = 1;
    } else {
      had += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    }
  }
  return std::string_view(ahead_).substr(0, had);
}

Chunk Input::take(std::size_t size) {
  // A buffer that is mostly room is not what should live on.
  const bool fits = buffer_.capacity() <= size + size / 2;
  if (start_ == 0 && size == buffer_.size() && complete_ && fits) {
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
}

}  // namespace emltrace::intake
