#include <algorithm>

#include "base/text.hpp"
#include "intake/mend/rows.hpp"

namespace emltrace::intake::rows {
namespace {

constexpr std::size_t kCellLines = 16;  // in which a cell with a header is looked for
constexpr std::size_t kFewEscapes = 2;  // line ends written out that show what was done
constexpr std::string_view kSeparators = ",;\t";

// The offset of the quotation mark that opens a cell with a header in it.
std::optional<std::size_t> cell_start(std::string_view text) {
  std::size_t lines = 0;
  for (const Line& line : Lines(text)) {
    if (++lines > kCellLines) break;
    const std::string_view head = line.text.substr(0, kMaxPrefix);
    for (std::size_t at = head.find('"'); at != std::string_view::npos;
         at = head.find('"', at + 1)) {
      const bool opens = at == 0 || kSeparators.find(head[at - 1]) != std::string_view::npos;
      if (opens && !known_name_at(line.text, at + 1).empty()) return line.offset + at;
    }
    if (!known_name_at(line.text, 0).empty()) break;
  }
  return std::nullopt;
}

// cell = DQUOTE *(TEXTDATA / COMMA / CR / LF / 2DQUOTE) DQUOTE (RFC 4180 2): the closing mark.
std::optional<std::size_t> cell_end(std::string_view text, std::size_t open) {
  for (std::size_t at = text.find('"', open + 1); at != std::string_view::npos;
       at = text.find('"', at + 2)) {
    if (at + 1 < text.size() && text[at + 1] == '"') continue;
    const bool closes = at + 1 >= text.size() || text::is_space(text[at + 1]) ||
                        kSeparators.find(text[at + 1]) != std::string_view::npos;
    return closes ? std::optional(at) : std::nullopt;
  }
  return std::nullopt;
}

// One escape of a string of C, JSON or Python.
struct Escape {
  std::string bytes;
  std::size_t length = 0;  ///< 0: none
};

std::optional<char32_t> hex_value(std::string_view digits, std::size_t count) {
  if (digits.size() < count) return std::nullopt;
  char32_t value = 0;
  for (const char c : digits.substr(0, count)) {
    const auto digit = text::hex_digit(c);
    if (!digit) return std::nullopt;
    value = value * 16 + static_cast<char32_t>(*digit);
  }
  return value;
}

// `<`, and the two halves of a character beyond the first plane.
Escape read_unicode(std::string_view rest) {
  const auto high = hex_value(rest.substr(2), 4);
  if (!high) return {};
  Escape escape{"", 6};
  char32_t value = *high;
  if (value >= 0xD800 && value < 0xDC00 && rest.substr(6).starts_with("\\u")) {
    const auto low = hex_value(rest.substr(8), 4);
    if (low && *low >= 0xDC00 && *low < 0xE000) {
      value = 0x10000 + ((value - 0xD800) << 10U) + (*low - 0xDC00);
      escape.length = 12;
    }
  }
  text::append_utf8(escape.bytes, value >= 0xD800 && value < 0xE000 ? 0xFFFD : value);
  return escape;
}

Escape read_escape(std::string_view rest) {
  if (rest.starts_with("\\r\\n")) return {"\n", 4};
  if (rest.size() < 2 || rest[0] != '\\') return {};
  switch (rest[1]) {
    case 'n':
    case 'r':
      return {"\n", 2};
    case 't':
      return {"\t", 2};
    case '"':
    case '\'':
    case '\\':
    case '/':
      return {std::string(1, rest[1]), 2};
    case 'u':
      return read_unicode(rest);
    case 'x': {
      const auto byte = hex_value(rest.substr(2), 2);
      return byte ? Escape{std::string(1, static_cast<char>(*byte)), 4} : Escape{};
    }
    default:
      return {};
  }
}

// A line end written out: a known field stands behind it, maybe behind what a console put there.
bool precedes_field(std::string_view behind) {
  const std::string_view line = behind.substr(0, behind.find("\\n"));
  return first_known_name(line.substr(0, kMaxPrefix)).has_value();
}

// A text of one field ends with line ends written out and a quotation mark.
bool is_tail(std::string_view behind) {
  constexpr std::size_t kLongestTail = 64;
  return behind.size() <= kLongestTail &&
         behind.find_first_not_of("\\rn\"' \r\n") == std::string_view::npos;
}

bool has_several_field_lines(std::string_view text) {
  std::size_t found = 0;
  for (const Line& line : Lines(text)) {
    found += known_name_at(text, line.offset).empty() ? 0 : 1;
    if (found > 1) return true;
  }
  return false;
}

bool escapes_line_ends(std::string_view text) {
  if (has_several_field_lines(text)) return false;
  std::size_t escaped = 0;
  for (std::size_t at = text.find("\\n"); at != std::string_view::npos && escaped < kFewEscapes;
       at = text.find("\\n", at + 2)) {
    const std::string_view behind = text.substr(at + 2);
    if (is_tail(behind)) return true;
    escaped += precedes_field(behind.substr(0, kMaxPrefix)) ? 1 : 0;
  }
  return escaped >= kFewEscapes;
}

// `"`, `b'` and their like in front of the string.
std::size_t opening_quote(std::string_view text) {
  const std::size_t at = text.starts_with('b') || text.starts_with('r') ? 1 : 0;
  const bool quote = at < text.size() && (text[at] == '"' || text[at] == '\'');
  return quote && !known_name_at(text, at + 1).empty() ? at + 1 : 0;
}

}  // namespace

Changes quoted_cell(const Look& look) {
  const auto open = cell_start(look.text);
  const auto close = open ? cell_end(look.text, *open) : std::nullopt;
  if (!close) {
    return {};
  }
  Changes changes{{0, *open + 1, ""}};
  for (std::size_t at = look.text.find("\"\"", *open + 1); at < *close;
       at = look.text.find("\"\"", at + 2)) {
    changes.push_back({at, at + 1, ""});
  }
  changes.push_back({*close, look.text.size(), ""});
  return changes;
}

Changes escaped_line_ends(const Look& look) {
  if (!escapes_line_ends(look.text)) {
    return {};
  }
  Changes changes;
  const std::size_t open = opening_quote(look.text);
  if (open > 0) changes.push_back({0, open, ""});
  const std::size_t close = open > 0 ? look.text.rfind(look.text[open - 1]) : look.text.size();
  const std::size_t end = close > open ? close : look.text.size();
  for (std::size_t at = look.text.find('\\', open); at < end; at = look.text.find('\\', at)) {
    const Escape escape = read_escape(look.text.substr(at));
    if (escape.length > 0) changes.push_back({at, at + escape.length, escape.bytes});
    at += std::max<std::size_t>(escape.length, 1);
  }
  if (end < look.text.size()) changes.push_back({end, look.text.size(), ""});
  return changes;
}

}  // namespace emltrace::intake::rows
