#include <algorithm>
#include <string>

#include "support/catch.hpp"
#include "trace/clock/stamps.hpp"
#include "trace/route/time_findings.hpp"

using namespace emltrace;
using namespace emltrace::trace;

namespace {

struct Line {
  const char* by;
  const char* stamp;
  Standing standing = Standing::unverified;
};

struct Chain {
  std::vector<Hop> hops;
  std::vector<Judgement> judgements;
};

Chain chain(const std::vector<Line>& lines) {
  Chain out;
  std::vector<Hop>& hops = out.hops;
  for (const Line& line : lines) {
    Hop hop;
    hop.number = static_cast<int>(hops.size()) + 1;
    hop.line = 10 - hops.size();
    if (*line.by != '\0') hop.received.by.host = line.by;
    hop.received.stamp = parse_date(line.stamp);
    hop.received.stamp_raw = line.stamp;
    hops.push_back(std::move(hop));
    out.judgements.push_back({line.standing, {}});
  }
  return out;
}

Headers dated(const char* date) {
  Headers headers;
  headers.date = parse_date(date);
  headers.date_raw = date;
  return headers;
}

std::vector<Finding> tell(const std::vector<Line>& lines, const Headers& headers, Instant now) {
  const Chain all = chain(lines);
  return time_findings(all.hops, all.judgements, headers, now);
}

const Instant kNow = *parse_instant("2026-05-02T00:00:00Z");

// `code:severity@hop` in order of code.
std::string codes(const std::vector<Line>& lines, const Headers& headers = {}) {
  std::vector<std::string> all;
  for (const Finding& finding : tell(lines, headers, kNow)) {
    all.push_back(std::string(finding.code.text()) + ":" +
                  std::string(to_string(finding.severity)) +
                  (finding.hop ? "@" + std::to_string(*finding.hop) : ""));
  }
  std::sort(all.begin(), all.end());
  std::string out;
  for (const std::string& one : all) out += (out.empty() ? "" : " ") + one;
  return out;
}

}  // namespace

TEST_CASE("a delay is counted from the next older stamp and is never clamped") {
  const auto waited = delays(chain({{"a", "Fri, 1 May 2026 12:00:00 +0000"},
                                    {"b", "..."},
                                    {"c", "Fri, 1 May 2026 14:00:05 +0200"},
                                    {"d", "Fri, 1 May 2026 11:00:05 +0000"}})
                                 .hops);
  CHECK_FALSE(waited[0]);
  CHECK_FALSE(waited[1]);
  CHECK(waited[2] == 5);
  CHECK(waited[3] == -3600);
}

TEST_CASE("a route in order tells nothing") {
  CHECK(codes({{"a", "Fri, 1 May 2026 12:00:00 +0000"},
               {"b", "Fri, 1 May 2026 12:00:10 +0000"},
               {"c", "Fri, 1 May 2026 12:59:00 +0000"}}) == "");
  CHECK(codes({}) == "");
}

TEST_CASE("a small negative delay is within what clocks differ by") {
  CHECK(codes({{"a", "Fri, 1 May 2026 12:00:00 +0000"}, {"b", "Fri, 1 May 2026 11:58:00 +0000"}}) ==
        "");
}

TEST_CASE("one constant clock error explains a negative delay") {
  CHECK(codes({{"a", "Fri, 1 May 2026 12:00:00 +0000"},
               {"b", "Fri, 1 May 2026 11:40:00 +0000"},
               {"c", "Fri, 1 May 2026 12:00:10 +0000"}}) == "clock-skew:info@2");
}

TEST_CASE("a host's clock cannot be wrong in two ways at once") {
  // b is 30 min behind a at first; later b itself runs backwards.
  CHECK(codes({{"b", "Fri, 1 May 2026 12:00:00 +0000"}, {"b", "Fri, 1 May 2026 11:30:00 +0000"}}) ==
        "time-reversed:medium@2");
  // Errors of 40 min each way would be needed for one clock: b after a, and b before a.
  CHECK(codes({{"a", "Fri, 1 May 2026 12:00:00 +0000"},
               {"b", "Fri, 1 May 2026 11:20:00 +0000"},
               {"a", "Fri, 1 May 2026 11:10:00 +0000"}}) ==
        "clock-skew:info@3 time-reversed:medium@2");
}

