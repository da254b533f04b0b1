#include "support/producer.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>

#include "support/producer_ids.hpp"

namespace emltrace::test {
namespace {

using namespace std::chrono;

constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

year year_of(Instant at) {
  return year_month_day(floor<days>(at)).year();
}

// Last Sundays of March and October, 01:00 UTC.
bool european_summer(Instant at) {
  const year y = year_of(at);
  return at >= sys_days(y / March / Sunday[last]) + hours(1) &&
         at < sys_days(y / October / Sunday[last]) + hours(1);
}

// From the second Sunday of March to the first one of November, 02:00 of the local clock.
bool american_summer(Instant at, hours standard) {
  const year y = year_of(at);
  return at >= sys_days(y / March / Sunday[2]) + hours(2) - standard &&
         at < sys_days(y / November / Sunday[1]) + hours(1) - standard;
}

}  // namespace

LocalZone zone_of(Region region, Instant at) {
  switch (region) {
    case Region::berlin:
      return european_summer(at) ? LocalZone{120, "CEST"} : LocalZone{60, "CET"};
    case Region::london:
      return european_summer(at) ? LocalZone{60, "BST"} : LocalZone{0, "GMT"};
    case Region::new_york:
      return american_summer(at, hours(-5)) ? LocalZone{-240, "EDT"} : LocalZone{-300, "EST"};
    case Region::pacific:
      return american_summer(at, hours(-8)) ? LocalZone{-420, "PDT"} : LocalZone{-480, "PST"};
    case Region::shanghai:
      return {480, "CST"};
    case Region::kolkata:
      return {330, "IST"};
    case Region::utc:
      break;
  }
  return {0, "UTC"};
}

std::string date_text(Instant at, LocalZone zone, DateForm form) {
  if (form == DateForm::qmail) zone = {0, "GMT"};
  const auto local = at + minutes(zone.offset_minutes);
  const auto day = floor<days>(local);
  const year_month_day ymd(day);
  const hh_mm_ss time(local - day);
  const auto day_of_month = static_cast<unsigned>(ymd.day());
  const std::string number = form == DateForm::padded      ? fmt::format("{:2}", day_of_month)
                             : form == DateForm::two_digit ? fmt::format("{:02}", day_of_month)
                                                           : fmt::format("{}", day_of_month);
  const std::string moment =
      fmt::format("{} {} {} {:02}:{:02}:{:02}", number,
                  kMonths.at(static_cast<unsigned>(ymd.month()) - 1), static_cast<int>(ymd.year()),
                  time.hours().count(), time.minutes().count(), time.seconds().count());
  if (form == DateForm::qmail) return moment + " -0000";
  const std::string text = fmt::format("{}, {}", kDays.at(weekday(day).c_encoding()), moment);
  if (form == DateForm::word) return fmt::format("{} {}", text, zone.name);
  const int size = zone.offset_minutes < 0 ? -zone.offset_minutes : zone.offset_minutes;
  const std::string stamp = fmt::format("{} {}{:02}{:02}", text,
                                        zone.offset_minutes < 0 ? '-' : '+', size / 60, size % 60);
  const bool gloss = form == DateForm::padded || form == DateForm::named;
  return gloss ? fmt::format("{} ({})", stamp, zone.name) : stamp;
}

std::string date_text(Instant at, Region region, DateForm form) {
  return date_text(at, zone_of(region, at), form);
}

std::string iso_day(Instant at) {
  const year_month_day ymd(floor<days>(at));
  return fmt::format("{}-{:02}-{:02}", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

std::string Line::text() const {
  return fmt::format("{}Received: {}\n{}", above, producer->write(*this), below);
}

}  // namespace emltrace::test
