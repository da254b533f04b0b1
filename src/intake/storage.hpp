#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/descriptor.hpp"
#include "base/result.hpp"

/// Where the bytes of an input live, and how long.
namespace emltrace::intake {

/// Bytes together with what keeps them alive.
struct Chunk {
  std::string_view bytes;
  std::shared_ptr<const void> storage;

  [[nodiscard]] static Chunk own(std::string bytes);
  /// Bytes of its own that stand for `parent`, which they keep alive too.
  [[nodiscard]] static Chunk own(std::string bytes, std::shared_ptr<const void> parent);
};

/// A file in memory. Pages that nothing holds are given back to the system block by block, so that
/// memory is bounded by what is looked at, not by the size of the file.
class Mapping : public std::enable_shared_from_this<Mapping> {
 public:
  /// Null where the system refuses.
  [[nodiscard]] static std::shared_ptr<Mapping> map(int descriptor, std::size_t size);
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping();

  [[nodiscard]] std::string_view bytes() const { return {data_, size_}; }
  /// As long as what is returned lives, the pages of that range stay. May be dropped by any thread.
  [[nodiscard]] std::shared_ptr<const void> hold(std::size_t offset, std::size_t length);

  static constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

 private:
  struct Hold;
  struct Counters;
  Mapping(char* data, std::size_t size);
  void release(std::size_t first_block, std::size_t last_block);
  char* data_;
  std::size_t size_;
  std::unique_ptr<Counters> counters_;
};

/// An input that is read from front to back: a mapped file, or a pipe behind a buffer.
class Input {
 public:
  /// Writes the next bytes to `into`, at most `size`; gives their number, 0 at the end.
  using Pull = std::function<Result<std::size_t>(char* into, std::size_t size)>;

  explicit Input(Descriptor descriptor);
  /// Bytes that something else makes, such as an archive.
  explicit Input(Pull pull) : pull_(std::move(pull)) {}
  Input(Input&&) noexcept = default;
  Input& operator=(Input&&) noexcept = default;

  /// What can be seen from the position on. Views into it end with grow, advance and take.
  [[nodiscard]] std::string_view view() const;
  /// No more bytes will follow those in view.
  [[nodiscard]] bool complete() const { return complete_; }
  /// Reads on; false where nothing was added. An error of reading ends the input, see status().
  bool grow();
  /// Grows until `size` bytes are in view or the input is complete.
  void grow_to(std::size_t size);
  /// The first `size` bytes in view, owned; the position moves behind them.
  [[nodiscard]] Chunk take(std::size_t size);
  void advance(std::size_t size);
  [[nodiscard]] std::uint64_t position() const { return position_; }
  /// The error says why reading ended before the end.
  [[nodiscard]] const Result<void>& status() const { return status_; }

  static constexpr std::size_t kMapFrom = std::size_t{256} << 10;  ///< smaller files are read
  static constexpr std::size_t kReadBytes = std::size_t{64} << 10;

 private:
  [[nodiscard]] std::ptrdiff_t read_some(char* into, std::size_t most);

  Pull pull_;
  Descriptor descriptor_;
  std::shared_ptr<Mapping> mapping_;
  std::shared_ptr<const void> cursor_;  ///< keeps the block that is being looked at
  std::size_t start_ = 0;               ///< of the view, in the mapping or the buffer
  std::string buffer_;
  std::uint64_t position_ = 0;
  bool complete_ = false;
  Result<void> status_;
};

}  // namespace emltrace::intake