TEST_CASE("a zone set wrong by whole hours is told apart from a false stamp") {
  CHECK(codes({{"a", "Fri, 1 May 2026 12:00:00 +0000"},
               {"b", "Fri, 1 May 2026 04:00:05 +0000"},
               {"c", "Fri, 1 May 2026 12:00:10 +0000"}}) == "clock-skew:low@2 time-gap:info@3");
  CHECK(codes({{"a", "Fri, 1 May 2026 12:00:00 +0000"},
               {"b", "Fri, 1 May 2026 04:25:00 +0000"},
               {"c", "Fri, 1 May 2026 12:00:10 +0000"}}) ==
        "time-gap:info@3 time-reversed:medium@2");
}

TEST_CASE("hosts without a name share no clock") {
  CHECK(codes({{"", "Fri, 1 May 2026 12:00:00 +0000"}, {"", "Fri, 1 May 2026 11:40:00 +0000"}}) ==
        "clock-skew:info@2");
}

TEST_CASE("a wait within the days of a queue's retries is innocent, beyond all queues it is not") {
  CHECK(codes({{"a", "Fri, 1 May 2026 10:00:00 +0000"}, {"b", "Fri, 1 May 2026 12:00:00 +0000"}}) ==
        "time-gap:info@2");
  CHECK(codes({{"a", "Sun, 26 Apr 2026 13:00:00 +0000"},
               {"b", "Fri, 1 May 2026 12:00:00 +0000", Standing::border}}) == "time-gap:info@2");
  CHECK(codes({{"a", "Sat, 25 Apr 2026 10:00:00 +0000"},
               {"b", "Fri, 1 May 2026 12:00:00 +0000", Standing::border}}) == "time-gap:low@2");
  CHECK(codes({{"a", "Wed, 1 Apr 2026 10:00:00 +0000"},
               {"b", "Fri, 1 May 2026 12:00:00 +0000", Standing::border}}) == "time-gap:medium@2");
}

TEST_CASE("a wait inside one system is a moderator's, however long") {
  CHECK(codes({{"in.a.example", "Wed, 1 Apr 2026 10:00:00 +0000"},
               {"out.a.example", "Fri, 1 May 2026 12:00:00 +0000"}}) == "time-gap:info@2");
  CHECK(codes({{"in.a.example", "Wed, 1 Apr 2026 10:00:00 +0000"},
               {"out.b.example", "Fri, 1 May 2026 12:00:00 +0000"}}) == "time-gap:medium@2");
  CHECK(codes({{"a", "Wed, 1 Apr 2026 10:00:00 +0000", Standing::border},
               {"b", "Fri, 1 May 2026 12:00:00 +0000", Standing::own}}) == "time-gap:low@2");
}

TEST_CASE("the Date field is compared with the first receipt that can be believed") {
  const std::vector<Line> route = {{"a", "Fri, 1 May 2026 12:00:00 +0000"},
                                   {"b", "Fri, 1 May 2026 12:00:10 +0000", Standing::border}};
  CHECK(codes(route, dated("Fri, 1 May 2026 11:59:00 +0000")) == "");
  CHECK(codes(route, dated("Fri, 1 May 2026 12:09:00 +0000")) == "");
  CHECK(codes(route, dated("Fri, 1 May 2026 13:09:00 +0000")) == "date-after-receipt:low");
  CHECK(codes(route, dated("Mon, 27 Apr 2026 12:00:00 +0000")) == "date-far:low");
  CHECK(codes({}, dated("Fri, 8 May 2026 12:00:00 +0000")) == "date-far:low");
  CHECK(codes({{"a", "Fri, 24 Apr 2026 12:00:00 +0000", Standing::discarded},
               {"b", "Fri, 1 May 2026 12:00:10 +0000", Standing::border}},
              dated("Fri, 24 Apr 2026 12:00:00 +0000")) == "date-far:low time-gap:low@2");
}

TEST_CASE("a stamp after the time of the check is told once") {
  CHECK(codes({{"a", "Sat, 2 May 2026 02:00:00 +0000"}, {"b", "Sat, 2 May 2026 02:00:01 +0000"}}) ==
        "clock-skew:low@2");
}

