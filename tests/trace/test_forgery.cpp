// Generated honest routes are not called forged, and each way of forging is told; the benchmark
// bench-forgery prints the whole table over more messages and more kinds.

#include <fmt/format.h>

#include <array>

#include "support/catch.hpp"
#include "support/forgery.hpp"
#include "support/honest_routes.hpp"
#include "support/whole_dns.hpp"

using namespace emltrace;
using trace::Level;

namespace {

constexpr int kMessagesAPair = 25;  // of each pair of a sender and a recipient
constexpr int kMessagesAWay = 40;   // of each way

constexpr std::array kSenders{"own server", "neglected server", "Gmail, web", "Amazon SES", "list"};
constexpr std::array kRecipients{"Gmail", "Microsoft 365", "Yahoo", "NetEase",
                                 "Postfix, amavis, Dovecot"};

}  // namespace

TEST_CASE("honest routes are never called forged, seldom suspicious, and their origin is found") {
  int total = 0, suspicious = 0, suspicious_offline = 0, origin_right = 0;
  for (const auto& sender : kSenders) {
    for (const auto& recipient : kRecipients) {
      test::RouteMaker maker(7);
      for (int i = 0; i < kMessagesAPair; ++i) {
        const test::Route route = test::honest(maker, sender, recipient);
        const trace::Report report = test::trace_route(route, true);
        const trace::Report offline = test::trace_route(route, false);
        CAPTURE(sender, recipient, i, route.text());
        CHECK(report.verdict.level != Level::forged);
        CHECK(offline.verdict.level != Level::forged);
        CHECK(test::client_right(report, route));
        ++total;
        suspicious += report.verdict.level == Level::suspicious;
        suspicious_offline += offline.verdict.level == Level::suspicious;
        origin_right += test::origin_right(report, route);
      }
    }
  }
  CAPTURE(total, suspicious, suspicious_offline, origin_right);
  CHECK(suspicious * 100 <= total);
  CHECK(suspicious_offline * 100 <= total);
  CHECK(origin_right * 100 >= 99 * total);
}

TEST_CASE("each way of forging is flagged, and what a forger wrote is never the origin") {
  for (const auto& forgery : test::forgeries()) {
    test::RouteMaker maker(7);
    int flagged = 0, origin_right = 0;
    for (int i = 0; i < kMessagesAWay; ++i) {
      const test::Route route = forgery.make(maker);
      const trace::Report report = test::trace_route(route, true);
      flagged += report.verdict.level >= Level::suspicious;
      origin_right += test::origin_right(report, route);
    }
    CAPTURE(forgery.name, flagged, origin_right);
    if (forgery.provable) CHECK(flagged * 100 >= 95 * kMessagesAWay);
    CHECK(origin_right == kMessagesAWay);
  }
}
