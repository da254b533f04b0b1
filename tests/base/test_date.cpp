#include <string>

#include "base/date.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

std::string read(std::string_view text) {
  const auto date = parse_date(text);
  return date ? format_rfc3339(date->instant) : "null";
}

std::string defects_of(std::string_view text) {
  const auto date = parse_date(text);
  if (!date) return "null";
  const DateDefects& d = date->defects;
  std::string out;
  if (d.syntax) out += "syntax ";
  if (d.obsolete) out += "obsolete ";
  if (d.weekday_wrong) out += "weekday ";
  if (d.zone_missing) out += "no-zone ";
  if (d.zone_impossible) out += "impossible ";
  if (d.zone_name_mismatch) out += "name ";
  if (d.season_mismatch) out += "season ";
  if (!out.empty()) out.pop_back();
  return out;
}

struct Case {
  const char* text;
  const char* instant;
  const char* defects;
};

void check(const Case& one) {
  CAPTURE(one.text);
  CHECK(read(one.text) == one.instant);
  CHECK(defects_of(one.text) == one.defects);
}

}  // namespace

TEST_CASE("the date-time of RFC 5322 is read without a defect") {
  for (const Case& one : {
           Case{"Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T15:55:06Z", ""},
           Case{"Tue, 1 Jul 2003 10:52:37 +0200", "2003-07-01T08:52:37Z", ""},
           Case{"1 Jul 2003 10:52 +0200", "2003-07-01T08:52:00Z", ""},
           Case{"Thu, 13 Feb 1969 23:32:54 -0330", "1969-02-14T03:02:54Z", ""},
           Case{"Tue, 18 Mar 1997 14:39:24 -0800 (PST)", "1997-03-18T22:39:24Z", ""},
           Case{"Mon,  5 Jan 2026\r\n 00:00:00 +1400", "2026-01-04T10:00:00Z", ""},
           Case{"Sat, 31 Dec 2016 23:59:60 +0000", "2017-01-01T00:00:00Z", ""},
           Case{"Thu, 29 Feb 2024 12:00:00 -0000", "2024-02-29T12:00:00Z", ""},
       })
    check(one);
}

TEST_CASE("the obsolete forms of RFC 5322 4.3 are read") {
  for (const Case& one : {
           Case{"21 Nov 97 09:55:06 GMT", "1997-11-21T09:55:06Z", "obsolete"},
           Case{"Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T15:55:06Z",
                "obsolete"},
           Case{"Tue, 18 Mar 49 00:00:00 +0000", "2049-03-18T00:00:00Z", "obsolete weekday"},
           Case{"18 Mar 50 00:00:00 +0000", "1950-03-18T00:00:00Z", "obsolete"},
           Case{"18 Mar 103 00:00:00 +0000", "2003-03-18T00:00:00Z", "obsolete"},
           Case{"18 Jan 1997 14:36:14 EST", "1997-01-18T19:36:14Z", "obsolete"},
           Case{"18 Jul 1997 14:36:14 EDT", "1997-07-18T18:36:14Z", "obsolete"},
           Case{"18 Jul 1997 14:36:14 UT", "1997-07-18T14:36:14Z", "obsolete"},
           Case{"18 Jul 1997 14:36:14 K", "1997-07-18T14:36:14Z", "obsolete"},
           Case{"(a (b) \\) c) Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T15:55:06Z",
                "obsolete"},
       })
    check(one);
  CHECK_FALSE(parse_date("18 Jul 1997 14:36:14 K")->offset_minutes);
  CHECK_FALSE(parse_date("18 Jul 1997 14:36:14 -0000")->offset_minutes);
  CHECK(parse_date("18 Jul 1997 14:36:14 +0000")->offset_minutes == 0);
  CHECK(parse_date("18 Jan 1997 14:36:14 -0330")->offset_minutes == -210);
}

