#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Byte and UTF-8 text helpers that know no locale. ASCII only where letters are folded.
namespace emltrace::text {

[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr bool is_alnum(char c) {
  return is_digit(c) || is_alpha(c);
}
/// 0 to 15 for a hexadecimal digit of either case, else null.
[[nodiscard]] constexpr std::optional<int> hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}
/// The byte that the two hexadecimal digits at `at` stand for; null where there are none.
[[nodiscard]] constexpr std::optional<char> hex_octet(std::string_view s, std::size_t at) {
  const auto high = at < s.size() ? hex_digit(s[at]) : std::nullopt;
  const auto low = high && at + 1 < s.size() ? hex_digit(s[at + 1]) : std::nullopt;
  if (!low) return std::nullopt;
  return static_cast<char>(*high * 16 + *low);
}
/// WSP of RFC 5234: space or tab.
[[nodiscard]] constexpr bool is_wsp(char c) {
  return c == ' ' || c == '\t';
}
/// Space, tab, CR or LF: the white space of RFC 5322 folding.
[[nodiscard]] constexpr bool is_space(char c) {
  return is_wsp(c) || c == '\r' || c == '\n';
}
[[nodiscard]] constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The text with each `mark` and two hexadecimal digits behind it as their octet (percent encoding
/// with '%'). All else stays.
[[nodiscard]] std::string decode_octets(std::string_view s, char mark);
[[nodiscard]] std::string lower(std::string_view s);
[[nodiscard]] std::string_view trim(std::string_view s);
/// All of the text but its white space.
[[nodiscard]] std::string without_space(std::string_view s);
/// Of different length, as most are that are compared, they are told apart where it is asked.
[[nodiscard]] inline bool iequals(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return lower(x) == lower(y); });
}
[[nodiscard]] bool istarts_with(std::string_view s, std::string_view prefix);
[[nodiscard]] bool iends_with(std::string_view s, std::string_view suffix);
/// No byte of the text is above 0x7F.
[[nodiscard]] bool is_ascii(std::string_view s);
/// Offset of `needle` in `s` without regard to ASCII case, or npos. Linear in practice.
[[nodiscard]] std::size_t ifind(std::string_view s, std::string_view needle, std::size_t from = 0);
/// Parts between separators; "a,,b" has three parts, "" has one empty part.
[[nodiscard]] std::vector<std::string_view> split(std::string_view s, char separator);
/// Parts between runs of white space, none empty.
[[nodiscard]] std::vector<std::string_view> words(std::string_view s);

/// The parts would outlive a string that nobody keeps.
template <class Text>
  requires std::same_as<Text, std::string>
std::vector<std::string_view> split(Text&& s, char separator) = delete;
template <class Text>
  requires std::same_as<Text, std::string>
std::vector<std::string_view> words(Text&& s) = delete;
[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);
/// True where the whole of `s` fits the pattern, in which `*` stands for any text. Linear for the
/// short patterns of a table; letter case counts.
[[nodiscard]] bool glob_match(std::string_view pattern, std::string_view s);
/// A whole unsigned decimal number; null where other bytes stand in it or it overflows.
[[nodiscard]] std::optional<std::uint64_t> parse_unsigned(std::string_view s);

/// A byte that goes on with a UTF-8 sequence and begins none (RFC 3629 3).
[[nodiscard]] constexpr bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}
/// One UTF-8 sequence at `s[at]`: its code point and length in bytes; an ill-formed byte is
/// {U+FFFD, 1, false} (RFC 3629, no surrogates, no overlong forms).
struct CodePoint {
  char32_t value;
  std::size_t length;
  bool valid;
};
// RFC 3629 4: UTF8-2 = %xC2-DF UTF8-tail; UTF8-3 = %xE0 %xA0-BF … %xED %x80-9F …;
// UTF8-4 = %xF0 %x90-BF … %xF4 %x80-8F ….
[[nodiscard]] constexpr CodePoint decode_utf8(std::string_view s, std::size_t at) {
  constexpr CodePoint kIllFormed{U'\uFFFD', 1, false};
  if (at >= s.size()) return {U'\uFFFD', 0, false};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[at + i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1, true};
  if (first < 0xC2 || first > 0xF4) return kIllFormed;
  const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (s.size() - at < length) return kIllFormed;
  char32_t value = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(s[at + i])) return kIllFormed;
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF) return kIllFormed;
  return {value, length, true};
}
void append_utf8(std::string& out, char32_t code_point);
[[nodiscard]] bool is_utf8(std::string_view s);
/// U+FEFF in UTF-8, as it may stand in front of a text.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
/// The text behind one such mark; all of it where there is none.
[[nodiscard]] constexpr std::string_view without_byte_order_mark(std::string_view text) {
  return text.substr(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
}
/// The same text with every ill-formed byte replaced by U+FFFD.
[[nodiscard]] std::string to_valid_utf8(std::string_view s);
/// The first `most` bytes at most, not cut within a UTF-8 sequence.
[[nodiscard]] std::string_view head_of(std::string_view text, std::size_t most);
/// The text; of one that is longer its head, and how long it is: `head… (3000 bytes in all)`.
[[nodiscard]] std::string bounded(std::string_view text, std::size_t most);

}  // namespace emltrace::text
