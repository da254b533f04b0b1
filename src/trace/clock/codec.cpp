#include "trace/clock/codec.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace emltrace::trace::codec {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant kEarliest{std::chrono::sys_days{std::chrono::year{1980} / 1 / 1}};
constexpr Instant kLatest{std::chrono::sys_days{std::chrono::year{2100} / 1 / 1}};
constexpr std::uint64_t kMaxNumber = std::uint64_t{1} << 53;
constexpr hours kStandardOffset{-8};
constexpr hours kSummerOffset{-7};

// Energy Policy Act of 2005: from the second Sunday of March to the first of November; Uniform Time
// Act as amended in 1986: from the first Sunday of April to the last of October; before that from
// the last Sunday of April. The change comes at 2:00 on the wall.
struct SummerTime {
  Instant begin;  // wall clock, standard time
  Instant end;    // wall clock, summer time
};

SummerTime summer_time(std::chrono::year year) {
  using namespace std::chrono;
  const bool act_of_2005 = year >= std::chrono::year{2007};
  const sys_days april = year >= std::chrono::year{1987} ? sys_days{year / April / Sunday[1]}
                                                         : sys_days{year / April / Sunday[last]};
  const sys_days begin = act_of_2005 ? sys_days{year / March / Sunday[2]} : april;
  const sys_days end =
      act_of_2005 ? sys_days{year / November / Sunday[1]} : sys_days{year / October / Sunday[last]};
  return {Instant{begin} + hours{2}, Instant{end} + hours{2}};
}

}  // namespace

std::optional<std::uint64_t> number(std::string_view text, std::string_view alphabet) {
  std::uint64_t value = 0;
  for (const char c : text) {
    const std::size_t digit = alphabet.find(c);
    if (digit == std::string_view::npos || value > kMaxNumber) {
      return std::nullopt;
    }
    value = value * alphabet.size() + digit;
  }
  return text.empty() || value > kMaxNumber ? std::nullopt : std::optional(value);
}

std::optional<std::uint64_t> decimal(std::string_view text) {
  return number(text, kBase62.substr(0, 10));
}

std::optional<std::uint64_t> hexadecimal(std::string_view text) {
  return number(text::lower(text), "0123456789abcdef");
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), text::is_digit);
}

bool is_hex(std::string_view text) {
  return is_made_of(text, "0123456789abcdefABCDEF");
}

bool is_made_of(std::string_view text, std::string_view alphabet) {
  return !text.empty() && text.find_first_not_of(alphabet) == std::string_view::npos;
}

std::optional<Instant> epoch(std::optional<std::uint64_t> value) {
  if (!value) {
    return std::nullopt;
  }
  const Instant time{seconds{static_cast<std::int64_t>(*value)}};
  return time < kEarliest || time >= kLatest ? std::nullopt : std::optional(time);
}

std::optional<Instant> epoch_ms(std::optional<std::uint64_t> value) {
  return value ? epoch(*value / 1000) : std::nullopt;
}

std::optional<Instant> civil(std::uint64_t year, std::uint64_t month, std::uint64_t day,
                             std::uint64_t hour, std::uint64_t minute, std::uint64_t second) {
  if (year < 1980 || year > 2099 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 ||
      minute > 59 || second > 60) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(year)},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) {
    return std::nullopt;
  }
  return Instant{std::chrono::sys_days{date}} + hours{hour} + minutes{minute} +
         seconds{static_cast<std::int64_t>(second)};
}

std::optional<Instant> civil14(std::string_view digits) {
  if (digits.size() != 14 || !is_digits(digits)) {
    return std::nullopt;
  }
  const auto part = [&](std::size_t at, std::size_t length) {
    return *decimal(digits.substr(at, length));
  };
  return civil(part(0, 4), part(4, 2), part(6, 2), part(8, 2), part(10, 2), part(12, 2));
}

std::uint64_t little_endian(std::string_view bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = 4; i-- > 0;) {
    value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

PacificTimes pacific(Instant wall_clock) {
  const std::chrono::year_month_day date{std::chrono::floor<days>(wall_clock)};
  const SummerTime summer = summer_time(date.year());
  const Instant by_standard = wall_clock - kStandardOffset;
  const Instant by_summer = wall_clock - kSummerOffset;
  if (wall_clock < summer.begin || wall_clock >= summer.end) {
    return {by_standard, by_standard};
  }
  const bool repeated = wall_clock >= summer.end - hours{1};
  return {by_summer, repeated ? by_standard : by_summer};
}

}  // namespace emltrace::trace::codec
