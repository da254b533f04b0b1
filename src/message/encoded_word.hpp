#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace emltrace {

/// Text with its encoded words (RFC 2047, RFC 2231 §5 language) decoded to UTF-8. White space
/// between adjacent encoded words goes; a multi-byte character split between two of them is joined
/// where the charset agrees. An encoded word that cannot be read stays as written. Raw 8-bit text
/// that is no UTF-8 stays as bytes. `text` is unfolded first.
[[nodiscard]] std::string decode_encoded_words(std::string_view text);

/// True where the text holds something of the shape `=?charset?b|q?…?=`.
[[nodiscard]] bool has_encoded_word(std::string_view text);

/// Bytes of a charset (IANA name, common aliases) as UTF-8, by iconv; ill-formed input becomes
/// U+FFFD. Null for an unknown charset.
[[nodiscard]] std::optional<std::string> to_utf8(std::string_view bytes, std::string_view charset);

}  // namespace emltrace
