#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace emltrace {

/// Bytes of a charset as UTF-8, by iconv; ill-formed input becomes U+FFFD. `charset` is an IANA
/// name or one of the labels of the WHATWG Encoding Standard, each taken for the superset that it
/// stands for in practice (gb2312 for GB18030, shift_jis for CP932, iso-8859-1 for windows-1252);
/// US-ASCII alone stays what it says. Null for an unknown charset.
[[nodiscard]] std::optional<std::string> to_utf8(std::string_view bytes, std::string_view charset);
/// Text in UTF-8 as bytes of a charset, named as in to_utf8. Null for an unknown one, and where a
/// character cannot be written in it.
[[nodiscard]] std::optional<std::string> from_utf8(std::string_view text, std::string_view charset);
/// to_utf8, null where any byte is ill-formed.
[[nodiscard]] std::optional<std::string> to_utf8_whole(std::string_view bytes,
                                                       std::string_view charset);

}  // namespace emltrace
