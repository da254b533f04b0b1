#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "intake/mend/rows.hpp"
#include "message/field_start.hpp"

namespace emltrace::intake::rows {

bool any_loose_field(const Look& look, const std::function<bool(const LooseField&)>& visit) {
  const std::size_t begin = look.block.begin;
  const std::size_t end = look.valid ? look.block.end : look.text.size();
  std::string_view name;
  std::size_t body = 0;
  const auto give = [&](std::size_t stop) {
    return !name.empty() && visit({name, look.text.substr(body, stop - body), body});
  };
  std::size_t at = begin;
  for (std::size_t lines = 0; at < end && (look.valid || lines < kMaxLooseLines); ++lines) {
    const Line line = line_at(look.text, at);
    const auto field = field_start(line.text);
    if (field && name_rank(field->name) != NameRank::odd) {
      if (give(at)) {
        return true;
      }
      name = field->name;
      body = at + field->colon + 1;
    }
    at = line.next;
  }
  return give(at);
}

bool is_received(std::string_view name) {
  return text::iequals(name, "received") || text::iequals(name, "x-received");
}

bool is_structured(std::string_view name) {
  static constexpr std::array kStructured = std::to_array<std::string_view>(
      {"From", "To", "Cc", "Sender", "Reply-To", "Return-Path", "Message-ID", "Received",
       "X-Received", "Delivered-To", "In-Reply-To", "References", "Errors-To", "Resent-From",
       "Resent-To", "Resent-Message-ID", "Envelope-To"});
  return std::ranges::any_of(kStructured, [&](auto known) { return text::iequals(name, known); });
}

std::optional<Line> first_line(std::string_view text) {
  for (const Line& line : Lines(text)) {
    if (!text::trim(line.text).empty()) return line;
  }
  return std::nullopt;
}

std::size_t space_length(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
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
  const auto field = field_start(line.substr(at));
  const bool known = field && field->gap_after && name_rank(field->name) >= NameRank::common;
  return known ? field->name : std::string_view{};
}

std::string_view known_name_at(std::string_view text, std::size_t at) {
  constexpr std::size_t kWindow = 96;  // a name of the longest kind, white space and the colon
  const auto field = field_start(text.substr(at, kWindow));
  const bool known = field && field->gap_after && name_rank(field->name) >= NameRank::common;
  return known ? field->name : std::string_view{};
}

std::optional<InnerName> first_known_name(std::string_view line) {
  const auto is_name_char = [](char c) { return text::is_alnum(c) || c == '-' || c == '_'; };
  const std::size_t limit = std::min(line.size(), kMaxPrefix);
  for (std::size_t colon = line.find(':'); colon < limit; colon = line.find(':', colon + 1)) {
    std::size_t start = colon;
    while (start > 0 && text::is_wsp(line[start - 1])) --start;
    while (start > 0 && is_name_char(line[start - 1])) --start;
    while (start < colon && !text::is_alpha(line[start])) ++start;
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
