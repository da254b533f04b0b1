#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/descriptor.hpp"
#include "base/result.hpp"
#include "intake/terminal.hpp"

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

/// An input that is read from front to back through one buffer, which holds what is in view and no
/// more. Nothing is mapped: a file that others shorten or write to while it is read gives the bytes
/// that were there.
class Input {
 public:
  /// Writes the next bytes to `into`, at most `size`; gives their number, 0 at the end.
  using Pull = std::function<Result<std::size_t>(char* into, std::size_t size)>;

  /// Of a terminal, `terminal_ready` is called when it is ready for a paste.
  explicit Input(Descriptor descriptor, const std::function<void()>& terminal_ready = {});
  /// Bytes that something else makes, such as an archive.
  explicit Input(Pull pull) : pull_(std::move(pull)) {}
  Input(Input&&) noexcept = default;
  Input& operator=(Input&&) noexcept = default;

  /// What can be seen from the position on. Views into it end with grow, advance, peek and take.
  [[nodiscard]] std::string_view view() const { return std::string_view(buffer_).substr(start_); }
  /// No more bytes will follow those in view.
  [[nodiscard]] bool complete() const { return complete_; }
  /// Reads on; false where nothing was added. An error of reading ends the input, see status().
  bool grow();
  /// Grows until `size` bytes are in view or the input is complete.
  void grow_to(std::size_t size);
  /// The bytes from `offset` of the view on, at most `size` of them, fewer at the end alone: of a
  /// file without bringing into view what lies before them. Null where a pipe would have to be
  /// read further ahead than kMaxPeek.
  [[nodiscard]] std::optional<std::string_view> peek(std::uint64_t offset, std::size_t size);
  /// The first `size` bytes in view, owned; the position moves behind them.
  [[nodiscard]] Chunk take(std::size_t size);
  void advance(std::size_t size);
  [[nodiscard]] std::uint64_t position() const { return position_; }
  /// The error says why reading ended before the end.
  [[nodiscard]] const Result<void>& status() const { return status_; }
  /// Bytes of a regular file when it was opened, from where reading began; null of all else.
  [[nodiscard]] std::optional<std::uint64_t> size() const { return size_; }

  static constexpr std::size_t kMaxMessageBytes = std::size_t{512}
                                                  << 20;  ///< what is larger is none
  static constexpr std::size_t kReadBytes = std::size_t{64} << 10;
  static constexpr std::size_t kMaxPeek = std::size_t{16} << 20;

 private:
  /// Gives back what is in front of the view, and memory that one large message needed.
  void compact();
  /// Reads into the buffer; the number of bytes; an error is put into the status, and is below 0.
  [[nodiscard]] std::ptrdiff_t read_some(char* into, std::size_t most);

  /// Bytes that are to be read at once.
  [[nodiscard]] std::size_t next_read() const;

  static constexpr std::size_t kKeepBytes = std::size_t{4} << 20;

  Pull pull_;
  Descriptor descriptor_;
  std::unique_ptr<Terminal> terminal_;  ///< until its text has ended
  std::optional<std::uint64_t> size_;
  std::uint64_t origin_ = 0;  ///< offset in the file at which reading began
  std::size_t start_ = 0;     ///< of the view in the buffer
  std::string buffer_;
  std::string ahead_;  ///< what was peeked at beyond the view
  std::uint64_t position_ = 0;
  bool complete_ = false;
  Result<void> status_;
};

}  // namespace emltrace::intake
