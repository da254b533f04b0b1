#include "report/exchange/lenient_text.hpp"

#include <algorithm>
#include <array>

#include "base/quoted_printable.hpp"
#include "base/text.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kMaxSpace = 8;   // white space around an '@'
constexpr std::size_t kMaxDigits = 6;  // of a character reference

struct Unit {
  char letter;
  std::size_t length;
};

std::optional<Unit> hexadecimal(std::string_view text, std::size_t at, std::size_t digits,
                                std::size_t before) {
  unsigned value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const auto digit =
        at + before + i < text.size() ? text::hex_digit(text[at + before + i]) : std::nullopt;
    if (!digit) return std::nullopt;
    value = value * 16 + static_cast<unsigned>(*digit);
  }
  if (value > 0x7F) return std::nullopt;
  return Unit{static_cast<char>(value), before + digits};
}

// &#64; &#064; &#x40;
std::optional<Unit> reference(std::string_view text, std::size_t at) {
  std::size_t pos = at + 2;
  const bool hex = pos < text.size() && text::lower(text[pos]) == 'x';
  pos += hex ? 1 : 0;
  unsigned value = 0;
  const std::size_t begin = pos;
  for (; pos < text.size() && pos - begin < kMaxDigits; ++pos) {
    const auto digit = text::hex_digit(text[pos]);
    if (!digit || (!hex && *digit > 9)) break;
    value = value * (hex ? 16 : 10) + static_cast<unsigned>(*digit);
  }
  if (pos == begin || value > 0x7F) return std::nullopt;
  pos += pos < text.size() && text[pos] == ';' ? 1 : 0;
  return Unit{static_cast<char>(value), pos - at};
}

std::optional<Unit> escape_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("%25")) return hexadecimal(text, at, 2, 3);
  if (rest.starts_with('%') || rest.starts_with('=')) return hexadecimal(text, at, 2, 1);
  if (rest.starts_with("&#")) return reference(text, at);
  if (rest.starts_with("\\u")) return hexadecimal(text, at, 4, 2);
  if (rest.starts_with("\\x")) return hexadecimal(text, at, 2, 2);
  return std::nullopt;
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

std::optional<std::size_t> match_letter(std::string_view text, std::size_t at, char wanted) {
  at = skip_nothing(text, at);
  if (at >= text.size()) return std::nullopt;
  if (text::lower(text[at]) == text::lower(wanted)) return at + 1;
  if (wanted == '.' && text.substr(at).starts_with("[.]")) return at + 3;  // defanged
  const auto unit = escape_at(text, at);
  if (unit && text::lower(unit->letter) == text::lower(wanted)) return at + unit->length;
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
  for (const char letter : wanted) {
    const auto next = match_letter(text, at, letter);
    if (!next) return std::nullopt;
    at = *next;
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
    if (unit && unit->length == back) return !text::is_alnum(unit->letter);
  }
  return false;
}

bool ends_word(std::string_view text, std::size_t at) {
  return at >= text.size() || !text::is_alnum(text[at]);
}

}  // namespace emltrace::report
