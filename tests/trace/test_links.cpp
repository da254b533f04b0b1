// What below the border can be believed, and what proves that it cannot.

#include "support/catch.hpp"
#include "support/trace.hpp"
#include "support/whole_dns.hpp"

using namespace emltrace;
using namespace emltrace::trace;
using test::find_finding;
using test::trace_message;

namespace {

// The recipient's border line; the client's HELO, recorded name and address are put in.
std::string border(const std::string& helo, const std::string& rdns, const std::string& ip) {
  return "Received: from " + helo + " (" + rdns + " [" + ip +
         "])\n\tby mx.corp.example (Postfix) with ESMTP id 9C2D11A0F3\n"
         "\tfor <a@corp.example>; Thu, 29 Oct 2026 09:41:14 +0200 (CEST)\n";
}

std::string line(const std::string& from, const std::string& by, const std::string& id = "x9") {
  return "Received: from " + from + "\n\tby " + by + " with ESMTP id " + id +
         "; Thu, 29 Oct 2026 09:41:11 +0200\n";
}

const std::string kEnd = "From: x@sender.example\nDate: Thu, 29 Oct 2026 09:41:10 +0200\n\nbody\n";

const std::string kZone = R"($TTL 60
out.sender.example.        A    81.187.42.20
20.42.187.81.in-addr.arpa. PTR  out.sender.example.
in.sender.example.         A    81.187.42.21
bot.isp.example.           A    81.9.9.9
9.9.9.81.in-addr.arpa.     PTR  bot.isp.example.
mail.bank.example.         A    81.5.5.5
5.5.5.81.in-addr.arpa.     PTR  mail.bank.example.
gw.isp.example.            A    81.7.7.7
7.7.7.81.in-addr.arpa.     PTR  gw.isp.example.
)";

}  // namespace

TEST_CASE("a line by the host that connected to the border is corroborated") {
  const Report report = trace_message(
      border("out.sender.example", "out.sender.example", "81.187.42.20") +
          line("pc.sender.example (pc.sender.example [81.187.42.99])", "out.sender.example") + kEnd,
      kZone);
  CHECK(report.hops.at(0).standing == Standing::corroborated);
  CHECK(report.verdict.route == RouteState::consistent);
}

TEST_CASE("one broken link alone is low where SPF shows that the gateway sends for the author") {
  // A gateway that adds no line of its own stands between the two.
  const std::string text =
      "Return-Path: <x@sender.example>\n" + border("gw.isp.example", "gw.isp.example", "81.7.7.7") +
      line("pc.sender.example (pc.sender.example [81.187.42.99])", "in.sender.example") + kEnd;
  const Report report =
      trace_message(text, kZone + "sender.example. TXT \"v=spf1 ip4:81.7.7.7 -all\"\n");
  CHECK(report.hops.at(0).standing == Standing::unverified);
  const Finding* link = find_finding(report, "link-broken");
  REQUIRE(link);
  CHECK(link->severity == Severity::low);
  CHECK(report.verdict.level == Level::notice);
  REQUIRE(report.origin.ip);
  CHECK(report.origin.ip->text() == "81.7.7.7");
  REQUIRE(report.origin.claimed_ip);
  CHECK(report.origin.claimed_ip->text() == "81.187.42.99");

  const Report bare = trace_message(text, kZone);
  REQUIRE(find_finding(bare, "link-broken"));
  CHECK(find_finding(bare, "link-broken")->severity == Severity::medium);
  CHECK(bare.verdict.level == Level::suspicious);
}

TEST_CASE("a broken link beside a HELO that DNS disproves is a forged tail") {
  const Report report = trace_message(
      border("mail.bank.example", "unknown", "81.9.9.9") +
          line("pc.sender.example (pc.sender.example [81.187.42.99])", "in.sender.example") + kEnd,
      kZone);
  CHECK(report.hops.at(0).standing == Standing::contradicted);
  CHECK(find_finding(report, "forged-tail"));
  CHECK(report.verdict.level == Level::forged);
}

TEST_CASE("a HELO that SPF covers is no lie, though its address is another") {
  const Report report = trace_message(
      border("mail.bank.example", "unknown", "81.9.9.9") +
          line("pc.bank.example (pc.bank.example [81.187.42.99])", "mail.bank.example") + kEnd,
      kZone + "mail.bank.example. TXT \"v=spf1 ip4:81.9.9.9 -all\"\n");
  CHECK(report.hops.at(0).standing != Standing::contradicted);
  CHECK(report.verdict.level != Level::forged);
}

