#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace emltrace::zone_names {

/// In which part of the year a name of North America is in force.
enum class Season : std::uint8_t { any, standard, summer };

/// An alphabetic zone and the offsets, in minutes east of UTC, that clocks write beside it.
struct ZoneName {
  std::string_view name;
  bool in_rfc;       ///< RFC 5322 4.3 gives it a meaning
  bool unambiguous;  ///< alone, it tells the first offset
  Season season;     ///< of the first offset
  int count;         ///< of offsets
  std::array<std::int16_t, 4> offsets;
};

/// The row of that name, whatever the case of its letters; null for none.
[[nodiscard]] const ZoneName* find_zone(std::string_view name);

}  // namespace emltrace::zone_names