TEST_CASE("wrong shapes seen in mail are read and marked") {
  for (const Case& one : {
           Case{"Tue, Mar 18 1997 14:36:14 PST", "1997-03-18T22:36:14Z", "syntax obsolete"},
           Case{"Tue, Mar 18 1997 14:36:17 -0800 (PST)", "1997-03-18T22:36:17Z", "syntax"},
           Case{"Wed, Jul 30 1997 16:39:50 -0800 (PST)", "1997-07-31T00:39:50Z", "syntax season"},
           Case{"Wed, Jul 30 1997 19:36:28 -0500 (EST)", "1997-07-31T00:36:28Z", "syntax season"},
           Case{"Tue Mar 18 14:36:14 1997", "1997-03-18T14:36:14Z", "syntax no-zone"},
           Case{"Tue Mar 18 14:36:14 PST 1997", "1997-03-18T22:36:14Z", "syntax obsolete"},
           Case{"Tue Mar 18 14:36:14 +0100 1997", "1997-03-18T13:36:14Z", "syntax"},
           Case{"Tuesday, 18-Mar-97 14:36:14 GMT", "1997-03-18T14:36:14Z", "syntax obsolete"},
           Case{"2024-01-02 03:04:05.123456789 +0000 UTC m=+123.4", "2024-01-02T03:04:05Z",
                "syntax"},
           Case{"2024-01-02 03:04:05.123 +0000 UTC", "2024-01-02T03:04:05Z", "syntax"},
           Case{"2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z", "syntax"},
           Case{"2024-01-02T03:04:05.9+08:00", "2024-01-01T19:04:05Z", "syntax"},
           Case{"20240102T030405Z", "2024-01-02T03:04:05Z", "syntax"},
           Case{"18.03.1997 14:36:14 +0000", "1997-03-18T14:36:14Z", "syntax"},
           Case{"03/18/1997 02:36:14 PM +0000", "1997-03-18T14:36:14Z", "syntax"},
           Case{"Tue, 18 Mar 1997 12:06 AM +0000", "1997-03-18T00:06:00Z", "syntax"},
           Case{"Tue, 18 Mar 1997 14:36:14 GMT+0800", "1997-03-18T06:36:14Z", "syntax"},
           Case{"Tue, 18 Mar 1997 14:36:14 UTC", "1997-03-18T14:36:14Z", "syntax obsolete"},
           Case{"Tue, 18 Mar 1997 14:36:14 +00:00", "1997-03-18T14:36:14Z", "syntax"},
           Case{"Tue, 18 Mar 1997 14:36:14 +08", "1997-03-18T06:36:14Z", "syntax"},
           Case{"Tue, 18 Mar 1997 14:36:14 CEST", "1997-03-18T12:36:14Z", "syntax obsolete"},
           Case{"Tue, 18 March 1997 14:36:14 +0000", "1997-03-18T14:36:14Z", "syntax"},
           Case{"Tue, 18 Mar 1997 9:36:14 +0000", "1997-03-18T09:36:14Z", "syntax"},
           Case{"Tue, 18 Mar 1997 14:36:14 +0000 and more", "1997-03-18T14:36:14Z", "syntax"},
           Case{"Tue, 18 Mar 1997 14:36:14", "1997-03-18T14:36:14Z", "no-zone"},
           Case{"Tue, 18 Mar 1997 14:36:14 (PST)", "1997-03-18T14:36:14Z", "no-zone"},
       })
    check(one);
}

TEST_CASE("a date that cannot be told is null") {
  for (const char* text :
       {"", "...", "Tue", "Tue, 18 Mar 1997", "18 Mar 14:36:14 +0000", "32 Mar 1997 14:36:14 +0000",
        "30 Feb 1997 14:36:14 +0000", "18 Mar 1997 25:36:14 +0000", "18 Mar 1997 14:60:14 +0000",
        "18 Mar 1997 14:36:61 +0000", "18 Foo 1997 14:36:14 +0000", "03/04/1997 14:36:14 +0000",
        "18 Mar 99999999999 14:36:14 +0000", "18 Mar 7 14:36:14 +0000",
        "1997-03-257 14:36:14 +0000", "((((", "\\", "No Information Here, Go Away!"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text));
  }
}

TEST_CASE("weekday, zone and zone name are judged") {
  for (const Case& one : {
           Case{"Mon, 18 Mar 1997 14:36:14 +0000", "1997-03-18T14:36:14Z", "weekday"},
           Case{"Tue, 18 Mar 1997 14:36:14 +1500", "1997-03-17T23:36:14Z", "impossible"},
           Case{"Tue, 18 Mar 1997 14:36:14 -0875", "1997-03-18T23:51:14Z", "impossible"},
           Case{"Tue, 18 Mar 1997 14:36:14 +0800 (PST)", "1997-03-18T06:36:14Z", "name"},
           Case{"Tue, 18 Mar 1997 14:36:14 -0700 (PST)", "1997-03-18T21:36:14Z", "name"},
           Case{"Tue, 18 Mar 1997 14:36:14 +0100 (GMT)", "1997-03-18T13:36:14Z", "name"},
           Case{"Tue, 18 Mar 1997 14:36:14 +0800 (CST)", "1997-03-18T06:36:14Z", ""},
           Case{"Wed, 30 Jul 1997 14:36:14 +0800 (CST)", "1997-07-30T06:36:14Z", ""},
           Case{"Wed, 30 Jul 1997 14:36:14 -0500 (CST)", "1997-07-30T19:36:14Z", ""},
           Case{"Tue, 18 Mar 1997 14:36:14 +0100 (IST)", "1997-03-18T13:36:14Z", ""},
           Case{"Tue, 18 Mar 1997 14:36:14 +0800 (GMT+08:00)", "1997-03-18T06:36:14Z", ""},
           Case{"Wed, 30 Jul 1997 14:36:14 -0700 (PDT)", "1997-07-30T21:36:14Z", ""},
           Case{"Wed, 30 Jul 1997 14:36:14 -0600 (CST)", "1997-07-30T20:36:14Z", "season"},
           Case{"Wed, 30 Jul 1997 14:36:14 -0700 (MST)", "1997-07-30T21:36:14Z", ""},
           Case{"Wed, 30 Jul 1997 14:36:14 -0800", "1997-07-30T22:36:14Z", ""},
           Case{"Sat, 18 Jan 1997 14:36:14 -0700 (PDT)", "1997-01-18T21:36:14Z", "season"},
       })
    check(one);
}

