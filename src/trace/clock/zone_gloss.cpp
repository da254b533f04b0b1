#include "trace/clock/zone_gloss.hpp"

#include <algorithm>
#include <array>

#include "auth/dmarc/org_domain.hpp"
#include "base/domain.hpp"
#include "base/text.hpp"
#include "base/zone_names.hpp"

namespace emltrace::trace {
namespace {

using zone_names::ZoneName;

constexpr int kFirstZone = -12;
constexpr int kLastZone = 14;

// 0 for Sunday; null where no word of the text begins as a weekday does.
std::optional<unsigned> named_weekday(std::string_view raw) {
  constexpr std::array<std::string_view, 7> kDays = {"sun", "mon", "tue", "wed",
                                                     "thu", "fri", "sat"};
  for (const std::string_view word : text::words(raw)) {
    for (unsigned day = 0; day < kDays.size(); ++day) {
      if (text::istarts_with(word, kDays[day])) return day;
    }
  }
  return std::nullopt;
}

bool has_numeric_zone(std::string_view raw) {
  const auto words = text::words(raw);
  return std::any_of(words.begin(), words.end(), [](std::string_view word) {
    return word.size() >= 5 && (word[0] == '+' || word[0] == '-') && text::is_digit(word[1]) &&
           text::is_digit(word[2]);
  });
}

const ZoneName* name_of_many_meanings(std::string_view name) {
  const ZoneName* row = zone_names::find_zone(name);
  return row != nullptr && row->count > 1 ? row : nullptr;
}

bool means(const ZoneName& name, int offset) {
  const auto* end = name.offsets.begin() + name.count;
  return std::find(name.offsets.begin(), end, offset) != end;
}

std::optional<DomainName> domain_of(std::string_view host) {
  auto name = DomainName::parse(host);
  return name && name->label_count() > 1 ? name : std::nullopt;
}

bool same_system(std::span<const ZoneStamp> stamps, std::size_t at, std::size_t other) {
  const auto own = domain_of(stamps[at].host);
  if (!own) return other == at + 1;
  const auto name = domain_of(stamps[other].host);
  return name && auth::same_organization(*own, *name);
}

}  // namespace

bool weekday_fits_another_zone(const Date& date, std::string_view raw) {
  const auto named = named_weekday(raw);
  if (!date.defects.weekday_wrong || !named) return false;
  for (int zone = kFirstZone; zone <= kLastZone; ++zone) {
    const auto local = date.instant + std::chrono::hours{zone};
    const std::chrono::weekday day{std::chrono::floor<std::chrono::days>(local)};
    if (day.c_encoding() == *named) return true;
  }
  return false;
}

std::optional<int> glossed_offset(std::span<const ZoneStamp> stamps, std::size_t at) {
  const ZoneStamp& stamp = stamps[at];
  if (stamp.date == nullptr || has_numeric_zone(stamp.raw)) return std::nullopt;
  const ZoneName* name = name_of_many_meanings(stamp.date->zone_name);
  if (name == nullptr) return std::nullopt;
  std::optional<int> gloss;
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    const Date* date = stamps[i].date;
    if (date == nullptr || !date->offset_minutes || !has_numeric_zone(stamps[i].raw) ||
        !text::iequals(date->zone_name, name->name) || !means(*name, *date->offset_minutes) ||
        !same_system(stamps, at, i)) {
      continue;
    }
    if (gloss && *gloss != *date->offset_minutes) return std::nullopt;
    gloss = date->offset_minutes;
  }
  return gloss;
}

Date with_offset(const Date& date, int offset_minutes) {
  Date out = date;
  out.instant += std::chrono::minutes{date.offset_minutes.value_or(0) - offset_minutes};
  out.offset_minutes = offset_minutes;
  out.defects.season_mismatch = false;
  return out;
}

}  // namespace emltrace::trace
