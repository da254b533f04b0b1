#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "base/date.hpp"

namespace emltrace::trace {

/// True where the weekday that `raw` names beside the date is that of the same instant in another
/// zone of whole hours (UTC-12 … UTC+14): a clock that prints the day of one zone and the time of
/// another. False where the weekday is right, missing, or fits no zone.
[[nodiscard]] bool weekday_fits_another_zone(const Date& date, std::string_view raw);

/// A stamp of the route, oldest first in a list.
struct ZoneStamp {
  std::string_view host;       ///< the name after `by`; may be empty
  const Date* date = nullptr;  ///< null where the line has no readable stamp
  std::string_view raw;        ///< the stamp as written
};

/// RFC 5322 4.3 gives CST one meaning, clocks of the world give it four. The offset in minutes east
/// of UTC that the name alone in stamp `at` has where a numeric stamp of the same system writes it
/// (`+0800 (CST)`). The same system is a host of the same organization or, for a host without a
/// domain of its own, the one that took over from it. Null where the stamp is numeric itself, its
/// name has one meaning, nobody glosses it, or two glosses differ.
[[nodiscard]] std::optional<int> glossed_offset(std::span<const ZoneStamp> stamps, std::size_t at);

/// The same wall clock and name read with this offset.
[[nodiscard]] Date with_offset(const Date& date, int offset_minutes);

}  // namespace emltrace::trace