TEST_CASE("the shape of each stamp is told at its hop") {
  CHECK(codes({{"a", "Tue, Mar 18 1997 14:36:17 -0800 (PST)"}}) == "date-syntax:info@1");
  CHECK(codes({{"a", "Wed, Jul 30 1997 16:39:50 -0800 (PST)"}}) ==
        "date-syntax:info@1 zone-name-mismatch:info@1");
  CHECK(codes({{"a", "Mon, 18 Mar 1997 14:36:17 -0800"}}) == "weekday-wrong:medium@1");
  CHECK(codes({{"a", "Mon, 18 Mar 1997 14:36:17 -0800", Standing::own}}) == "weekday-wrong:low@1");
  CHECK(codes({{"a", "Tue, 18 Mar 1997 14:36:17 -1800"}}) == "zone-impossible:medium@1");
  CHECK(codes({{"a", "Tue, 18 Mar 1997 14:36:17 +0800 (PST)"}}) == "zone-name-mismatch:low@1");
  CHECK(codes({{"a", "..."}}) == "stamp-missing:low@1");
  CHECK(codes({{"a", "2024-01-02 03:04:05.123456789 +0000 UTC m=+123.4"}}) == "date-syntax:info@1");
}

TEST_CASE("findings cite the line of the hop and the bytes of the stamp") {
  const auto findings = tell({{"a", "Mon, 18 Mar 1997 14:36:17 -0800"}}, {}, kNow);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].line == 10);
  REQUIRE(findings[0].evidence.size() == 1);
  CHECK(findings[0].evidence[0].second == "Mon, 18 Mar 1997 14:36:17 -0800");
}

