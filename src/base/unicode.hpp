#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// What the Unicode Character Database says of characters and texts.
namespace emltrace::unicode {

/// The script of a character by its property value name (UAX #24), `Latin`; `Common` and
/// `Inherited` are those of no script; empty for an unassigned code point.
[[nodiscard]] std::string_view script(char32_t code_point);
/// General categories L* (letters) and M* (marks that belong to one).
[[nodiscard]] bool is_letter(char32_t code_point);
[[nodiscard]] bool is_mark(char32_t code_point);
[[nodiscard]] bool is_upper(char32_t code_point);
[[nodiscard]] bool is_lower(char32_t code_point);
/// The lower case of a character by itself (Simple_Lowercase_Mapping).
[[nodiscard]] char32_t to_lower(char32_t code_point);
/// Decimal digits of any script.
[[nodiscard]] bool is_digit(char32_t code_point);
/// What words are made of: letters, their marks, and digits.
[[nodiscard]] bool is_word_part(char32_t code_point);
/// Letters and digits written from right to left: bidirectional classes R and AL (UAX #9).
[[nodiscard]] bool is_right_to_left(char32_t code_point);
/// Shown as nothing where a program does not know it (UAX #44 Default_Ignorable_Code_Point):
/// joiners, fillers, variation selectors, tags, direction controls …
[[nodiscard]] bool is_default_ignorable(char32_t code_point);
/// Han, kana, bopomofo or Hangul: scripts whose texts are written without blanks between all words,
/// and beside full-width Latin letters.
[[nodiscard]] bool is_east_asian(char32_t code_point);

/// A sign that mutes the vowel of the letter in front: canonical combining class 9.
[[nodiscard]] bool is_virama(char32_t code_point);
/// UTS #51: `Emoji`, digits among them; what a joiner makes one picture of, `Extended_Pictographic`
/// and the modifiers of colour behind one.
[[nodiscard]] bool is_emoji(char32_t code_point);
[[nodiscard]] bool is_pictograph(char32_t code_point);
/// To which neighbours a cursive letter joins (Joining_Type), in the order of writing: `left` to
/// what follows, `right` to what stands in front.
enum class Joining { none, left, right, dual };
[[nodiscard]] Joining joining(char32_t code_point);

/// The code points of a text; an ill-formed byte is U+FFFD.
[[nodiscard]] std::u32string decode(std::string_view utf8);
[[nodiscard]] std::string encode(std::u32string_view text);

/// Normalization Form KC (UAX #15): `𝐛`, `ｂ`, `ⓑ` and `ᵇ` are all `b`.
[[nodiscard]] std::u32string nfkc(std::u32string_view text);
/// NFKC with the case folded and the accents taken off, but for the marks of kana, which tell
/// letters apart: for comparing names only.
[[nodiscard]] std::u32string without_case_and_accents(std::u32string_view text);

}  // namespace emltrace::unicode
