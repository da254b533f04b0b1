#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

/// Letters as mail, links and pages write them: for finding a known text, not for decoding one.
namespace emltrace::report {

/// Offset behind `wanted` in `text` from `at` on; null where it does not stand there. A letter is
/// itself in either case, or an escape of it (`%40`, `%2540`, `=40`, `&#64;`, `&#x40;`, `&commat;`,
/// `\u0040`, `\x40`; of a letter beyond US-ASCII its bytes of UTF-8 or its code point). NUL bytes,
/// which UTF-16 has, and soft line breaks of quoted-printable do not count.
[[nodiscard]] std::optional<std::size_t> match_text(std::string_view text, std::size_t at,
                                                    std::string_view wanted);
/// Offset behind what stands for an '@': the sign, the `=` of a rewritten path, `(at)` and the
/// like, with white space around it. Null where there is none.
[[nodiscard]] std::optional<std::size_t> match_at_sign(std::string_view text, std::size_t at);
/// Nothing that belongs to a local part goes before `at`: the text begins there, or a byte that is
/// no letter or digit, or an escape, stands in front.
[[nodiscard]] bool starts_word(std::string_view text, std::size_t at);
/// No letter or digit goes on at `at`.
[[nodiscard]] bool ends_word(std::string_view text, std::size_t at);

}  // namespace emltrace::report
