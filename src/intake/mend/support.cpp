#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "base/word_table.hpp"
#include "intake/mend/rows.hpp"
#include "message/field_start.hpp"

namespace emltrace::intake::rows {

LooseFields read_loose_fields(std::string_view text, const HeaderBlock& block, bool valid) {
  LooseFields fields;
  const std::size_t end = valid ? block.end : text.size();
  std::size_t at = block.begin;
  for (std::size_t lines = 0; at < end && (valid || lines < kMaxLooseLines); ++lines) {
    const Line line = line_at(text, at);
    const auto field = field_start(line.text);
    if (field && name_rank(field->name) != NameRank::odd) {
      fields.starts.push_back({static_cast<std::uint32_t>(at),
                               static_cast<std::uint32_t>(at + field->colon + 1),
                               static_cast<std::uint32_t>(field->name.size())});
    }
    at = line.next;
  }
  fields.end = at;
  return fields;
}

bool is_received(std::string_view name) {
  return text::iequals(name, "received") || text::iequals(name, "x-received");
}

bool is_structured(std::string_view name) {
  static constexpr text::WordTable kStructured(std::to_array<std::string_view>(
      {"From", "To", "Cc", "Sender", "Reply-To", "Return-Path", "Message-ID", "Received",
       "X-Received", "Delivered-To", "In-Reply-To", "References", "Errors-To", "Resent-From",
       "Resent-To", "Resent-Message-ID", "Envelope-To"}));
  return kStructured.holds(name);
}

std::optional<Line> first_line(std::string_view text) {
  for (const Line& line : Lines(text)) {
    if (!text::trim(line.text).empty()) return line;
  }
  return std::nullopt;
}

namespace {

// The no-break space of Latin-1 and its kin, alone or in a run: not the end of a UTF-8 sequence,
// and not half of an ideograph.
bool is_latin1_space(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongestRun = 32;
  const auto is_ascii = [&](std::size_t i) { return (text[i] & 0x80) == 0; };
  std::size_t begin = at;
  while (begin > 0 && at - begin < kLongestRun && text[begin - 1] == '\xA0') --begin;
  std::size_t end = at;
  while (end < text.size() && end - at < kLongestRun && text[end] == '\xA0') ++end;
  return end > at && (begin == 0 || is_ascii(begin - 1)) && (end >= text.size() || is_ascii(end));
}

}  // namespace

std::size_t space_length(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (is_latin1_space(text, at)) return 1;
  if (!rest.empty() && text::is_wsp(rest.front())) return 1;
  if (rest.starts_with("\xC2\xA0")) {
    return 2;
  }
  const bool three =
      rest.starts_with("\xE3\x80\x80") || rest.starts_with("\xE2\x80\xAF") ||
      rest.starts_with("\xE2\x81\x9F") ||
      (rest.starts_with("\xE2\x80") && rest.size() > 2 &&
       static_cast<unsigned char>(rest[2]) >= 0x80 && static_cast<unsigned char>(rest[2]) <= 0x8A);
  return three ? 3 : 0;
}

bool is_blank(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t length = space_length(line, at);
    if (length == 0) {
      return false;
    }
    at += length;
  }
  return true;
}

std::string_view known_name_within(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size()) {
    const std::size_t space = space_length(line, at);
    if (space == 0 && line[at] != '>' && line[at] != '|') {
      break;
    }
    at += std::max<std::size_t>(space, 1);
  }
  return known_name_at(line, at);
}

namespace {

constexpr std::string_view kFullWidthColon = "\xEF\xBC\x9A";
constexpr std::string_view kEmphasis = "*_`~";
constexpr std::size_t kMostMarks = 3;

bool is_name_char(char c) {
  return text::is_alnum(c) || c == '-' || c == '_';
}

std::size_t emphasis_end(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < kMostMarks &&
         kEmphasis.find(text[end]) != std::string_view::npos) {
    ++end;
  }
  return end;
}

// Zero-width spaces and direction marks, U+200B … U+200F, and the byte order mark.
std::size_t invisible_length(std::string_view rest) {
  const bool mark =
      rest.starts_with(text::kByteOrderMark) ||
      (rest.starts_with("\xE2\x80") && rest.size() > 2 &&
       static_cast<unsigned char>(rest[2]) >= 0x8B && static_cast<unsigned char>(rest[2]) <= 0x8F);
  return mark ? 3 : 0;
}

std::size_t colon_length(std::string_view rest) {
  if (rest.starts_with(':')) return 1;
  return rest.starts_with(kFullWidthColon) ? kFullWidthColon.size() : 0;
}

}  // namespace

std::string_view known_field_at(std::string_view text, std::size_t at) {
  const auto field = field_start(text.substr(at, kLongestStart));
  const bool known = field && field->gap_after && name_rank(field->name) >= NameRank::common;
  return known ? field->name : std::string_view{};
}

std::string_view known_name_at(std::string_view text, std::size_t at) {
  const std::string_view line = text.substr(at, kLongestStart);
  std::size_t begin = 0;
  while (const std::size_t length = invisible_length(line.substr(begin))) begin += length;
  const std::size_t open = emphasis_end(line, begin);
  std::size_t end = open;
  while (end < line.size() && is_name_char(line[end])) ++end;
  if (end > open && kEmphasis.find(line[end - 1]) != std::string_view::npos) --end;
  std::size_t colon = emphasis_end(line, end);
  const bool marked = open > begin || colon > end;
  while (colon < line.size() && text::is_wsp(line[colon])) ++colon;
  const std::size_t length = colon_length(line.substr(colon));
  const std::string_view name = line.substr(open, end - open);
  if (length == 0 || name_rank(name) < NameRank::common) return {};
  const std::size_t behind = colon + length;
  const bool gap = behind >= line.size() || text::is_space(line[behind]);
  return gap || marked || length > 1 ? name : std::string_view{};
}

std::optional<InnerName> first_known_name(std::string_view line) {
  const std::size_t limit = std::min(line.size(), kMaxPrefix);
  for (std::size_t colon = line.find_first_of(":\xEF"); colon < limit;
       colon = line.find_first_of(":\xEF", colon + 1)) {
    if (colon_length(line.substr(colon)) == 0) continue;
    std::size_t start = colon;
    const auto back = [&](auto is) {
      while (start > 0 && is(line[start - 1])) --start;
    };
    const auto is_mark = [](char c) { return kEmphasis.find(c) != std::string_view::npos; };
    back(text::is_wsp);
    back(is_mark);
    back(is_name_char);
    while (start < colon && !text::is_alpha(line[start])) ++start;
    back(is_mark);
    while (start >= 3 && invisible_length(line.substr(start - 3)) == 3) start -= 3;
    if (const auto name = known_name_at(line, start); !name.empty()) return InnerName{start, name};
  }
  return std::nullopt;
}

void drop_lines(Changes& changes, std::string_view text, std::size_t begin, std::size_t end) {
  for (const Line& line : Lines(text, begin, end)) {
    changes.push_back({line.offset, std::min(line.next, end), ""});
  }
}

std::string_view line_end_of(std::string_view text) {
  const std::size_t end = text.find('\n');
  return end != std::string_view::npos && end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
}

bool has_time_of_day(std::string_view text) {
  for (std::size_t colon = text.find(':'); colon != std::string_view::npos;
       colon = text.find(':', colon + 1)) {
    if (colon > 0 && text::is_digit(text[colon - 1]) && colon + 2 < text.size() &&
        text::is_digit(text[colon + 1]) && text::is_digit(text[colon + 2])) {
      return true;
    }
  }
  return false;
}

}  // namespace emltrace::intake::rows
