#pragma once

#include <cstdint>

namespace emltrace::intake::container {

/// What one input may unpack to, all archives inside it together. A small file that stands for an
/// endless one costs no more than these.
struct Limits {
  /// A member, and all of them together, may grow to so many bytes whatever the input's size …
  std::uint64_t free_member = std::uint64_t{16} << 20;
  std::uint64_t free_total = std::uint64_t{256} << 20;
  /// … and above that to so many times the packed bytes. Mail shrinks to a third, at most to a
  /// fiftieth; deflate ends at 1,032.
  std::uint64_t ratio = 250;
  std::uint64_t total = std::uint64_t{64} << 30;
  std::uint64_t members = 1'000'000;
};

/// What is used up of the limits.
class Budget {
 public:
  explicit Budget(const Limits& limits = {}) : limits_(limits) {}

  /// Bytes of the input itself that were read.
  void add_packed(std::uint64_t bytes) { packed_ += bytes; }
  /// False where the member, which has given `in_member` bytes, may give none of `bytes` more.
  [[nodiscard]] bool take(std::uint64_t in_member, std::uint64_t bytes) {
    total_ += bytes;
    if (total_ > limits_.total || above(total_, limits_.free_total)) exhausted_ = true;
    return !exhausted_ && !above(in_member + bytes, limits_.free_member);
  }
  void count_member() { exhausted_ = exhausted_ || ++members_ > limits_.members; }
  /// Nothing more of the input may be unpacked.
  [[nodiscard]] bool exhausted() const { return exhausted_; }

 private:
  [[nodiscard]] bool above(std::uint64_t bytes, std::uint64_t free) const {
    return bytes > free && bytes / limits_.ratio > packed_;
  }

  Limits limits_;
  std::uint64_t packed_ = 0;
  std::uint64_t total_ = 0;
  std::uint64_t members_ = 0;
  bool exhausted_ = false;
};

}  // namespace emltrace::intake::container
