#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace emltrace::encoded_word {

/// encoded-word = "=?" charset ["*" language] "?" encoding "?" encoded-text "?="
struct Shape {
  std::string_view charset;
  char encoding;  ///< `b` or `q`
  std::string_view text;
  std::size_t length;  ///< bytes of the whole encoded word
};

/// Reads the encoded word that begins at `at`; null where there is none. Its text may yet be
/// broken. Stops at the first byte that cannot belong to it, so repeated calls stay linear.
[[nodiscard]] std::optional<Shape> match(std::string_view text, std::size_t at);

}  // namespace emltrace::encoded_word
