// Generated honest routes are not called forged, and each way of forging is told; the benchmark
// bench-forgery prints the whole table over more messages.

#include <fmt/format.h>

#include "support/catch.hpp"
#include "support/forgery.hpp"
#include "support/trace.hpp"

using namespace emltrace;
using trace::Level;

namespace {

constexpr int kMessages = 25;

}  // namespace

TEST_CASE("honest routes are never called forged, seldom suspicious, and their origin is found") {
  int total = 0, suspicious = 0, suspicious_offline = 0, origin_right = 0;
  for (const auto& sender : test::kSenders) {
    for (const auto& recipient : test::kRecipients) {
      test::RouteMaker maker(7);
      for (int i = 0; i < kMessages; ++i) {
        const test::Route route = maker.honest(sender, recipient);
        const trace::Report report = test::trace_message(route.text(), route.zone);
        const trace::Report offline = test::trace_offline(route.text());
        CAPTURE(sender, recipient, i, route.text());
        CHECK(report.verdict.level != Level::forged);
        CHECK(offline.verdict.level != Level::forged);
        ++total;
        suspicious += report.verdict.level == Level::suspicious;
        suspicious_offline += offline.verdict.level == Level::suspicious;
        origin_right += report.origin.ip && report.origin.ip->text() == route.origin_ip;
      }
    }
  }
  CAPTURE(total, suspicious, suspicious_offline, origin_right);
  CHECK(suspicious * 100 <= 2 * total);
  CHECK(suspicious_offline * 100 <= 2 * total);
  CHECK(origin_right * 100 >= 98 * total);
}

TEST_CASE(
    "a forged route of every kind is flagged in at least 85 of 100, and never names the forger's "
    "lines as its origin") {
  for (const auto& forgery : test::forgeries()) {
    test::RouteMaker maker(7);
    int flagged = 0;
    int origin_right = 0;
    for (int i = 0; i < kMessages; ++i) {
      const test::Route route = forgery.make(maker);
      const trace::Report report = test::trace_message(route.text(), route.zone);
      flagged += report.verdict.level >= Level::suspicious;
      origin_right += report.origin.ip && report.origin.ip->text() == route.origin_ip;
    }
    CAPTURE(forgery.name, flagged, origin_right);
    CHECK(flagged * 100 >= 85 * kMessages);
    CHECK(origin_right * 100 >= 97 * kMessages);
  }
}

TEST_CASE("there are at least twelve ways of forging, each tried") {
  CHECK(test::forgeries().size() >= 12);
}
