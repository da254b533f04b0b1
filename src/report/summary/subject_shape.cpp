#include "report/summary/subject_shape.hpp"

#include <algorithm>
#include <cstddef>

#include "base/text.hpp"

namespace emltrace::report::summary {
namespace {

constexpr std::size_t kMinHex = 6;
constexpr std::size_t kMinName = 3;
constexpr std::size_t kMaxNames = 64;
constexpr std::size_t kMaxSubject = 1'000;

bool is_word(char c) {
  return text::is_alnum(c) || static_cast<unsigned char>(c) >= 0x80;
}

std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_word(text[at])) ++at;
  return at;
}

/// Lower-case addresses, whole, and the words of names and local parts; the longest first.
std::vector<std::string> names_of(const std::vector<std::string>& recipients) {
  std::vector<std::string> names;
  for (const std::string& given : recipients) {
    const std::string lower = text::lower(given);
    const std::size_t at = lower.find('@');
    if (at != std::string::npos) names.push_back(lower);
    const std::string_view words = std::string_view(lower).substr(0, at);
    for (std::size_t i = 0; i < words.size() && names.size() < kMaxNames;) {
      const std::size_t end = word_end(words, i);
      if (end - i >= kMinName) names.emplace_back(words.substr(i, end - i));
      i = std::max(end, i + 1);
    }
  }
  std::ranges::stable_sort(names, std::ranges::greater(), &std::string::size);
  return names;
}

bool is_hex_token(std::string_view word) {
  return word.size() >= kMinHex &&
         std::ranges::any_of(word, [](char c) { return text::is_digit(c); }) &&
         std::ranges::all_of(word, [](char c) { return text::hex_digit(c).has_value(); });
}

void append_word(std::string& out, std::string_view word) {
  if (is_hex_token(word)) {
    out += '#';
    return;
  }
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (!text::is_digit(word[i])) {
      out += word[i];
    } else if (i == 0 || !text::is_digit(word[i - 1])) {
      out += '#';
    }
  }
}

/// The length of the name that stands there as a word, 0 where none does.
std::size_t name_at(std::string_view text, std::size_t at, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (!text.substr(at).starts_with(name)) continue;
    const std::size_t end = at + name.size();
    if (end == text.size() || !is_word(text[end])) return name.size();
  }
  return 0;
}

}  // namespace

std::string subject_shape(std::string_view subject, const std::vector<std::string>& recipients) {
  const std::string text = text::lower(text::trim(text::head_of(subject, kMaxSubject)));
  const std::vector<std::string> names = names_of(recipients);
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (text::is_space(text[i])) {
      if (!out.ends_with(' ')) out += ' ';
      ++i;
      continue;
    }
    if (const std::size_t length = name_at(text, i, names); length > 0) {
      out += "<name>";
      i += length;
      continue;
    }
    const std::size_t end = std::max(word_end(text, i), i + 1);
    append_word(out, std::string_view(text).substr(i, end - i));
    i = end;
  }
  return std::string(text::head_of(out, kMaxShape));
}

}  // namespace emltrace::report::summary
