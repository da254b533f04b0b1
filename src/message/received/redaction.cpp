#include "message/received/redaction.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/char_set.hpp"
#include "base/text.hpp"
#include "base/word_table.hpp"

namespace emltrace::received {
namespace {

// No address takes more, with a prefix and marks of several bytes for each of its letters.
constexpr std::size_t kMaxBytes = 160;
constexpr std::size_t kQuadParts = 4;
constexpr std::size_t kMaxPart = 3;      // digits of a part of a quad
constexpr std::size_t kShortestRun = 3;  // `***`; fewer marks are a typing error
constexpr char kMark = '*';
constexpr char kBroken = '\x01';  // a byte that is no text: a mark in an address's place alone
constexpr char kOther = '\x02';   // a letter beyond ASCII: names hold these, addresses do not
constexpr std::string_view kAnyMark = "*\x01";

constexpr text::WordTable kWords(std::to_array<std::string_view>(
    {"redacted", "masked", "removed", "hidden", "obfuscated", "obscured", "censored", "anonymized",
     "anonymised", "suppressed", "sanitized", "sanitised", "withheld", "deleted", "blanked",
     "snipped", "snip"}));
// What was taken out, beside such a word.
constexpr text::WordTable kObjects(std::to_array<std::string_view>(
    {"ip", "address", "addr", "ipaddress", "ipaddr", "client", "sender"}));
constexpr text::CharSet kBetweenWords(" -_./:<>");

// U+FFFD, bullets, blocks and the like
bool is_blot(char32_t c) {
  return c == U'\uFFFD' || c == U'\u2022' || c == U'\u00D7' || (c >= U'\u2580' && c <= U'\u25FF');
}

// The text with one letter for each of its characters.
std::string in_marks(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint c = text::decode_utf8(text, at);
    at += c.length;
    if (!c.valid) {
      out += kBroken;
    } else if (c.value < 0x80) {
      const char letter = static_cast<char>(c.value);
      const bool mark = letter == 'x' || letter == 'X' || letter == '#' || letter == '?';
      out += mark ? kMark : letter;
    } else {
      out += is_blot(c.value) ? kMark : kOther;
    }
  }
  return out;
}

bool has_mark(std::string_view marks) {
  return marks.find_first_of(kAnyMark) != std::string_view::npos;
}

bool is_run_of_marks(std::string_view marks) {
  return marks.size() >= kShortestRun && marks.find_first_not_of(kMark) == std::string_view::npos;
}

template <typename Test>
bool is_quad_of(std::string_view marks, Test test) {
  const auto parts = text::split(marks, '.');
  return parts.size() == kQuadParts && std::all_of(parts.begin(), parts.end(), test);
}

// `123`, `xxx`, `1xx`, `**`
bool is_marked_part(std::string_view part) {
  return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
    return text::is_digit(c) || c == kMark || c == kBroken;
  });
}

// `a`, `nnn`
bool is_letter_part(std::string_view part) {
  return !part.empty() && part.size() <= kMaxPart &&
         (text::is_alpha(part[0]) || part[0] == kMark) &&
         part.find_first_not_of(part[0]) == std::string_view::npos;
}

bool is_marked_v6(std::string_view marks) {
  if (text::istarts_with(marks, "IPv6:")) {
    marks.remove_prefix(5);
  }
  const auto colons = std::count(marks.begin(), marks.end(), ':');
  return colons >= 2 && has_mark(marks) && std::all_of(marks.begin(), marks.end(), [](char c) {
           return text::hex_digit(c) || c == ':' || c == '.' || c == kMark || c == kBroken;
         });
}

}  // namespace

bool is_redaction_word(std::string_view text) {
  if (text.size() > kMaxBytes) {
    return false;
  }
  bool told = false;
  while (!text.empty()) {
    const std::size_t end = std::min(kBetweenWords.find_in(text), text.size());
    const std::string_view word = text.substr(0, end);
    const bool tells = kWords.holds(word);
    if (!word.empty() && !tells && !kObjects.holds(word)) {
      return false;
    }
    told = told || tells;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return told;
}

bool is_blacked_out(std::string_view text) {
  if (text.size() > kMaxBytes) {
    return false;
  }
  const std::string marks = in_marks(text);
  return is_redaction_word(text) || (has_mark(marks) && is_quad_of(marks, is_marked_part)) ||
         is_marked_v6(marks) || is_run_of_marks(marks);
}

bool is_blacked_out_literal(std::string_view text) {
  if (is_blacked_out(text)) {
    return true;
  }
  if (text.empty() || text.size() > kMaxBytes) {
    return false;
  }
  const std::string marks = in_marks(text);
  const bool marks_alone = marks.find_first_not_of(kAnyMark) == std::string::npos;
  return marks_alone || is_quad_of(marks, is_letter_part) || text::iequals(text, "ip") ||
         text::iequals(text, "ip address");
}

}  // namespace emltrace::received
