#include "intake/mbox_separator.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "base/calendar.hpp"
#include "base/lines.hpp"
#include "base/text.hpp"
#include "message/field_start.hpp"
#include "message/header_block.hpp"

namespace emltrace::mbox {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::string_view kFrom = "From ";
constexpr std::string_view kMmdf = "\1\1\1\1";
constexpr std::size_t kLongestLine = 1'024;
constexpr std::size_t kMostZoneWords = 2;    // `+0100 (CET)`
constexpr std::size_t kMostFromLines = 8;    // a `>From ` line for each host of a UUCP path
constexpr std::size_t kLongestZoneName = 5;  // letters

bool all_digits(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, text::is_digit);
}

bool is_day(std::string_view word) {
  return all_digits(word) && word.size() <= 2;
}

bool is_year(std::string_view word) {
  return all_digits(word) && word.size() == 4 && (word.starts_with("19") || word.starts_with("20"));
}

// hour ":" minute [ ":" second ]
bool is_time(std::string_view word) {
  const auto parts = text::split(word, ':');
  return (parts.size() == 2 || parts.size() == 3) && is_day(parts[0]) &&
         std::ranges::all_of(parts.begin() + 1, parts.end(), [](std::string_view part) {
           return part.size() >= 2 && text::is_digit(part[0]) && text::is_digit(part[1]);
         });
}

bool is_weekday(std::string_view word) {
  if (word.ends_with(',')) word.remove_suffix(1);
  return calendar::is_abbreviation(calendar::kWeekdays, word);
}

// `+0100`, `UTC`, `(CET)`
bool is_zone(std::string_view word) {
  if (word.starts_with('+') || word.starts_with('-')) return all_digits(word.substr(1));
  if (word.starts_with('(')) return word.ends_with(')');
  return word.size() <= kLongestZoneName &&
         std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// How many words from `at` on are a date as asctime or RFC 5322 3.3 writes it, the zone left out; 0
// if none.
std::size_t date_words(Words words, std::size_t at) {
  const std::size_t begin = at;
  const auto is = [&](std::size_t place, auto test) {
    return place < words.size() && test(words[place]);
  };
  const auto month = [](std::string_view word) {
    return calendar::is_abbreviation(calendar::kMonths, word);
  };
  at += is(at, is_weekday) ? 1 : 0;
  if (is(at, month) && is(at + 1, is_day) && is(at + 2, is_time)) {
    for (std::size_t zones = 0; zones <= kMostZoneWords; ++zones) {
      if (is(at + 3 + zones, is_year)) return at + 4 + zones - begin;
      if (!is(at + 3 + zones, is_zone)) return 0;
    }
    return 0;
  }
  const bool rfc =
      is(at, is_day) && is(at + 1, month) && is(at + 2, is_year) && is(at + 3, is_time);
  return rfc ? at + 4 - begin : 0;
}

// What may stand behind the date: a zone, and the host that a UUCP line names.
bool is_tail(Words words) {
  if (words.size() == 3 && words[0] == "remote" && words[1] == "from") return true;
  return words.size() <= kMostZoneWords && std::ranges::all_of(words, is_zone);
}

// The number of words before the date that ends the line; null where none does.
std::optional<std::size_t> sender_words(Words words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::size_t length = date_words(words, at);
    if (length > 0 && is_tail(words.subspan(at + length))) return at;
  }
  return std::nullopt;
}

bool is_object_name(std::string_view word) {
  return (word.size() == 40 || word.size() == 64) &&
         std::ranges::all_of(word, [](char c) { return text::hex_digit(c).has_value(); });
}

bool is_takeout(std::string_view sender) {
  const std::size_t at = sender.find('@');
  return at != std::string_view::npos && all_digits(sender.substr(0, at)) &&
         sender.substr(at) == "@xxx";
}

Shape shape_of_dated(Words sender) {
  if (sender.size() != 1) return Shape::dated;
  if (sender[0] == "-") return Shape::dash;
  if (is_object_name(sender[0])) return Shape::git;
  return is_takeout(sender[0]) ? Shape::takeout : Shape::dated;
}