TEST_CASE("zone names are kept as written") {
  CHECK(parse_date("Tue, 18 Mar 1997 14:39:24 -0800 (PST)")->zone_name == "PST");
  CHECK(parse_date("Tue, 18 Mar 1997 14:39:24 gmt")->zone_name == "gmt");
  CHECK(parse_date("Tue, 18 Mar 1997 14:39:24 +0800 (China Standard Time)")->zone_name ==
        "China Standard Time");
  CHECK(parse_date("Tue, 18 Mar 1997 14:39:24 +0800")->zone_name.empty());
  CHECK(parse_date("Tue, 18 Mar 1997 14:39:24 XYZT")->zone_name == "XYZT");
  CHECK_FALSE(parse_date("Tue, 18 Mar 1997 14:39:24 XYZT")->offset_minutes);
}

TEST_CASE("deep comments and long junk in a date cost no more than their length") {
  const std::string deep(1'000'000, '(');
  CHECK_FALSE(parse_date(deep));
  CHECK(read("Tue, 18 Mar 1997 14:39:24 -0800 " + deep) == "1997-03-18T22:39:24Z");
  const std::string junk(1'000'000, ',');
  CHECK_FALSE(parse_date(junk));
  CHECK(defects_of("Tue, 18 Mar 1997 14:39:24 -0800 " + junk) == "syntax");
}

TEST_CASE("a zone in words is the offset that Windows means by it") {
  for (const Case& one : {
           Case{"Fri, 10 Jul 2026 03:00:08 Pacific Daylight Time", "2026-07-10T10:00:08Z",
                "syntax"},
           Case{"Tue, 10 Mar 2026 10:00:08 W. Europe Standard Time", "2026-03-10T09:00:08Z",
                "syntax"},
           Case{"Tue, 10 Mar 2026 10:00:08 E. South America Standard Time", "2026-03-10T13:00:08Z",
                "syntax"},
           Case{"Tue, 10 Mar 2026 18:00:08 China Standard Time", "2026-03-10T10:00:08Z", "syntax"},
           Case{"Tue, 30 Jun 2026 10:00:08 GMT Daylight Time", "2026-06-30T09:00:08Z", "syntax"},
           Case{"Tue, 10 Mar 2026 10:00:08 Coordinated Universal Time", "2026-03-10T10:00:08Z",
                "syntax"},
       })
    check(one);
  const auto date = parse_date("Fri, 10 Jul 2026 03:00:08 Pacific Daylight Time");
  REQUIRE(date);
  CHECK(date->offset_minutes == -420);
  CHECK(date->zone_name == "Pacific Daylight Time");
}

TEST_CASE("a zone in words that leaves the offset open tells none") {
  for (const char* text :
       {"Tue, 10 Mar 2026 10:00:08 Eastern Time", "Tue, 10 Mar 2026 10:00:08 Russian Standard Time",
        "Tue, 10 Mar 2026 10:00:08 Tea Time"}) {
    CAPTURE(text);
    const auto date = parse_date(text);
    REQUIRE(date);
    CHECK_FALSE(date->offset_minutes);
    CHECK(format_rfc3339(date->instant) == "2026-03-10T10:00:08Z");
  }
}

TEST_CASE("of two offsets the first counts, and a second that differs is told") {
  for (const Case& one : {
           Case{"Tue, 10 Mar 2026 10:00:08 -0700 -0700", "2026-03-10T17:00:08Z", "syntax"},
           Case{"Tue, 10 Mar 2026 10:00:08 +0000 +0000", "2026-03-10T10:00:08Z", "syntax"},
           Case{"Tue, 10 Mar 2026 10:00:08 +0800 +0000", "2026-03-10T02:00:08Z", "syntax name"},
           Case{"Tue, 10 Mar 2026 10:00:08 -0800 -0800 (PST)", "2026-03-10T18:00:08Z", "syntax"},
       })
    check(one);
  CHECK(parse_date("Tue, 10 Mar 2026 10:00:08 +0800 +0000")->zone_name == "+0000");
  CHECK(parse_date("Tue, 10 Mar 2026 10:00:08 -0800 -0800 (PST)")->zone_name == "PST");
}
