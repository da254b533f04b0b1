// Where the recipient's own lines end, and why.

#include "support/catch.hpp"
#include "support/trace.hpp"

using namespace emltrace;
using namespace emltrace::trace;
using test::trace_message;

namespace {

std::string client(const Report& report) {
  return report.envelope.client_ip ? report.envelope.client_ip->text() : "";
}

std::string standings(const Report& report) {
  std::string text;
  for (auto hop = report.hops.rbegin(); hop != report.hops.rend(); ++hop) {
    text += (text.empty() ? "" : " ") + std::string(to_string(hop->standing));
  }
  return text;
}

constexpr std::string_view kRelayed =
    "Received: from relay.corp.example (relay.corp.example [81.2.69.10])\n"
    "\tby store.corp.example (Postfix) with ESMTP id 4hbBNr0dQ1zC1pD\n"
    "\tfor <a@corp.example>; Thu, 03 Sep 2026 09:41:16 +0200 (CEST)\n"
    "Received: from out.sender.example (out.sender.example [81.187.42.20])\n"
    "\tby relay.corp.example (Postfix) with ESMTPS id 4hbBNp2rzWzB8sK\n"
    "\tfor <a@corp.example>; Thu, 03 Sep 2026 09:41:14 +0200 (CEST)\n"
    "From: x@sender.example\nDate: Thu, 03 Sep 2026 09:41:10 +0200\n\nbody\n";

}  // namespace

TEST_CASE("an internal relay with a public address is not the client of SPF") {
  const Report report = trace_message(kRelayed, "");
  CHECK(standings(report) == "own border");
  CHECK(client(report) == "81.187.42.20");
}

TEST_CASE("--border names the hop whose client came from outside") {
  Options options = test::trace_options();
  options.border = 2;
  const Report report = trace_message(kRelayed, "", options);
  CHECK(standings(report).substr(0, 6) == "border");
  CHECK(client(report) == "81.2.69.10");
}

TEST_CASE("--trust makes a relay of another name the recipient's own") {
  const std::string text =
      "Received: from filter.cloud.example (filter.cloud.example [81.2.69.10])\n"
      "\tby store.corp.example with ESMTP id A; Thu, 03 Sep 2026 09:41:16 +0200\n"
      "Received: from out.sender.example (out.sender.example [81.187.42.20])\n"
      "\tby filter.cloud.example with ESMTPS id B; Thu, 03 Sep 2026 09:41:14 +0200\n\n";
  CHECK(client(trace_message(text, "")) == "81.2.69.10");
  for (const char* rule :
       {"filter.cloud.example", ".cloud.example", "81.2.69.0/24", "81.2.69.10"}) {
    CAPTURE(rule);
    Options options = test::trace_options();
    options.trust.push_back(*TrustRule::parse(rule));
    const Report report = trace_message(text, "", options);
    CHECK(standings(report) == "own border");
    CHECK(client(report) == "81.187.42.20");
  }
}

TEST_CASE("a trust rule of a suffix holds every name below it and not the name itself") {
  const auto rule = TrustRule::parse(".corp.example");
  REQUIRE(rule);
  CHECK(rule->matches(*DomainName::parse("a.b.corp.example")));
  CHECK_FALSE(rule->matches(*DomainName::parse("corp.example")));
  CHECK_FALSE(rule->matches(*DomainName::parse("notcorp.example")));
  CHECK_FALSE(TrustRule::parse("not a host"));
}

TEST_CASE("the MX of the envelope recipient's domain is the recipient's own") {
  const std::string text =
      "Received: from mx7.filter.example (mx7.filter.example [81.2.69.10])\n"
      "\tby store.corp.example with ESMTP id A for <a@corp.example>;\n"
      "\tThu, 03 Sep 2026 09:41:16 +0200\n"
      "Received: from out.sender.example (out.sender.example [81.187.42.20])\n"
      "\tby mx7.filter.example with ESMTPS id B for <a@corp.example>;\n"
      "\tThu, 03 Sep 2026 09:41:14 +0200\n\n";
  const Report report = trace_message(text, "corp.example. 60 MX 10 mx.filter.example.\n");
  CHECK(standings(report) == "own border");
  CHECK(client(report) == "81.187.42.20");
}

TEST_CASE("a content filter on loopback does not end the own lines") {
  CHECK(client(test::trace_sample("authentic")) == "81.187.42.20");
}

TEST_CASE("between two tenants of Microsoft 365 the border is at the outbound host") {
  const std::string text =
      "Received: from AM9PR04MB8825.eurprd04.prod.outlook.com (2603:10a6:20b:408::7)\n"
      " by DB9PR04MB9284.eurprd04.prod.outlook.com with HTTPS; Tue, 17 Feb 2026 13:05:44 +0000\n"
      "Received: from EUR05-VI1-obe.outbound.protection.outlook.com (40.107.21.77) by\n"
      " DB5PEPF00014B8A.mail.protection.outlook.com (10.167.8.198) with Microsoft SMTP\n"
      " Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384) id 15.20.8251.10 via\n"
      " Frontend Transport; Tue, 17 Feb 2026 13:05:41 +0000\n"
      "Received: from PA4PR01MB0001.eurprd01.prod.exchangelabs.com (2603:10a6:102:1::5) by\n"
      " VI1PR01MB0002.eurprd01.prod.exchangelabs.com (2603:10a6:800:2::9) with Microsoft SMTP\n"
      " Server id 15.20.8251.7; Tue, 17 Feb 2026 13:05:40 +0000\n\n";
  const std::string zone =
      "77.21.107.40.in-addr.arpa. 60 PTR mail-vi1eur05on2077.outbound.protection.outlook.com.\n"
      "mail-vi1eur05on2077.outbound.protection.outlook.com. 60 A 40.107.21.77\n";
  const Report report = trace_message(text, zone);
  CHECK(report.hops.at(1).standing == Standing::border);
  CHECK(client(report) == "40.107.21.77");
}