Shape shape_of_undated(Words words) {
  if (words.size() == 1) {
    const bool address = words[0].find('@') != std::string_view::npos ||
                         words[0] == "MAILER-DAEMON" || words[0] == "<>" || words[0] == "-";
    return address ? Shape::undated : Shape::word;
  }
  // As list archives write an address.
  const std::size_t dot = words.size() == 3 ? words[2].find('.') : std::string_view::npos;
  const bool archived = dot != std::string_view::npos && dot + 1 < words[2].size();
  return archived && words[1] == "at" ? Shape::undated : Shape::none;
}

// `2026-11-10T10:00:05`, `10/11/2026 10:00`: only in the company of a header.
bool has_time_and_year(std::string_view text) {
  bool year = false;
  bool time = false;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && text::is_digit(text[end])) ++end;
    year = year || is_year(text.substr(at, end - at));
    time = time || (end > at && end + 2 < text.size() && text[end] == ':' &&
                    text::is_digit(text[end + 1]) && text::is_digit(text[end + 2]));
    at = std::max(end, at + 1);
  }
  return year && time;
}

// The least that the first field's name must be: the less a line says, the more.
NameRank least_rank(Shape shape) {
  switch (shape) {
    case Shape::dated:
    case Shape::dash:
    case Shape::takeout:
    case Shape::git:
    case Shape::mmdf:
      return NameRank::odd;
    case Shape::word:
      return NameRank::trace;
    default:
      return NameRank::common;
  }
}

// The name of the field that a header begins with, envelope lines passed over; empty if none.
std::string_view first_name(std::string_view header) {
  std::size_t lines = 0;
  for (const text::Line& line : text::Lines(header)) {
    if (const auto field = field_start(line.text)) return field->name;
    if (!is_from_line(line.text) || ++lines > kMostFromLines) break;
  }
  return {};
}

bool is_mozilla_name(std::string_view name) {
  return text::istarts_with(name, "x-mozilla-") || text::iequals(name, "x-account-key") ||
         text::iequals(name, "x-uidl");
}

bool is_of_mozilla(Shape shape) {
  return shape == Shape::dash || shape == Shape::bare;
}

}  // namespace

Shape shape_of(std::string_view line) {
  if (line == kMmdf) return Shape::mmdf;
  if (!line.starts_with(kFrom) || !is_from_line(line) || line.size() > kLongestLine) {
    return Shape::none;
  }
  const std::string_view rest = line.substr(kFrom.size());
  const std::vector<std::string_view> words = text::words(rest);
  if (words.empty()) return Shape::bare;
  if (const auto sender = sender_words(words)) return shape_of_dated(Words(words).first(*sender));
  const Shape shape = shape_of_undated(words);
  return shape == Shape::none && has_time_and_year(rest) ? Shape::timed : shape;
}

std::optional<Separator> Separator::learn(std::string_view start, bool asked) {
  if (start.empty()) return std::nullopt;
  const text::Line line = text::line_at(start, 0);
  Shape shape = shape_of(line.text);
  const std::string_view name = first_name(start.substr(line.next));
  const bool known = shape != Shape::none && name_rank(name) >= least_rank(shape);
  const bool said = asked && line.text.starts_with(kFrom) && is_from_line(line.text);
  if (name.empty() || !(known || said)) return std::nullopt;
  if (!known && shape == Shape::none) shape = Shape::other;
  return Separator(shape, is_of_mozilla(shape) && is_mozilla_name(name));
}

bool Separator::matches(std::string_view line, std::string_view behind) const {
  if (shape_ == Shape::other && !is_from_line(line)) return false;
  const Shape shape = shape_of(line);
  const std::string_view name = first_name(behind);
  if (name.empty()) return false;
  if (shape_ == Shape::other) {
    return shape != Shape::git && name_rank(name) >= least_rank(Shape::other);
  }
  if (shape == shape_) return name_rank(name) >= least_rank(shape);
  // Mailboxes that were put together in one file.
  if (shape_ == Shape::dated && (shape == Shape::dash || shape == Shape::takeout)) return true;
  return mozilla_ && is_of_mozilla(shape) && is_mozilla_name(name);
}

}  // namespace emltrace::mbox
