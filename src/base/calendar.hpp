#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

/// English names of months and weekdays, as dates in mail have them.
namespace emltrace::calendar {

/// From January. RFC 5322 writes the first three letters.
inline constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
/// From Sunday, as std::chrono::weekday counts.
inline constexpr std::array<std::string_view, 7> kWeekdays = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

/// The abbreviations of RFC 5322 3.3: `Jan`, `Sun`.
inline constexpr std::size_t kAbbreviation = 3;  ///< letters

/// True where `word` is the abbreviation of one of `names`, letter case included.
template <std::size_t N>
[[nodiscard]] constexpr bool is_abbreviation(const std::array<std::string_view, N>& names,
                                             std::string_view word) {
  return std::any_of(names.begin(), names.end(), [word](std::string_view name) {
    return word == name.substr(0, kAbbreviation);
  });
}

}  // namespace emltrace::calendar