TEST_CASE("mail pulled from a mailbox keeps the mailbox provider's lines as own") {
  const std::string text =
      "Received: from imap.provider.example (imap.provider.example [81.2.69.20])\n"
      "\tby home.box.example with IMAP (fetchmail-6.4.37)\n"
      "\tfor <me@localhost> (single-drop); Thu, 03 Sep 2026 10:00:00 +0200 (CEST)\n"
      "Received: from out.sender.example (out.sender.example [81.187.42.20])\n"
      "\tby mx.provider.example (Postfix) with ESMTPS id 4hbBNp2rzWzB8sK\n"
      "\tfor <me@provider.example>; Thu, 03 Sep 2026 09:41:14 +0200 (CEST)\n\n";
  const Report report = trace_message(text, "");
  CHECK(standings(report) == "own border");
  CHECK(client(report) == "81.187.42.20");
}

TEST_CASE(
    "an authenticated submission at the recipient's own server is the origin, and SPF is not "
    "asked") {
  const std::string text =
      "Received: from [192.168.7.31] (dsl.access.example [81.187.77.9])\n"
      "\t(Authenticated sender: ada) by mail.corp.example (Postfix) with ESMTPSA id "
      "4hbBNm0qj8z2ytp\n"
      "\tfor <b@corp.example>; Thu, 03 Sep 2026 07:41:12 +0000 (UTC)\nFrom: ada@corp.example\n\n";
  const Report report = trace_message(text, "corp.example. 60 TXT \"v=spf1 -all\"\n");
  CHECK(standings(report) == "border");
  CHECK(report.spf.empty());
  REQUIRE(report.origin.ip);
  CHECK(report.origin.ip->text() == "81.187.77.9");
  CHECK(report.origin.confidence == "high");
}

TEST_CASE("a HELO of the recipient's own name does not make the client own") {
  const std::string text =
      "Received: from mx.corp.example (unknown [81.187.42.66])\n"
      "\tby mx.corp.example (Postfix) with SMTP id 4hbBNp2rzWzB8sK\n"
      "\tfor <a@corp.example>; Thu, 03 Sep 2026 09:41:14 +0200 (CEST)\n"
      "Received: from bank.example (bank.example [81.2.1.1]) by mx.corp.example with ESMTP id X;\n"
      "\tThu, 03 Sep 2026 09:41:13 +0200\n\n";
  const Report report = trace_message(text, "mx.corp.example. 60 A 81.2.69.3\n");
  CHECK(report.hops.at(1).standing == Standing::border);
  CHECK(client(report) == "81.187.42.66");
  CHECK(test::find_finding(report, "helo-is-own-name"));
}

TEST_CASE(
    "a reverse name of the recipient's own that leads elsewhere does not make the client own") {
  const std::string zone =
      "relay.corp.example. 60 A 81.2.69.10\n"
      "66.42.187.81.in-addr.arpa. 60 PTR relay.corp.example.\n";
  const std::string text =
      "Received: from relay.corp.example (relay.corp.example [81.187.42.66])\n"
      "\tby store.corp.example with ESMTP id A; Thu, 03 Sep 2026 09:41:16 +0200\n"
      "Received: from bank.example (bank.example [81.5.5.5])\n"
      "\tby relay.corp.example with ESMTP id B; Thu, 03 Sep 2026 09:41:14 +0200\n\n";
  const Report report = trace_message(text, zone);
  CHECK(report.hops.at(1).standing == Standing::border);
  CHECK(client(report) == "81.187.42.66");
}

TEST_CASE("facts given on the command line go before the trace and are named") {
  Options options = test::trace_options();
  options.client_ip = ip::Address::parse("81.2.69.77");
  options.helo = "given.example";
  options.mail_from = "a@given.example";
  const Report report =
      trace_message(kRelayed, "given.example. 60 TXT \"v=spf1 ip4:81.2.69.77 -all\"\n", options);
  CHECK(client(report) == "81.2.69.77");
  CHECK(report.envelope.overridden == std::vector<std::string>{"client_ip", "helo", "mail_from"});
  CHECK(report.spf.at(0).result == auth::Result::pass);
}

TEST_CASE(
    "expiry is judged when the border hop received the message, and by --now where it is given") {
  Report report = trace_message(kRelayed, "");
  CHECK(report.clock.source == "border");
  CHECK(format_rfc3339(report.clock.at) == "2026-09-03T07:41:14Z");
  Options options = test::trace_options();
  options.now_given = true;
  report = trace_message(kRelayed, "", options);
  CHECK(report.clock.source == "given");
  CHECK(format_rfc3339(report.clock.at) == "2026-11-01T00:00:00Z");
}
