#include "report/exchange/lenient_text.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/char_set.hpp"
#include "base/quoted_printable.hpp"
#include "base/text.hpp"
#include "base/unicode.hpp"
#include "message/body/character_references.hpp"

namespace emltrace::report {
namespace {

constexpr text::CharSet kEscapes("%=&\\");  // each begins one
constexpr std::size_t kMaxSpace = 8;        // white space around an '@'
constexpr std::size_t kMaxDigits = 7;       // of a character reference
constexpr std::size_t kMaxName = 32;        // of a named one, with both marks

struct Unit {
  char32_t letter;
  std::size_t length;
};

std::optional<Unit> hexadecimal(std::string_view text, std::size_t at, std::size_t digits,
                                std::size_t before) {
  char32_t value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const auto digit =
        at + before + i < text.size() ? text::hex_digit(text[at + before + i]) : std::nullopt;
    if (!digit) return std::nullopt;
    value = value * 16 + static_cast<char32_t>(*digit);
  }
  return Unit{value, before + digits};
}

// &#64; &#064; &#x40;
std::optional<Unit> number_reference(std::string_view text, std::size_t at) {
  std::size_t pos = at + 2;
  const bool hex = pos < text.size() && text::lower(text[pos]) == 'x';
  pos += hex ? 1 : 0;
  char32_t value = 0;
  const std::size_t begin = pos;
  for (; pos < text.size() && pos - begin < kMaxDigits; ++pos) {
    const auto digit = text::hex_digit(text[pos]);
    if (!digit || (!hex && *digit > 9)) break;
    value = value * (hex ? 16 : 10) + static_cast<char32_t>(*digit);
  }
  if (pos == begin) return std::nullopt;
  pos += pos < text.size() && text[pos] == ';' ? 1 : 0;
  return Unit{value, pos - at};
}

// &amp; &uuml;
std::optional<Unit> named_reference(std::string_view text, std::size_t at) {
  const std::string_view begin = text.substr(at, kMaxName);
  const std::string_view name = begin.substr(0, begin.find(';') + 1);
  if (name.empty()) return std::nullopt;
  const std::string decoded = html::decode_references(name, false);
  const auto point = text::decode_utf8(decoded, 0);
  if (decoded == name || point.length != decoded.size()) return std::nullopt;
  return Unit{point.value, name.size()};
}

// A byte: %40, %2540, =40, \x40.
std::optional<Unit> byte_escape(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("%25")) {
    if (const auto coded_twice = hexadecimal(text, at, 2, 3)) return coded_twice;
  }
  if (rest.starts_with('%') || rest.starts_with('=')) return hexadecimal(text, at, 2, 1);
  if (rest.starts_with("\\x")) return hexadecimal(text, at, 2, 2);
  return std::nullopt;
}

std::size_t skip_nothing(std::string_view text, std::size_t at);

// One or more of them, which are one letter of UTF-8.
std::optional<Unit> escaped_bytes(std::string_view text, std::size_t at) {
  constexpr std::size_t kMostBytes = 4;
  std::string bytes;
  for (std::size_t pos = at; bytes.size() < kMostBytes;) {
    const auto byte = byte_escape(text, pos);
    if (!byte) return std::nullopt;
    bytes += static_cast<char>(byte->letter);
    pos += byte->length;
    const auto point = text::decode_utf8(bytes, 0);
    if (point.valid) return Unit{point.value, pos - at};
    pos = skip_nothing(text, pos);
  }
  return std::nullopt;
}

std::optional<Unit> escape_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("&#")) return number_reference(text, at);
  if (rest.starts_with('&')) return named_reference(text, at);
  if (rest.starts_with("\\u")) return hexadecimal(text, at, 4, 2);
  return escaped_bytes(text, at);
}

std::size_t skip_nothing(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (text[at] == '\0') {
      ++at;
    } else if (const auto soft = text[at] == '=' ? quoted_printable::soft_break(text, at) : 0;
               soft > 0) {
      at += soft;
    } else {
      break;
    }
  }
  return at;
}

bool same_letter(char32_t a, char32_t b) {
  if (a < 0x80 && b < 0x80)
    return text::lower(static_cast<char>(a)) == text::lower(static_cast<char>(b));
  return a == b || unicode::to_lower(a) == unicode::to_lower(b);
}

std::optional<std::size_t> match_letter(std::string_view text, std::size_t at, char32_t wanted) {
  at = skip_nothing(text, at);
  if (at >= text.size()) return std::nullopt;
  // What begins an escape may be a letter of the text itself.
  const auto unit = kEscapes.has(text[at]) ? escape_at(text, at) : std::nullopt;
  if (unit && same_letter(unit->letter, wanted)) return at + unit->length;
  const auto point = text::decode_utf8(text, at);
  if (same_letter(point.value, wanted)) return at + point.length;
  if (wanted == '.' && text.substr(at).starts_with("[.]")) return at + 3;  // defanged
  return std::nullopt;
}

std::size_t skip_space(std::string_view text, std::size_t at) {
  const std::size_t end = std::min(text.size(), at + kMaxSpace);
  while (at < end && text::is_space(text[at])) ++at;
  return at;
}

}  // namespace

std::optional<std::size_t> match_text(std::string_view text, std::size_t at,
                                      std::string_view wanted) {
  for (std::size_t i = 0; i < wanted.size();) {
    const auto letter = text::decode_utf8(wanted, i);
    const auto next = match_letter(text, at, letter.value);
    if (!next) return std::nullopt;
    at = *next;
    i += letter.length;
  }
  return at;
}

std::optional<std::size_t> match_at_sign(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 7> kSigns{
      "@", "=", "(at)", "[at]", "+AEA-", "&commat;", "\xef\xbc\xa0"};
  for (const std::size_t from : {at, skip_space(text, at)}) {
    for (const std::string_view sign : kSigns) {
      if (const auto next = match_text(text, from, sign)) return skip_space(text, *next);
    }
  }
  return std::nullopt;
}

bool starts_word(std::string_view text, std::size_t at) {
  if (at == 0 || !text::is_alnum(text[at - 1])) return true;
  // The end of an escape is not a letter of the word.
  for (std::size_t back = 3; back <= 6 && back <= at; ++back) {
    const auto unit = escape_at(text, at - back);
    if (unit && unit->length == back)
      return unit->letter > 0x7F || !text::is_alnum(static_cast<char>(unit->letter));
  }
  return false;
}

bool ends_word(std::string_view text, std::size_t at) {
  return at >= text.size() || !text::is_alnum(text[at]);
}

}  // namespace emltrace::report
