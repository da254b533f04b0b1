#include "trace/author/reading.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/unicode.hpp"
#include "trace/author/look_alike.hpp"

namespace emltrace::trace {
namespace {

constexpr char32_t kLastAscii = 0x7F;

// Negative circled and negative squared capitals, which have no decomposition.
char negative_letter(char32_t c) {
  if (c >= 0x1F150 && c <= 0x1F169) return static_cast<char>('A' + (c - 0x1F150));
  if (c >= 0x1F170 && c <= 0x1F189) return static_cast<char>('A' + (c - 0x1F170));
  return 0;
}

bool is_trade_mark(char32_t c) {
  return c == U'\u00AE' || c == U'\u00A9' || c == U'\u2122' || c == U'\u2120';
}

std::u32string seen(std::string_view name) {
  std::u32string out;
  for (const char32_t c : unicode::decode(name)) {
    if (is_trade_mark(c) || unicode::is_default_ignorable(c)) continue;
    const char negative = negative_letter(c);
    out.push_back(negative != 0 ? static_cast<char32_t>(negative) : c);
  }
  return unicode::nfkc(out);
}

// The letters of a word that reads as Latin, in Latin.
void make_latin(std::u32string& text, std::size_t begin, std::size_t end) {
  const std::u32string_view word = std::u32string_view(text).substr(begin, end - begin);
  if (!reads_as_latin(word)) return;
  for (std::size_t i = begin; i < end; ++i) {
    if (const char latin = latin_twin(text[i])) text[i] = static_cast<char32_t>(latin);
  }
}

}  // namespace

char styled_form_of(char32_t code_point) {
  if (code_point <= kLastAscii || (code_point >= 0x2E80 && code_point <= 0xD7FF)) return 0;
  if (const char negative = negative_letter(code_point)) return negative;
  const std::u32string plain = unicode::nfkc(std::u32string_view(&code_point, 1));
  if (plain.size() != 1 || plain.front() > kLastAscii) return 0;
  const char form = static_cast<char>(plain.front());
  return text::is_alnum(form) ? form : '\0';
}

std::u32string reading(std::string_view name) {
  std::u32string text = seen(name);
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == U'I' && unicode::is_lower(text[i - 1])) text[i] = U'l';
  }
  for (std::size_t begin = 0; begin < text.size();) {
    if (!unicode::is_word_part(text[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (end < text.size() && unicode::is_word_part(text[end])) ++end;
    make_latin(text, begin, end);
    begin = end;
  }
  return unicode::without_case_and_accents(text);
}

std::u32string with_digits_as_letters(std::u32string_view reading, char one) {
  std::u32string out(reading);
  const auto is_latin = [&](std::size_t i) {
    return i < out.size() && out[i] <= kLastAscii && text::is_alpha(static_cast<char>(out[i]));
  };
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool in_word = is_latin(i + 1) || (i > 0 && is_latin(i - 1));
    if (!in_word) continue;
    if (out[i] == U'0') out[i] = U'o';
    if (out[i] == U'1') out[i] = static_cast<char32_t>(one);
  }
  return out;
}

}  // namespace emltrace::trace
