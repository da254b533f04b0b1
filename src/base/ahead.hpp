#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace emltrace::text {

/// The next of some bytes in a text, asked for again and again from places that go forward: what
/// was found, or that there is none, is remembered, so that all answers together look at each byte
/// once.
class Ahead {
 public:
  /// Both texts must outlive this.
  Ahead(std::string_view text, std::string_view bytes) : text_(text), bytes_(bytes) {}

  /// The offset of the first of the bytes at `at` or behind it; npos if none.
  [[nodiscard]] std::size_t from(std::size_t at);

 private:
  std::string_view text_;
  std::string_view bytes_;
  std::size_t asked_ = 0;  ///< place of the last search
  std::optional<std::size_t> found_;
};

}  // namespace emltrace::text
