#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"

namespace emltrace {

/// What is wrong or unusual in a written date. None of it keeps the date from being read.
struct DateDefects {
  bool syntax = false;           ///< not the shape of RFC 5322 3.3 nor its obsolete form 4.3
  bool obsolete = false;         ///< RFC 5322 4.3: two-digit year, alphabetic zone, comments inside
  bool weekday_wrong = false;    ///< the weekday named is not that of the date
  bool zone_missing = false;     ///< no zone at all: the instant is read as UTC
  bool zone_impossible = false;  ///< beyond -1200..+1400, or minutes above 59
  bool zone_name_mismatch =
      false;  ///< a name (`PST`) or a second offset beside an offset that is not its own
  bool season_mismatch =
      false;  ///< a standard-time name or offset where summer time runs, or the reverse
  friend bool operator==(const DateDefects&, const DateDefects&) = default;
};

/// A moment as some host wrote it.
struct Date {
  Instant instant;  ///< UTC
  std::optional<int>
      offset_minutes;  ///< as written, east positive; null for `-0000`, unknown zone names or none
  std::string
      zone_name;  ///< `PST`, `GMT` … as written (zone field or trailing comment); empty if none
  DateDefects defects;
};

/// Reads a date-time (RFC 5322 3.3, 4.3) and the wrong shapes seen in mail:
/// `Tue, Mar 18 1997 14:36:14 PST`, asctime, ISO 8601 / RFC 3339 (`2024-01-02 03:04:05.123 +0000
/// UTC m=+1`), AM/PM, missing seconds, missing or wrong weekday, comments anywhere, zones in words
/// (`Pacific Daylight Time`) and written twice (the first counts). Null where no day, month, year
/// and time of day can be told (`...`, an empty text).
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

}  // namespace emltrace