TEST_CASE(
    "a line that names a provider's host under another host's connection imitates the provider") {
  const Report report = trace_message(
      border("bot.isp.example", "bot.isp.example", "81.9.9.9") +
          "Received: from mail-sor-f41.google.com (mail-sor-f41.google.com. [209.85.220.41])\n"
          "\tby mx.google.com with SMTPS id "
          "38308e7fff4ca-37720fa1e32sor9218401fa.8.2026.09.03.00.41.11\n"
          "\tfor <z@gmail.com>; Thu, 29 Oct 2026 00:41:11 -0700 (PDT)\n" +
          kEnd,
      kZone);
  CHECK(report.hops.at(0).standing == Standing::contradicted);
  CHECK(find_finding(report, "provider-imitation"));
  REQUIRE(report.origin.ip);
  CHECK(report.origin.ip->text() == "81.9.9.9");
}

TEST_CASE("a line put between two that fit each other is exposed") {
  const Report report = trace_message(
      border("out.sender.example", "out.sender.example", "81.187.42.20") +
          line("mail.bank.example (mail.bank.example [81.5.5.5])", "gw.isp.example", "y1") +
          line("pc.sender.example (pc.sender.example [81.187.42.99])", "out.sender.example", "y2") +
          kEnd,
      kZone);
  CHECK(report.hops.at(1).standing == Standing::contradicted);
  CHECK(report.hops.at(0).standing == Standing::discarded);
}

TEST_CASE("a line below an unverified one is unverified, however well it fits") {
  const Report report = trace_message(
      border("gw.isp.example", "gw.isp.example", "81.7.7.7") +
          line("out.sender.example (out.sender.example [81.187.42.20])", "in.sender.example",
               "y1") +
          line("pc.sender.example (pc.sender.example [81.187.42.99])", "out.sender.example", "y2") +
          kEnd,
      kZone);
  CHECK(report.hops.at(1).standing == Standing::unverified);
  CHECK(report.hops.at(0).standing == Standing::unverified);
}

TEST_CASE("an internal name without a counterpart in DNS breaks no link") {
  const Report report =
      trace_message(border("out.sender.example", "out.sender.example", "81.187.42.20") +
                        line("PC17 ([10.1.2.3])", "EXCH01.ad.sender.local") + kEnd,
                    kZone);
  CHECK(report.hops.at(0).standing == Standing::unverified);
  CHECK_FALSE(find_finding(report, "link-broken"));
}

TEST_CASE("a hand-over on the sender's loopback keeps the chain together") {
  const Report report = trace_message(
      border("out.sender.example", "out.sender.example", "81.187.42.20") +
          line("localhost (localhost [127.0.0.1])", "out.sender.example", "y1") +
          line("pc.sender.example (pc.sender.example [81.187.42.99])", "out.sender.example", "y2") +
          kEnd,
      kZone);
  CHECK(report.hops.at(0).standing == Standing::corroborated);
  REQUIRE(report.origin.ip);
  CHECK(report.origin.ip->text() == "81.187.42.99");
}

TEST_CASE("the same queue id at hosts of two organizations is told") {
  const Report report =
      trace_message(border("out.sender.example", "out.sender.example", "81.187.42.20") +
                        line("pc.sender.example (pc.sender.example [81.187.42.99])",
                             "out.sender.example", "9C2D11A0F3") +
                        kEnd,
                    kZone);
  CHECK(find_finding(report, "id-reused"));
}

TEST_CASE("a writer whose domain does not exist is told, a missing host name alone is not") {
  const std::string top = border("gw.isp.example", "gw.isp.example", "81.7.7.7");
  const Report none =
      test::trace_whole(top +
                            line("pc.sender.example (pc.sender.example [81.187.42.99])",
                                 "mx.nowhere-at-all.example") +
                            kEnd,
                        kZone);
  const Finding* finding = find_finding(none, "by-unresolvable");
  REQUIRE(finding);
  CHECK(finding->severity == Severity::medium);
  const Report host = test::trace_whole(
      top + line("pc.sender.example (pc.sender.example [81.187.42.99])", "exch07.sender.example") +
          kEnd,
      kZone);
  finding = find_finding(host, "by-unresolvable");
  REQUIRE(finding);
  CHECK(finding->severity == Severity::info);
}
TEST_CASE(
    "a writer's domain that is gone says nothing of an old message, nor of what a file lacks") {
  const std::string top = border("gw.isp.example", "gw.isp.example", "81.7.7.7");
  const std::string text =
      top +
      line("pc.sender.example (pc.sender.example [81.187.42.99])", "mx.nowhere-at-all.example") +
      kEnd;
  Options years_later = test::trace_options();
  years_later.now = *parse_instant("2029-11-01T00:00:00Z");
  const Finding* later = nullptr;
  const Report old = test::trace_whole(text, kZone, years_later);
  later = find_finding(old, "by-unresolvable");
  REQUIRE(later);
  CHECK(later->severity == Severity::info);
  CHECK_FALSE(find_finding(trace_message(text, "other.test. 60 A 192.0.2.1\n"), "by-unresolvable"));
  const Report inner = test::trace_whole(
      top + line("pc.sender.example (pc.sender.example [81.187.42.99])", "mx.nowhere.prv") + kEnd,
      kZone);
  CHECK_FALSE(find_finding(inner, "by-unresolvable"));
}
