#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Quoted-printable (RFC 2045 6.7).
namespace emltrace::quoted_printable {

/// The byte that `=XX` at `at` stands for, `X` of either case; null where that is no escape.
[[nodiscard]] std::optional<char> escaped_byte(std::string_view text, std::size_t at);
/// Length of the soft line break at `at`, with the white space before its line end (rule 5); 0
/// where there is none.
[[nodiscard]] std::size_t soft_break(std::string_view text, std::size_t at);
/// The bytes of the text; what is no escape stays as it is. Linear.
[[nodiscard]] std::string decode(std::string_view text);

}  // namespace emltrace::quoted_printable
