#include "base/zone_names.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace emltrace::zone_names {
namespace {

// MST has no season: Arizona keeps it all year. The further offsets of a name are those of other
// countries that the zone database abbreviates alike (China, Cuba, Australia, Ireland, Israel …).
constexpr std::array kZoneNames = {
    ZoneName{"UT", true, true, Season::any, 1, {0}},
    ZoneName{"GMT", true, true, Season::any, 1, {0}},
    ZoneName{"UTC", false, true, Season::any, 1, {0}},
    ZoneName{"EST", true, true, Season::standard, 3, {-300, 600, 660}},
    ZoneName{"EDT", true, true, Season::summer, 2, {-240, 660}},
    ZoneName{"CST", true, true, Season::standard, 4, {-360, -300, 480, 570}},
    ZoneName{"CDT", true, true, Season::summer, 3, {-300, -240, 540}},
    ZoneName{"MST", true, true, Season::any, 2, {-420, 480}},
    ZoneName{"MDT", true, true, Season::summer, 1, {-360}},
    ZoneName{"PST", true, true, Season::standard, 1, {-480}},
    ZoneName{"PDT", true, true, Season::summer, 1, {-420}},
    ZoneName{"AKST", false, true, Season::any, 1, {-540}},
    ZoneName{"AKDT", false, true, Season::any, 1, {-480}},
    ZoneName{"HST", false, true, Season::any, 1, {-600}},
    ZoneName{"AST", false, false, Season::any, 2, {-240, 180}},
    ZoneName{"ADT", false, true, Season::any, 1, {-180}},
    ZoneName{"NST", false, true, Season::any, 1, {-210}},
    ZoneName{"NDT", false, true, Season::any, 1, {-150}},
    ZoneName{"WET", false, true, Season::any, 1, {0}},
    ZoneName{"WEST", false, true, Season::any, 1, {60}},
    ZoneName{"BST", false, false, Season::any, 2, {60, 360}},
    ZoneName{"IST", false, false, Season::any, 3, {330, 120, 60}},
    ZoneName{"IDT", false, true, Season::any, 1, {180}},
    ZoneName{"CET", false, true, Season::any, 1, {60}},
    ZoneName{"CEST", false, true, Season::any, 1, {120}},
    ZoneName{"MET", false, true, Season::any, 1, {60}},
    ZoneName{"MEST", false, true, Season::any, 1, {120}},
    ZoneName{"EET", false, true, Season::any, 1, {120}},
    ZoneName{"EEST", false, true, Season::any, 1, {180}},
    ZoneName{"MSK", false, true, Season::any, 2, {180, 240}},
    ZoneName{"MSD", false, true, Season::any, 1, {240}},
    ZoneName{"SAST", false, true, Season::any, 1, {120}},
    ZoneName{"PKT", false, true, Season::any, 2, {300, 360}},
    ZoneName{"WIB", false, true, Season::any, 1, {420}},
    ZoneName{"HKT", false, true, Season::any, 1, {480}},
    ZoneName{"SGT", false, true, Season::any, 1, {480}},
    ZoneName{"AWST", false, true, Season::any, 1, {480}},
    ZoneName{"JST", false, true, Season::any, 1, {540}},
    ZoneName{"KST", false, true, Season::any, 1, {540}},
    ZoneName{"ACST", false, true, Season::any, 1, {570}},
    ZoneName{"ACDT", false, true, Season::any, 1, {630}},
    ZoneName{"AEST", false, true, Season::any, 1, {600}},
    ZoneName{"AEDT", false, true, Season::any, 1, {660}},
    ZoneName{"NZST", false, true, Season::any, 1, {720}},
    ZoneName{"NZDT", false, true, Season::any, 1, {780}},
};

}  // namespace

const ZoneName* find_zone(std::string_view name) {
  const auto row = std::find_if(kZoneNames.begin(), kZoneNames.end(), [name](const ZoneName& zone) {
    return text::iequals(zone.name, name);
  });
  return row == kZoneNames.end() ? nullptr : &*row;
}

}  // namespace emltrace::zone_names
