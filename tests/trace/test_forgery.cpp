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

TEST_CASE(
    "an honest route of every kind is neither forged nor suspicious, and its origin is found") {
  for (const auto& sender : test::kSenders) {
    for (const auto& recipient : test::kRecipients) {
      test::RouteMaker maker(7);
      for (int i = 0; i < kMessages; ++i) {
        const test::Route route = maker.honest(sender, recipient);
        const trace::Report report = test::trace_message(route.text(), route.zone);
        CAPTURE(sender, recipient, i, route.text());
        CHECK(report.verdict.level < Level::suspicious);
        REQUIRE(report.origin.ip);
        CHECK(report.origin.ip->text() == route.origin_ip);
        CHECK(test::trace_offline(route.text()).verdict.level < Level::suspicious);
      }
    }
  }
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
