#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace emltrace {

/// Text with its encoded words (RFC 2047, RFC 2231 5 language) decoded to UTF-8. White space
/// between adjacent encoded words goes; a multi-byte character split between two of them is joined
/// where the charset agrees. An encoded word that cannot be read stays as written. Raw 8-bit text
/// that is no UTF-8 stays as bytes. `text` is unfolded first.
[[nodiscard]] std::string decode_encoded_words(std::string_view text);

/// True where the text holds something of the shape `=?charset?b|q?…?=`.
[[nodiscard]] bool has_encoded_word(std::string_view text);

namespace encoded_word {

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

}  // namespace encoded_word

}  // namespace emltrace
