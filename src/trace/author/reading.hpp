#pragma once

#include <string>
#include <string_view>

namespace emltrace::trace {

/// What a reader takes a name (UTF-8) for, for comparing names: compatibility letters as the plain
/// ones that they are drawn like, look-alikes of other scripts in words that read as Latin as the
/// Latin letters, a capital I behind a small letter as `l`, nothing that is not seen, without
/// case, accents and trade marks. Linear.
[[nodiscard]] std::u32string reading(std::string_view name);

/// The same with `0` in words of letters as `o`, and `1` as the letter `one`, which is `l` or `i`.
[[nodiscard]] std::u32string with_digits_as_letters(std::u32string_view reading, char one);

/// The ASCII letter or digit that a character beyond ASCII is a styled form of: mathematical,
/// full-width, circled, squared, raised …; 0 where it is none.
[[nodiscard]] char styled_form_of(char32_t code_point);

}  // namespace emltrace::trace