TEST_CASE("a very long chain is judged in bounded time") {
  std::vector<Line> lines;
  for (int i = 0; i < 2'000; ++i)
    lines.push_back({i % 2 == 0 ? "a" : "b", i % 2 == 0 ? "Fri, 1 May 2026 12:00:00 +0000"
                                                        : "Fri, 1 May 2026 11:00:00 +0000"});
  CHECK(tell(lines, {}, kNow).size() <= 2'000);
}

TEST_CASE("each bound of time is a bound: a second more is told") {
  // An hour of delay, five days of retries, fourteen days of any queue.
  CHECK(codes({{"a", "Fri, 1 May 2026 11:00:00 +0000"}, {"b", "Fri, 1 May 2026 12:00:00 +0000"}}) ==
        "");
  CHECK(codes({{"a", "Fri, 1 May 2026 11:00:00 +0000"}, {"b", "Fri, 1 May 2026 12:00:01 +0000"}}) ==
        "time-gap:info@2");
  CHECK(codes({{"a", "Sun, 26 Apr 2026 12:00:00 +0000"},
               {"b", "Fri, 1 May 2026 12:00:00 +0000"}}) == "time-gap:info@2");
  CHECK(codes({{"a", "Sun, 26 Apr 2026 12:00:00 +0000"},
               {"b", "Fri, 1 May 2026 12:00:01 +0000"}}) == "time-gap:low@2");
  CHECK(codes({{"a", "Fri, 17 Apr 2026 12:00:00 +0000"},
               {"b", "Fri, 1 May 2026 12:00:00 +0000"}}) == "time-gap:low@2");
  CHECK(codes({{"a", "Fri, 17 Apr 2026 12:00:00 +0000"},
               {"b", "Fri, 1 May 2026 12:00:01 +0000"}}) == "time-gap:medium@2");
  // Ten minutes ahead, three days behind, a day in the future.
  const std::vector<Line> one = {{"b", "Fri, 1 May 2026 12:00:00 +0000", Standing::border}};
  CHECK(codes(one, dated("Fri, 1 May 2026 12:10:00 +0000")) == "");
  CHECK(codes(one, dated("Fri, 1 May 2026 12:10:01 +0000")) == "date-after-receipt:low");
  CHECK(codes(one, dated("Tue, 28 Apr 2026 12:00:00 +0000")) == "");
  CHECK(codes(one, dated("Tue, 28 Apr 2026 11:59:59 +0000")) == "date-far:low");
  CHECK(codes({}, dated("Sun, 3 May 2026 00:00:00 +0000")) == "");
  CHECK(codes({}, dated("Sun, 3 May 2026 00:00:01 +0000")) == "date-far:low");
}

TEST_CASE("only a false weekday or zone weighs more in a stranger's stamp") {
  CHECK(codes({{"a", "Tue, Mar 18 1997 14:36:17 -0800 (PST)", Standing::unverified}}) ==
        "date-syntax:info@1");
  CHECK(codes({{"a", "Tue, 18 Mar 1997 14:36:17 -1800", Standing::border}}) ==
        "zone-impossible:low@1");
  // The day is that of the same instant in another whole zone: a clumsy clock.
  CHECK(codes({{"a", "Tue, 18 Mar 1997 23:36:17 +0800 (CST)"}}) == "");
  CHECK(codes({{"a", "Wed, 18 Mar 1997 23:36:17 +0800 (CST)"}}) == "weekday-wrong:info@1");
}

TEST_CASE("a moment after the check is borne, an hour is not") {
  CHECK(codes({{"a", "Sat, 2 May 2026 00:05:00 +0000"}}) == "");
  CHECK(codes({{"a", "Sat, 2 May 2026 01:00:00 +0000"}}) == "");
  CHECK(codes({{"a", "Sat, 2 May 2026 01:00:01 +0000"}}) == "clock-skew:low@1");
  // Of several the newest is named.
  CHECK(codes({{"a", "Sat, 2 May 2026 02:00:00 +0000"}, {"b", "Sat, 2 May 2026 02:00:01 +0000"}}) ==
        "clock-skew:low@2");
}

TEST_CASE("how far a clock and a zone may be off: each bound to the second") {
  const auto behind = [](const char* stamp, const char* host = "b") {
    return codes({{"a", "Fri, 1 May 2026 12:00:00 +0000"}, {host, stamp}});
  };
  // Two minutes are nothing; two clocks may be off by an hour each; one cannot run backwards.
  CHECK(behind("Fri, 1 May 2026 11:58:00 +0000") == "");
  CHECK(behind("Fri, 1 May 2026 11:57:59 +0000") == "clock-skew:info@2");
  CHECK(behind("Fri, 1 May 2026 09:58:00 +0000") == "clock-skew:info@2");
  CHECK(behind("Fri, 1 May 2026 09:57:59 +0000") == "time-reversed:medium@2");
  CHECK(behind("Fri, 1 May 2026 11:58:00 +0000", "a") == "");
  CHECK(behind("Fri, 1 May 2026 11:57:59 +0000", "a") == "time-reversed:medium@2");
  // Whole hours, two minutes about them at the end of the road, up to 26.
  CHECK(behind("Fri, 1 May 2026 08:02:00 +0000") == "clock-skew:low@2");
  CHECK(behind("Fri, 1 May 2026 08:02:01 +0000") == "time-reversed:medium@2");
  CHECK(behind("Fri, 1 May 2026 07:58:00 +0000") == "clock-skew:low@2");
  CHECK(behind("Fri, 1 May 2026 07:57:59 +0000") == "time-reversed:medium@2");
  CHECK(behind("Thu, 30 Apr 2026 10:00:00 +0000") == "clock-skew:low@2");
  CHECK(behind("Thu, 30 Apr 2026 09:00:00 +0000") == "time-reversed:medium@2");
  // In the middle a quarter of an hour.
  const auto between = [](const char* stamp) {
    return codes({{"a", "Fri, 1 May 2026 12:00:00 +0000"},
                  {"b", stamp},
                  {"c", "Fri, 1 May 2026 12:15:10 +0000"}});
  };
  CHECK(between("Fri, 1 May 2026 04:15:00 +0000") == "clock-skew:low@2 time-gap:info@3");
  CHECK(between("Fri, 1 May 2026 04:15:01 +0000") == "time-gap:info@3 time-reversed:medium@2");
}

TEST_CASE("beyond a hundred stamps the oldest are judged pair by pair") {
  const auto last_pair = [](int count) {
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) names.push_back("h" + std::to_string(i));
    std::vector<Line> lines;
    for (const std::string& name : names)
      lines.push_back({name.c_str(), lines.empty() ? "Fri, 1 May 2026 13:30:00 +0000"
                                                   : "Fri, 1 May 2026 12:00:00 +0000"});
    return codes(lines);
  };
  CHECK(last_pair(100) == "clock-skew:info@2");
  CHECK(last_pair(101) == "time-reversed:medium@2");
}
