#include "base/zone_phrases.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace emltrace {
namespace {

struct Row {
  std::string_view place;
  int standard;  // minutes east of UTC
};

// Places whose standard time has been one since the nineties. Those that moved (Russia, Turkey,
// Venezuela …) tell no offset without the day.
constexpr std::array<Row, 56> kPlaces = {{
    {"Hawaiian", -600},
    {"Hawaii", -600},
    {"Alaskan", -540},
    {"Alaska", -540},
    {"Pacific", -480},
    {"US Mountain", -420},
    {"Mountain", -420},
    {"Central", -360},
    {"Canada Central", -360},
    {"Central America", -360},
    {"Eastern", -300},
    {"US Eastern", -300},
    {"SA Pacific", -300},
    {"Atlantic", -240},
    {"SA Western", -240},
    {"Newfoundland", -210},
    {"E. South America", -180},
    {"SA Eastern", -180},
    {"Brasilia", -180},
    {"Azores", -60},
    {"GMT", 0},
    {"Greenwich", 0},
    {"Greenwich Mean", 0},
    {"Coordinated Universal", 0},
    {"British", 0},
    {"Western European", 0},
    {"W. Europe", 60},
    {"Central Europe", 60},
    {"Central European", 60},
    {"Romance", 60},
    {"W. Central Africa", 60},
    {"E. Europe", 120},
    {"Eastern European", 120},
    {"FLE", 120},
    {"GTB", 120},
    {"Israel", 120},
    {"South Africa", 120},
    {"Arab", 180},
    {"Arabic", 180},
    {"E. Africa", 180},
    {"Iran", 210},
    {"Arabian", 240},
    {"Gulf", 240},
    {"India", 330},
    {"Nepal", 345},
    {"SE Asia", 420},
    {"China", 480},
    {"Taipei", 480},
    {"Singapore", 480},
    {"W. Australia", 480},
    {"Tokyo", 540},
    {"Japan", 540},
    {"Korea", 540},
    {"AUS Eastern", 600},
    {"E. Australia", 600},
    {"New Zealand", 720},
}};

struct Ending {
  std::string_view words;
  int shift;  // minutes that summer time adds
};
constexpr std::array<Ending, 4> kEndings = {{
    {" Standard Time", 0},
    {" Daylight Time", 60},
    {" Summer Time", 60},
    {" Time", 0},
}};

std::optional<int> standard_of(std::string_view place) {
  const auto row = std::find_if(kPlaces.begin(), kPlaces.end(), [&](const Row& candidate) {
    return text::iequals(candidate.place, place);
  });
  return row == kPlaces.end() ? std::nullopt : std::optional(row->standard);
}

}  // namespace

std::optional<int> offset_of_zone_phrase(std::string_view phrase) {
  for (const Ending& ending : kEndings) {
    if (!text::iends_with(phrase, ending.words)) continue;
    const auto standard = standard_of(phrase.substr(0, phrase.size() - ending.words.size()));
    if (!standard) return std::nullopt;
    // `Eastern Time` leaves open whether it is summer; names without a summer time do not.
    const bool open = ending.words == " Time" && *standard != 0;
    return open ? std::nullopt : std::optional(*standard + ending.shift);
  }
  return std::nullopt;
}

}  // namespace emltrace
