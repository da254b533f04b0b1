#include <string_view>
#include <vector>

#include "support/catch.hpp"
#include "trace/clock/zone_gloss.hpp"

using namespace emltrace;

namespace {

bool fits(std::string_view raw) {
  const auto date = parse_date(raw);
  REQUIRE(date);
  return trace::weekday_fits_another_zone(*date, raw);
}

struct Line {
  std::string_view host;
  std::string_view raw;
};

// The gloss of the oldest line.
std::optional<int> gloss(const std::vector<Line>& lines) {
  std::vector<std::optional<Date>> dates;
  std::vector<trace::ZoneStamp> stamps;
  for (const Line& line : lines) dates.push_back(parse_date(line.raw));
  for (std::size_t i = 0; i < lines.size(); ++i)
    stamps.push_back({lines[i].host, dates[i] ? &*dates[i] : nullptr, lines[i].raw});
  return trace::glossed_offset(stamps, 0);
}

}  // namespace

TEST_CASE(
    "a weekday of the same instant in another zone is a clumsy clock, one of no zone is not") {
  // 2024-09-06T22:17:10Z: a Friday in UTC, a Saturday in China.
  CHECK(fits("Fri, 7 Sep 2024 06:17:10 +0800 (CST)"));
  CHECK_FALSE(fits("Sat, 7 Sep 2024 06:17:10 +0800 (CST)"));
  CHECK_FALSE(fits("Tue, 7 Sep 2024 06:17:10 +0800 (CST)"));
  CHECK_FALSE(fits("Thu, 7 Sep 2024 06:17:10 +0800 (CST)"));
  CHECK_FALSE(fits("Sun, 7 Sep 2024 06:17:10 +0800 (CST)"));
  CHECK_FALSE(fits("7 Sep 2024 06:17:10 +0800 (CST)"));
  // Sunday has begun in UTC+14 from 10:00Z on, and Friday has not ended in UTC-12 before 12:00Z.
  CHECK(fits("Sun, 7 Sep 2024 10:00:00 +0000"));
  CHECK_FALSE(fits("Sun, 7 Sep 2024 09:59:59 +0000"));
  CHECK(fits("Friday, 7 Sep 2024 11:59:59 +0000"));
  CHECK_FALSE(fits("Friday, 7 Sep 2024 12:00:00 +0000"));
}

TEST_CASE("a zone name of two meanings takes the one that its own system writes beside numbers") {
  constexpr Line kGateway{"gateway-151646-dep-5c9d7f6b8-qk2xw", "Tue, 28 Mar 2023 23:22:52 CST"};
  constexpr Line kHermes{"189.cn", "Tue, 28 Mar 2023 23:22:50 +0800 (CST)"};
  CHECK(gloss({kGateway, kHermes}) == 480);
  CHECK(gloss({{"a.firm.com", "Tue, 17 Jan 2023 10:28:00 CST"},
               {"b.firm.com", "Tue, 17 Jan 2023 10:28:02 -0600 (CST)"}}) == -360);
  CHECK(gloss({{"a.firm.com", "Tue, 17 Jan 2023 10:28:00 IST"},
               {"b.firm.com", "Tue, 17 Jan 2023 10:28:02 +0530 (IST)"}}) == 330);
  CHECK(gloss({{"a.firm.com", "Tue, 18 Jul 2023 10:28:00 BST"},
               {"mx.other.org", "Tue, 18 Jul 2023 09:28:02 +0000"},
               {"b.firm.com", "Tue, 18 Jul 2023 10:28:02 +0100 (BST)"}}) == 60);
}

TEST_CASE("a zone name is not glossed by strangers, by itself, or by two that differ") {
  // A Texan host that hands over to a Chinese one.
  CHECK_FALSE(gloss({{"mail.firm.com", "Tue, 17 Jan 2023 10:28:00 CST"},
                     {"mx.china-firm.cn", "Wed, 18 Jan 2023 00:28:06 +0800 (CST)"}}));
  // A host without a domain belongs to the next one alone.
  CHECK_FALSE(gloss({{"gateway", "Tue, 17 Jan 2023 10:28:00 CST"},
                     {"mail.firm.com", "Tue, 17 Jan 2023 16:28:01 +0000"},
                     {"mx.china-firm.cn", "Wed, 18 Jan 2023 00:28:06 +0800 (CST)"}}));
  CHECK_FALSE(gloss({{"a.firm.com", "Tue, 17 Jan 2023 10:28:00 CST"},
                     {"b.firm.com", "Tue, 17 Jan 2023 10:28:02 CST"}}));
  CHECK_FALSE(gloss({{"a.firm.com", "Tue, 17 Jan 2023 10:28:00 CST"},
                     {"b.firm.com", "Tue, 17 Jan 2023 10:28:02 -0600 (CST)"},
                     {"c.firm.com", "Wed, 18 Jan 2023 00:28:06 +0800 (CST)"}}));
  // An offset that is none of the name's own says nothing about it.
  CHECK_FALSE(gloss({{"a.firm.com", "Tue, 17 Jan 2023 10:28:00 CST"},
                     {"b.firm.com", "Tue, 17 Jan 2023 10:28:02 +0100 (CST)"}}));
  CHECK_FALSE(gloss({{"a.firm.com", "Tue, 17 Jan 2023 10:28:00 -0600 (CST)"},
                     {"b.firm.com", "Wed, 18 Jan 2023 00:28:06 +0800 (CST)"}}));
  CHECK_FALSE(gloss({{"a.firm.com", "Tue, 17 Jan 2023 10:28:00 JST"},
                     {"b.firm.com", "Tue, 17 Jan 2023 10:28:00 +0900 (JST)"}}));
  CHECK_FALSE(gloss({{"a.firm.com", "no date"}, {"b.firm.com", "no date"}}));
}

TEST_CASE("a stamp read with another offset keeps its wall clock") {
  const auto cst = parse_date("Tue, 28 Mar 2023 23:22:52 CST");
  REQUIRE(cst);
  CHECK(format_rfc3339(cst->instant) == "2023-03-29T05:22:52Z");
  const Date china = trace::with_offset(*cst, 480);
  CHECK(format_rfc3339(china.instant) == "2023-03-28T15:22:52Z");
  CHECK(china.offset_minutes == 480);
  CHECK(china.zone_name == "CST");
  // Read as UTC while its zone was not known.
  const auto ist = parse_date("Tue, 28 Mar 2023 23:22:52 IST");
  REQUIRE(ist);
  CHECK(format_rfc3339(trace::with_offset(*ist, 330).instant) == "2023-03-28T17:52:52Z");
}
