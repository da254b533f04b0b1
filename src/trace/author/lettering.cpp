#include "trace/author/lettering.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/text.hpp"
#include "base/unicode.hpp"
#include "trace/author/reading.hpp"

namespace emltrace::trace {
namespace {

constexpr std::ptrdiff_t kStyledLetters = 3;
constexpr std::size_t kMaxCharacters = 60;  // bytes of the list

bool is_full_width(char32_t c) {
  return c >= 0xFF01 && c <= 0xFF5E;
}

bool is_roman_numeral(char32_t c) {
  return c >= 0x2160 && c <= 0x2188;
}

bool is_host_byte(char c) {
  return text::is_alnum(c) || c == '.' || c == '-';
}

// What the character is made from, where that is what a host name is written in; else empty.
std::string plain_form_of(char32_t c) {
  if (c < 0x80) return {};
  if (const char styled = styled_form_of(c)) return {styled};
  std::string plain = unicode::encode(unicode::nfkc(std::u32string_view(&c, 1)));
  return std::ranges::all_of(plain, is_host_byte) ? plain : std::string();
}

bool is_ascii_word(char32_t c) {
  return c < 0x80 && text::is_alnum(static_cast<char>(c));
}

}  // namespace

std::optional<CompatibilityLetters> find_compatibility_letters(std::string_view domain) {
  CompatibilityLetters found;
  for (const char32_t c : unicode::decode(domain)) {
    const std::string plain = plain_form_of(c);
    if (plain.empty()) {
      text::append_utf8(found.plain, c);
      continue;
    }
    found.plain += plain;
    found.full_width = found.full_width && is_full_width(c);
    if (found.characters.size() < kMaxCharacters)
      found.characters += fmt::format("{}U+{:04X}", found.characters.empty() ? "" : " ",
                                      static_cast<std::uint32_t>(c));
  }
  if (found.characters.empty()) return std::nullopt;
  found.plain = text::lower(found.plain);
  return found;
}

std::optional<StyledWord> find_styled_word(std::string_view text, bool east_asian) {
  const std::u32string points = unicode::decode(text);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::size_t begin = i;
    std::string plain;
    for (; i < points.size(); ++i) {
      const char32_t c = points[i];
      if (is_roman_numeral(c) || (east_asian && is_full_width(c))) break;
      const char form = styled_form_of(c);
      if (form == 0) break;
      plain += form;
    }
    // A raised ending follows a plain letter.
    const bool ending = begin > 0 && is_ascii_word(points[begin - 1]) && begin < points.size() &&
                        unicode::is_letter(points[begin]) &&
                        unicode::script(points[begin]) == "Latin" && !is_full_width(points[begin]);
    const auto letters = std::ranges::count_if(plain, text::is_alpha);
    if (letters < kStyledLetters || ending) continue;
    return StyledWord{unicode::encode(std::u32string_view(points).substr(begin, i - begin)),
                      std::move(plain)};
  }
  return std::nullopt;
}

}  // namespace emltrace::trace
