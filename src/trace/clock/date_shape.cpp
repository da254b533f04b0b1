#include "trace/clock/date_shape.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>

#include "trace/finding/sentence.hpp"

namespace emltrace::trace {
namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                       "Thursday", "Friday", "Saturday"};

// The weekday where the date was written, not in UTC.
std::string_view weekday_of(const Date& date) {
  const auto local = date.instant + std::chrono::minutes{date.offset_minutes.value_or(0)};
  const std::chrono::weekday day{std::chrono::floor<std::chrono::days>(local)};
  return kWeekdays[day.c_encoding() % kWeekdays.size()];
}

std::string offset_text(const Date& date) {
  const int minutes = date.offset_minutes.value_or(0);
  return fmt::format("{}{:02}{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                     std::abs(minutes) % 60);
}

}  // namespace

std::string duration_text(std::int64_t seconds) {
  const std::int64_t s = std::abs(seconds);
  if (s < 120) return words<"seconds">(with<"count">(s));
  if (s < 7'200) return words<"minutes">(with<"count">(s / 60));
  if (s < 172'800) return words<"hours">(with<"hours">(s / 3'600), with<"minutes">(s % 3'600 / 60));
  return words<"days">(with<"count">(s / 86'400));
}

std::vector<Finding> date_shape_findings(const Date& date, std::string_view raw,
                                         std::string_view where) {
  std::vector<Finding> findings;
  const Evidence written{{"written", std::string(raw)}};
  const DateDefects& defects = date.defects;
  if (defects.weekday_wrong) {
    findings.push_back(make_finding(
        say<"weekday-wrong">(with<"where">(where), with<"weekday">(weekday_of(date))), written));
  }
  if (defects.zone_impossible) {
    findings.push_back(make_finding(say<"zone-impossible">(with<"where">(where)), written));
  }
  if (defects.zone_name_mismatch) {
    findings.push_back(make_finding(
        say<"zone-name-mismatch/offset">(with<"where">(where), with<"zone">(date.zone_name),
                                         with<"offset">(offset_text(date))),
        written));
  }
  if (defects.season_mismatch) {
    Finding finding = make_finding(
        say<"zone-name-mismatch/season">(with<"where">(where), with<"zone">(date.zone_name)),
        written);
    finding.severity = Severity::info;
    findings.push_back(std::move(finding));
  }
  if (defects.zone_missing) {
    findings.push_back(make_finding(say<"date-syntax/no-zone">(with<"where">(where)), written));
  } else if (defects.syntax) {
    findings.push_back(make_finding(say<"date-syntax/shape">(with<"where">(where)), written));
  }
  return findings;
}

}  // namespace emltrace::trace
