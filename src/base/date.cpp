#include "base/date.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/calendar.hpp"
#include "base/date_lexer.hpp"
#include "base/text.hpp"
#include "base/zone_names.hpp"
#include "base/zone_phrases.hpp"

namespace emltrace {
namespace {

using date_lexer::Kind;
using date_lexer::Lexer;
using zone_names::find_zone;
using zone_names::Season;
using zone_names::ZoneName;

constexpr std::size_t kMaxZoneComment = 40;  // bytes of a comment kept as zone name
constexpr std::size_t kMaxZoneWords = 6;     // `E. South America Standard Time`
constexpr int kEarliestOffset = -12 * 60;
constexpr int kLatestOffset = 14 * 60;

// Up to nine digits; -1 for anything else, so that no caller can overflow.
int to_int(std::string_view digits) {
  if (digits.empty() || digits.size() > 9) return -1;
  int value = 0;
  for (const char c : digits) {
    if (!text::is_digit(c)) return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

// The row that `word` abbreviates by three letters or more; -1 for none.
template <std::size_t N>
int find_name(const std::array<std::string_view, N>& names, std::string_view word) {
  if (word.size() < calendar::kAbbreviation) return -1;
  for (std::size_t i = 0; i < N; ++i) {
    if (text::istarts_with(names[i], word)) return static_cast<int>(i);
  }
  return -1;
}

int find_weekday(std::string_view word) {
  return text::iequals(word, "weds") ? 3 : find_name(calendar::kWeekdays, word);
}

int find_month(std::string_view word) {
  return find_name(calendar::kMonths, word) + 1;
}

// date-time = [ day-of-week "," ] day month year hour ":" minute [ ":" second ] zone
// (RFC 5322 3.3; 4.3 lets comments stand anywhere, years be short and zones be names). The parts
// are read in whichever order they come; what departs from that order is a defect, not an end.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : in_(text) {}

  std::optional<Date> read() {
    read_weekday();
    if (!read_day_and_month()) return std::nullopt;
    if (!read_time()) return std::nullopt;
    if (!have_year_ && !read_late_year_and_zone()) return std::nullopt;
    read_zone();
    set_name(in_.trailing_comment());
    defects_.obsolete = defects_.obsolete || in_.comment_inside();
    defects_.syntax = defects_.syntax || !in_.is(Kind::end) || in_.cut();
    return finish();
  }

 private:
  void odd() { defects_.syntax = true; }

  void read_weekday() {
    if (!in_.is(Kind::word) || find_month(in_.peek().text) != 0) return;
    const std::string_view word = in_.peek().text;
    weekday_ = find_weekday(word);
    if (weekday_ < 0 || word.size() != 3) odd();
    in_.skip();
    if (!in_.is_sign(',')) odd();
    while (in_.is_sign(',') || in_.is_sign('.')) {
      if (in_.is_sign('.')) odd();
      in_.skip();
    }
  }

  bool read_day_and_month() {
    if (in_.is(Kind::word)) return read_month_first();
    if (!in_.is(Kind::number)) return false;
    if (in_.peek().text.size() == 8) return read_compact();
    if (in_.is(Kind::sign, 1) && in_.is(Kind::number, 2)) return read_numeric();
    return read_day_first();
  }

  // `18 Mar 1997`, `18-Mar-97`
  bool read_day_first() {
    const std::string_view day = in_.peek().text;
    day_ = to_int(day);
    if (day.size() > 2) return false;
    in_.skip();
    skip_separators();
    if (!in_.is(Kind::word)) return false;
    if (!read_month()) return false;
    skip_separators();
    return in_.is(Kind::number) && read_year();
  }

  // `Mar 18 1997`, or asctime's `Mar 18 14:36:14 1997`
  bool read_month_first() {
    odd();
    if (!read_month()) return false;
    skip_separators();
    if (!in_.is(Kind::number) || in_.peek().text.size() > 2) return false;
    day_ = to_int(in_.peek().text);
    in_.skip();
    skip_separators();
    if (!in_.is(Kind::number)) return false;
    return is_time() || read_year();
  }

  // `1997-03-18`, `1997/03/18`; `18.03.1997`, and `18/03/1997` where only one reading is a date
  bool read_numeric() {
    odd();
    const std::string_view first = in_.peek().text;
    const char sign = in_.peek(1).text[0];
    if ((sign != '-' && sign != '/' && sign != '.') || !in_.is_sign(sign, 3) ||
        !in_.is(Kind::number, 4))
      return false;
    const std::string_view last = in_.peek(4).text;
    month_ = to_int(in_.peek(2).text);
    if (first.size() == 4) {
      year_ = to_int(first);
      day_ = to_int(last);
    } else if (last.size() == 4) {
      year_ = to_int(last);
      day_ = to_int(first);
      if (sign != '.' && day_ <= 12 && month_ <= 12 && day_ != month_) return false;
      if (sign != '.' && month_ > 12) std::swap(day_, month_);
    } else {
      return false;
    }
    have_year_ = true;
    in_.skip(5);
    return skip_date_time_mark();
  }

  // `19970318T143614Z` (ISO 8601 basic)
  bool read_compact() {
    odd();
    const std::string_view digits = in_.peek().text;
    year_ = to_int(digits.substr(0, 4));
    month_ = to_int(digits.substr(4, 2));
    day_ = to_int(digits.substr(6, 2));
    have_year_ = true;
    in_.skip();
    return skip_date_time_mark();
  }

  bool skip_date_time_mark() {
    iso_ = true;
    if (in_.is(Kind::word) && text::iequals(in_.peek().text, "t")) in_.skip();
    if (in_.is_sign(',')) in_.skip();
    return true;
  }

  void skip_separators() {
    while (true) {
      if (!in_.is_sign('-') && !in_.is_sign(',') && !in_.is_sign('.') && !in_.is_sign('/')) return;
      odd();
      in_.skip();
    }
  }

  bool read_month() {
    const std::string_view word = in_.peek().text;
    month_ = find_month(word);
    if (word.size() != 3) odd();
    in_.skip();
    return month_ != 0;
  }

  // obs-year = 2*DIGIT (RFC 5322 4.3: 00–49 are 20xx, 50–99 and three digits count from 1900)
  bool read_year() {
    const std::string_view digits = in_.peek().text;
    const int value = to_int(digits);
    if (digits.size() < 2 || value < 0 || value > 9999) return false;
    year_ = digits.size() == 2 && value < 50 ? value + 2000
            : digits.size() < 4              ? value + 1900
                                             : value;
    if (digits.size() < 4) defects_.obsolete = true;
    if (digits.size() > 4 || year_ < 1900) odd();
    have_year_ = true;
    in_.skip();
    if (in_.is_sign(',')) {
      odd();
      in_.skip();
    }
    return true;
  }

  [[nodiscard]] bool is_time() const {
    return in_.peek().text.size() <= 2 && (in_.is_sign(':', 1) || in_.is_sign('.', 1)) &&
           in_.is(Kind::number, 2);
  }

  bool read_time() {
    if (text::iequals(in_.peek().text, "at")) in_.skip();
    if (!in_.is(Kind::number)) return false;
    if (in_.peek().text.size() == 6) return read_compact_time();
    if (!is_time()) return false;
    const bool dots = in_.is_sign('.', 1);
    if (dots || in_.peek().text.size() != 2 || in_.peek(2).text.size() != 2) odd();
    hour_ = to_int(in_.peek().text);
    minute_ = to_int(in_.peek(2).text);
    in_.skip(3);
    if (in_.is_sign(dots ? '.' : ':') && in_.is(Kind::number, 1)) {
      if (in_.peek(1).text.size() != 2) odd();
      second_ = to_int(in_.peek(1).text);
      in_.skip(2);
    }
    skip_fraction();
    read_half_of_day();
    return true;
  }

  bool read_compact_time() {
    odd();
    const std::string_view digits = in_.peek().text;
    hour_ = to_int(digits.substr(0, 2));
    minute_ = to_int(digits.substr(2, 2));
    second_ = to_int(digits.substr(4, 2));
    in_.skip();
    skip_fraction();
    return true;
  }

  void skip_fraction() {
    if ((in_.is_sign('.') || in_.is_sign(',')) && in_.is(Kind::number, 1)) {
      odd();
      in_.skip(2);
    }
  }

  void read_half_of_day() {
    const bool pm = text::iequals(in_.peek().text, "pm");
    if (!in_.is(Kind::word) || (!pm && !text::iequals(in_.peek().text, "am"))) return;
    odd();
    in_.skip();
    if (pm && hour_ < 12) hour_ += 12;
    if (!pm && hour_ == 12) hour_ = 0;
  }

  // asctime and date(1): the year comes last, maybe after the zone
  bool read_late_year_and_zone() {
    if (!in_.is(Kind::number)) read_zone();
    if (!in_.is(Kind::number) || in_.peek().text.size() != 4) return false;
    return read_year();
  }

  void read_zone() {
    if (zone_read_) return;
    if ((in_.is_sign('+') || in_.is_sign('-')) && in_.is(Kind::number, 1)) {
      if (!in_.peek().space_before && !iso_) odd();
      read_offset();
      read_second_offset();
      read_name_after_offset();
    } else if (in_.is(Kind::word)) {
      read_named_zone();
    } else {
      defects_.zone_missing = true;
    }
    zone_read_ = true;
  }

  // zone = ("+" / "-") 4DIGIT; `+08:00`, `+08`, `+800` are read, too
  void read_offset() {
    const bool negative = in_.is_sign('-');
    const std::string_view digits = in_.peek(1).text;
    int hours = 0;
    int minutes = 0;
    std::size_t used = 2;
    if (digits.size() <= 2) {
      hours = to_int(digits);
      if (in_.is_sign(':', 2) && in_.is(Kind::number, 3) && in_.peek(3).text.size() == 2) {
        minutes = to_int(in_.peek(3).text);
        used = 4;
      }
      odd();
    } else if (digits.size() <= 4) {
      hours = to_int(digits.substr(0, digits.size() - 2));
      minutes = to_int(digits.substr(digits.size() - 2));
      if (digits.size() != 4 || in_.peek(1).space_before) odd();
    } else {
      odd();
      defects_.zone_impossible = true;
      in_.skip(used);
      return;
    }
    in_.skip(used);
    const int offset = (negative ? -1 : 1) * (hours * 60 + minutes);
    if (minutes > 59 || offset < kEarliestOffset || offset > kLatestOffset)
      defects_.zone_impossible = true;
    shift_ = offset;
    have_offset_ = true;
    if (!(negative && offset == 0)) offset_ = offset;
  }

  // `-0700 -0700`: some write the zone twice.
  void read_second_offset() {
    if ((!in_.is_sign('+') && !in_.is_sign('-')) || !in_.is(Kind::number, 1)) return;
    odd();
    const std::string_view written = in_.span(2);
    const auto first = offset_;
    const int shift = shift_;
    read_offset();
    if (shift_ != shift) {
      defects_.zone_name_mismatch = true;
      date_.zone_name = std::string(written.substr(0, kMaxZoneComment));
    }
    shift_ = shift;
    offset_ = first;
  }

  // `Pacific Daylight Time`
  bool read_zone_phrase() {
    for (std::size_t words = 2; words <= kMaxZoneWords; ++words) {
      if (!in_.is(Kind::word, words - 1) || !text::iequals(in_.peek(words - 1).text, "Time"))
        continue;
      const std::string_view phrase = in_.span(words);
      const auto offset = offset_of_zone_phrase(phrase);
      if (!offset) return false;
      odd();
      date_.zone_name = std::string(phrase.substr(0, kMaxZoneComment));
      shift_ = *offset;
      offset_ = shift_;
      in_.skip(words);
      return true;
    }
    return false;
  }

  // Go's time.String() writes `+0000 UTC m=+123.4`: the reading of a stopwatch, which is no defect
  // beyond the shape.
  void read_name_after_offset() {
    if (in_.is(Kind::word) && !in_.is_sign('=', 1)) {
      odd();
      set_name(in_.peek().text);
      in_.skip();
    }
    if (in_.is(Kind::word) && in_.is_sign('=', 1)) {
      odd();
      in_.skip(2);
      while (in_.is(Kind::sign) || in_.is(Kind::number)) in_.skip();
    }
  }

  // obs-zone (RFC 5322 4.3): military letters say nothing that can be relied on
  void read_named_zone() {
    if (read_zone_phrase()) return;
    const std::string_view name = in_.peek().text;
    in_.skip();
    date_.zone_name = std::string(name.substr(0, kMaxZoneComment));
    const ZoneName* row = find_zone(name);
    if ((in_.is_sign('+') || in_.is_sign('-')) && in_.is(Kind::number, 1)) {
      odd();
      read_offset();
      return;
    }
    if (iso_ && text::iequals(name, "z")) {
      offset_ = 0;
      return;
    }
    defects_.obsolete = true;
    const bool military = name.size() == 1 && !text::iequals(name, "j");
    if (!military && (row == nullptr || !row->in_rfc)) odd();
    if (row == nullptr || !row->unambiguous) return;
    named_ = row;
    shift_ = row->offsets[0];
    offset_ = shift_;
  }

  void set_name(std::string_view name) {
    if (!date_.zone_name.empty() || name.empty()) return;
    date_.zone_name = std::string(name.substr(0, kMaxZoneComment));
    named_ = find_zone(name);
  }

  std::optional<Date> finish() {
    using namespace std::chrono;
    const year_month_day day{year{year_}, month{static_cast<unsigned>(month_)},
                             std::chrono::day{static_cast<unsigned>(day_)}};
    if (month_ < 1 || month_ > 12 || day_ < 1 || day_ > 31 || !day.ok()) return std::nullopt;
    if (hour_ < 0 || hour_ > 23 || minute_ < 0 || minute_ > 59 || second_ < 0 || second_ > 60)
      return std::nullopt;
    const sys_days midnight{day};
    date_.instant = midnight + hours{hour_} + minutes{minute_} + seconds{second_} - minutes{shift_};
    date_.offset_minutes = offset_;
    if (weekday_ >= 0)
      defects_.weekday_wrong = weekday{midnight}.c_encoding() != static_cast<unsigned>(weekday_);
    judge_zone_name();
    date_.defects = defects_;
    return date_;
  }

  void judge_zone_name() {
    if (named_ == nullptr) return;
    const auto* end = named_->offsets.begin() + named_->count;
    if (have_offset_ && std::find(named_->offsets.begin(), end, shift_) == end) {
      defects_.zone_name_mismatch = true;
      return;
    }
    if (shift_ != named_->offsets[0]) return;
    // Every rule of North America since 1987 agrees on these parts of the year.
    const int date = month_ * 100 + day_;
    const bool summer = date >= 408 && date <= 1024;
    const bool winter = date <= 307 || date >= 1108;
    defects_.season_mismatch = (named_->season == Season::standard && summer) ||
                               (named_->season == Season::summer && winter);
  }

  Lexer in_;
  Date date_{};
  DateDefects defects_;
  int weekday_ = -1;
  int year_ = 0;
  int month_ = 0;
  int day_ = 0;
  int hour_ = 0;
  int minute_ = 0;
  int second_ = 0;
  int shift_ = 0;
  bool have_year_ = false;
  bool have_offset_ = false;
  bool zone_read_ = false;
  bool iso_ = false;
  std::optional<int> offset_;
  const ZoneName* named_ = nullptr;
};

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  auto date = DateReader(text).read();
  // RFC 3339 1 knows the years 0 to 9999; what the zone moves out of them is no time that can be
  // told.
  using std::chrono::sys_days, std::chrono::year;
  constexpr Instant kFirst{sys_days{year{0} / 1 / 1}}, kEnd{sys_days{year{10'000} / 1 / 1}};
  if (date && (date->instant < kFirst || date->instant >= kEnd)) return std::nullopt;
  return date;
}

}  // namespace emltrace
