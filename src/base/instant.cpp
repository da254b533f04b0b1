#include "base/instant.hpp"

#include <fmt/compile.h>

#include <cstddef>
#include <cstdint>

#include "base/calendar.hpp"
#include "base/date.hpp"
#include "base/text.hpp"

namespace emltrace {
namespace {

// full-date ("T" / " ") full-time (RFC 3339 5.6), nothing else.
bool is_rfc3339(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:dd";
  if (text.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const char want = kShape[i];
    const bool fits = want == 'd'   ? text::is_digit(text[i])
                      : want == 'T' ? text[i] == 'T' || text[i] == 't' || text[i] == ' '
                                    : text[i] == want;
    if (!fits) return false;
  }
  std::string_view rest = text.substr(kShape.size());
  if (rest.starts_with('.')) {
    std::size_t digits = 1;
    while (digits < rest.size() && text::is_digit(rest[digits])) ++digits;
    if (digits == 1) return false;
    rest.remove_prefix(digits);
  }
  if (rest == "Z" || rest == "z") return true;
  return rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && text::is_digit(rest[1]) &&
         text::is_digit(rest[2]) && rest[3] == ':' && text::is_digit(rest[4]) &&
         text::is_digit(rest[5]);
}

}  // namespace

std::string format_rfc3339(Instant instant) {
  using namespace std::chrono;
  const sys_days midnight = floor<days>(instant);
  const year_month_day day{midnight};
  const hh_mm_ss time{instant - midnight};
  return fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z"),
                     static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

std::string format_rfc5322(Instant instant) {
  using namespace std::chrono;
  const sys_days midnight = floor<days>(instant);
  const year_month_day day{midnight};
  const hh_mm_ss time{instant - midnight};
  const auto month = calendar::kMonths[static_cast<unsigned>(day.month()) - 1];
  const auto weekday = calendar::kWeekdays[std::chrono::weekday(midnight).c_encoding()];
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000",
                     weekday.substr(0, calendar::kAbbreviation), static_cast<unsigned>(day.day()),
                     month.substr(0, calendar::kAbbreviation), static_cast<int>(day.year()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::optional<Instant> parse_instant(std::string_view text) {
  text = text::trim(text);
  if (is_rfc3339(text)) {
    const auto date = parse_date(text);
    if (!date || date->defects.zone_impossible) return std::nullopt;
    return date->instant;
  }
  return parse_epoch_seconds(text);
}

std::optional<Instant> parse_epoch_seconds(std::string_view text) {
  const auto seconds = text::parse_unsigned(text);
  const auto last = static_cast<std::uint64_t>(kLastInstant.time_since_epoch().count());
  if (!seconds || *seconds > last) return std::nullopt;
  return Instant{std::chrono::seconds{static_cast<std::int64_t>(*seconds)}};
}

}  // namespace emltrace
