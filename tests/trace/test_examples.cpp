// What must be concluded from each of the founding examples, held in samples/ with their zones.

#include <algorithm>

#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/trace.hpp"

using namespace emltrace;
using namespace emltrace::trace;
using test::find_finding;
using test::trace_sample;

namespace {

std::string ip_text(const std::optional<ip::Address>& address) {
  return address ? address->text() : "";
}

}  // namespace

TEST_CASE("a message as typed has no route, and a date of the wrong shape is still read") {
  const Report report = trace_sample("submitted");
  CHECK(report.verdict.route == RouteState::absent);
  CHECK(report.hops.empty());
  CHECK_FALSE(report.origin.ip);
  REQUIRE(report.headers.date);
  CHECK(format_rfc3339(report.headers.date->instant) == "1997-03-18T22:36:14Z");
  CHECK(find_finding(report, "date-syntax"));
  CHECK(find_finding(report, "address-incomplete"));
  CHECK(find_finding(report, "raw-8bit-header"));
  CHECK(report.headers.subject == "\xE6\x98\x8E\xE5\xA4\xA9\xE6\x94\xBE\xE5\x81\x87?");
}

TEST_CASE("one hop by the author's relay, which also gave the Message-ID with the Date in it") {
  const Report report = trace_sample("first-hop");
  REQUIRE(report.hops.size() == 1);
  const TracedHop& hop = report.hops[0];
  CHECK(hop.standing == Standing::border);
  CHECK(hop.received.from.helo == "lili.alpha.com.cn");
  CHECK(hop.received.from.rdns == "lili.alpha.com.cn");
  CHECK(hop.dns.helo_confirmed == true);
  CHECK(hop.dns.forward_confirmed == true);
  CHECK(ip_text(report.origin.ip) == "124.211.3.11");
  CHECK(report.origin.recorded_by == "mail.alpha.com.cn");
  CHECK(hop.delay_s == 3);
  CHECK(hop.delay_from_date);
  const Finding* id = find_finding(report, "message-id-by-relay");
  REQUIRE(id);
  CHECK(id->message.find("031897143614") != std::string::npos);
  CHECK_FALSE(find_finding(report, "helo-rdns-mismatch"));
}

TEST_CASE("two linked hops: the lower one is corroborated, sina.com is nowhere on the path") {
  const Report report = trace_sample("two-hops");
  REQUIRE(report.hops.size() == 2);
  CHECK(report.hops[1].standing == Standing::border);
  CHECK(report.hops[0].standing == Standing::corroborated);
  CHECK(report.hops[1].delay_s == 187);
  CHECK_FALSE(report.hops[1].delay_from_date);
  CHECK(ip_text(report.envelope.client_ip) == "124.211.3.78");
  CHECK(ip_text(report.origin.ip) == "124.211.3.11");
  CHECK(report.verdict.route == RouteState::consistent);
  CHECK(find_finding(report, "author-not-on-path"));
  const Finding* token = find_finding(report, "clock-token-mismatch");
  REQUIRE(token);
  CHECK(token->hop == 2);
  CHECK(report.verdict.level != Level::forged);
}

TEST_CASE("the same message as it was sent inside DATA has a body and one hop") {
  const Report report = trace_sample("data-payload");
  CHECK(report.hops.size() == 1);
  CHECK(report.headers.from.at(0).display == "R.T. Hood");
  CHECK(ip_text(report.origin.ip) == "124.211.3.11");
}

TEST_CASE(
    "a relay of neither side that named the message is likely open, and its client is the likely "
    "source") {
  const Report report = trace_sample("open-relay");
  REQUIRE(report.hops.size() == 2);
  CHECK(report.hops[1].delay_s == 202);
  const Finding* relay = find_finding(report, "open-relay");
  REQUIRE(relay);
  CHECK(relay->message.find("unwilling.intermedia.com") != std::string::npos);
  CHECK(relay->message.find("open relay") != std::string::npos);
  CHECK(ip_text(report.origin.ip) == "202.99.11.120");
  CHECK(report.origin.recorded_by == "unwilling.intermedia.com");
  CHECK(report.origin.confidence == "low");
  CHECK(report.origin.reason.find("98.134.11.32") != std::string::npos);
  CHECK(find_finding(report, "date-missing"));
  CHECK(find_finding(report, "zone-name-mismatch"));
  const Finding* token = find_finding(report, "clock-token-mismatch");
  REQUIRE(token);
  CHECK(token->hop == 1);
}

TEST_CASE("three identities differ and the client's address alone is evidence") {
  const Report report = trace_sample("three-identities");
  CHECK(report.envelope.mail_from == "forged-address@galangal.org");
  CHECK(report.envelope.rcpt_to == "tmh@zky.ac.cn");
  CHECK(report.envelope.helo == "galangal.org");
  CHECK(ip_text(report.origin.ip) == "202.99.11.120");
  CHECK(find_finding(report, "envelope-author-differs"));
  CHECK(find_finding(report, "for-not-recipient"));
  CHECK(find_finding(report, "stamp-missing"));
  const Finding* helo = find_finding(report, "helo-rdns-mismatch");
  REQUIRE(helo);
  CHECK(helo->severity == Severity::medium);
}

TEST_CASE("without recorded rDNS the zone shows that the HELO is false") {
  const Report report = trace_sample("no-rdns");
  REQUIRE(report.hops.size() == 1);
  REQUIRE(report.hops[0].dns.ptr);
  CHECK(report.hops[0].dns.ptr->at(0).text() == "linuxaid.com.cn");
  CHECK(report.hops[0].dns.helo_confirmed == false);
  CHECK(find_finding(report, "helo-rdns-mismatch"));
}

TEST_CASE("recorded rDNS shows the HELO mismatch from the text alone") {
  const Report report =
      test::trace_offline(test::read_file(test::source_dir() + "/samples/false-helo.eml"));
  CHECK(report.hops.at(0).received.from.rdns == "linuxaid.com.cn");
  CHECK(find_finding(report, "helo-rdns-mismatch"));
}

TEST_CASE("a junk tail under a false HELO is forged and discarded") {
  const Report report = trace_sample("junk-tail");
  REQUIRE(report.hops.size() == 3);
  CHECK(report.hops[2].standing == Standing::border);
  CHECK(report.hops[1].standing == Standing::contradicted);
  CHECK(report.hops[0].standing == Standing::discarded);
  CHECK(report.hops[0].received.unread == "No Information Here, Go Away!");
  CHECK(find_finding(report, "forged-tail"));
  CHECK(report.verdict.level == Level::forged);
  CHECK(ip_text(report.origin.ip) == "202.99.11.120");
  CHECK(report.origin.hop == 3);
}

TEST_CASE("a tail whose names all link is exposed by DNS alone") {
  const Report report = trace_sample("forged-tail");
  REQUIRE(report.hops.size() == 3);
  CHECK(report.hops[2].standing == Standing::border);
  CHECK(report.hops[1].standing == Standing::contradicted);
  CHECK(report.hops[0].standing == Standing::discarded);
  CHECK(report.verdict.level == Level::forged);
  CHECK(report.verdict.route == RouteState::contradicted);
  CHECK(ip_text(report.origin.ip) == "202.99.11.120");
  CHECK(report.origin.recorded_by == "mail.alpha.com.cn");
}

TEST_CASE("the plausible tail without DNS is unverified, not forged") {
  const Report report =
      test::trace_offline(test::read_file(test::source_dir() + "/samples/forged-tail.eml"));
  CHECK(report.verdict.level != Level::forged);
  CHECK(report.hops.at(1).standing == Standing::unverified);
}

TEST_CASE("an author domain that aligns with nothing fails DMARC under its own policy") {
  const Report report = trace_sample("unaligned-author");
  CHECK(report.verdict.route == RouteState::absent);
  CHECK(report.envelope.mail_from == "xxx@fake.com");
  CHECK(report.spf.empty());
  REQUIRE(report.dkim.size() == 1);
  CHECK(report.dkim[0].result == auth::Result::permerror);
  CHECK(report.dkim[0].problem == dkim::Problem::syntax);
  CHECK(report.dmarc.result == auth::Result::fail);
  CHECK(report.dmarc.policy == "reject");
  CHECK(report.dmarc.record_domain == "a.com");
  CHECK(report.verdict.author == AuthorState::contradicted);
  CHECK(find_finding(report, "message-id-domain"));
  REQUIRE(report.clocks.size() == 1);
  CHECK(format_rfc3339(report.clocks[0].clock.time) == "2022-03-22T06:37:58Z");
  CHECK(report.clocks[0].agrees == true);
}

TEST_CASE("a forwarded message fails SPF, keeps its signature and passes DMARC") {
  const Report report = trace_sample("forwarded");
  CHECK(ip_text(report.envelope.client_ip) == "220.181.12.117");
  REQUIRE(!report.spf.empty());
  CHECK(report.spf[0].result == auth::Result::fail);
  REQUIRE(report.dkim.size() == 1);
  CHECK(report.dkim[0].result == auth::Result::pass);
  CHECK(report.dmarc.result == auth::Result::pass);
  CHECK(report.dmarc.dkim_aligned == true);
  CHECK(report.dmarc.spf_aligned == false);
  const Finding* forwarded = find_finding(report, "spf-broken-by-forwarding");
  REQUIRE(forwarded);
  CHECK(forwarded->message.find("forwarded") != std::string::npos);
  CHECK_FALSE(find_finding(report, "spf-fail"));
  CHECK(report.verdict.author == AuthorState::authenticated);
  CHECK(report.verdict.level <= Level::notice);
}

TEST_CASE("an authentic message passes everything and is clean") {
  const Report report = trace_sample("authentic");
  CHECK(report.verdict.level == Level::clean);
  CHECK(report.verdict.route == RouteState::consistent);
  CHECK(report.verdict.author == AuthorState::authenticated);
  REQUIRE(report.dkim.size() == 2);
  CHECK(report.dkim[0].result == auth::Result::pass);
  CHECK(report.dkim[1].result == auth::Result::pass);
  CHECK(report.dkim[1].algorithm == "ed25519-sha256");
  CHECK(report.spf.at(0).result == auth::Result::pass);
  CHECK(report.dmarc.result == auth::Result::pass);
  CHECK(ip_text(report.envelope.client_ip) == "81.187.42.20");
  CHECK(ip_text(report.origin.ip) == "81.187.77.9");
  CHECK(report.origin.confidence == "medium");
  for (const auto& entry : report.recorded) {
    CHECK(entry.trusted);
    CHECK(entry.agrees == true);
  }
}

TEST_CASE("a Microsoft 365 route ends at the host that connected from outside") {
  const Report report = trace_sample("microsoft-365");
  REQUIRE(report.hops.size() == 5);
  CHECK(report.hops[1].standing == Standing::border);
  CHECK(report.hops[2].standing == Standing::own);
  CHECK(report.hops[4].standing == Standing::own);
  CHECK(ip_text(report.envelope.client_ip) == "139.162.140.18");
  CHECK(report.spf.at(0).result == auth::Result::pass);
  CHECK(report.verdict.level == Level::clean);
}

TEST_CASE("a Gmail route ends at the outbound host of the sender's Gmail") {
  const Report report = trace_sample("gmail");
  REQUIRE(report.hops.size() == 2);
  CHECK(report.hops[0].standing == Standing::border);
  CHECK(report.hops[1].standing == Standing::own);
  CHECK(ip_text(report.envelope.client_ip) == "209.85.220.41");
  CHECK(report.dmarc.result == auth::Result::pass);
  CHECK(report.verdict.level == Level::clean);
}

TEST_CASE("offline an honest message is not blamed for what could not be checked") {
  const std::string text = test::read_file(test::source_dir() + "/samples/authentic.eml");
  const Report report = test::trace_offline(text);
  CHECK(report.verdict.level == Level::clean);
  // The recipient's own server recorded dmarc=pass.
  CHECK(report.verdict.author == AuthorState::authenticated);
  CHECK(report.verdict.basis == Basis::recorded);
  CHECK(report.verdict.unchecked == std::vector<std::string>{"spf", "dkim", "dmarc", "dns"});
  CHECK_FALSE(find_finding(report, "recorded-disagrees"));
  CHECK_FALSE(find_finding(report, "dns-failed"));
}

TEST_CASE("a header without its body neither agrees nor disagrees with what was recorded") {
  const std::string base = test::source_dir() + "/samples/authentic";
  const std::string text = test::read_file(base + ".eml");
  const Report report =
      test::trace_message(text.substr(0, text.find("\n\n") + 1), test::read_file(base + ".zone"));
  REQUIRE(report.dkim.size() == 2);
  CHECK(report.dkim[0].result == auth::Result::neutral);
  CHECK(report.dkim[0].problem == dkim::Problem::body_absent);
  CHECK(report.dkim[0].signature == dkim::Check::match);
  CHECK_FALSE(find_finding(report, "recorded-disagrees"));
}

TEST_CASE(
    "an SPF fail beside a verifying signature is no forwarding where no line shows a forwarder") {
  trace::Options options = test::trace_options();
  options.client_ip = ip::Address::parse("203.0.113.9");
  const Report report = trace_sample("authentic", options);
  CHECK(find_finding(report, "spf-fail"));
  CHECK_FALSE(find_finding(report, "spf-broken-by-forwarding"));
}

TEST_CASE("a key that is gone is told with both results, and blames nobody") {
  const std::string base = test::source_dir() + "/samples/authentic";
  std::string zone = test::read_file(base + ".zone");
  for (const char* selector : {"r2026._domainkey", "e2026._domainkey"}) {
    const auto at = zone.find(selector);
    zone.erase(at, zone.find('\n', at) - at);
  }
  const Report report = test::trace_message(test::read_file(base + ".eml"), zone);
  CHECK(report.dkim.at(0).result == auth::Result::permerror);
  CHECK(report.dkim.at(0).problem == dkim::Problem::no_key);
  CHECK_FALSE(find_finding(report, "recorded-disagrees"));
  const auto& entry =
      *std::find_if(report.recorded.begin(), report.recorded.end(),
                    [](const RecordedComparison& e) { return e.recorded.method.method == "dkim"; });
  CHECK_FALSE(entry.agrees);
  CHECK(entry.reason.find("rotated") != std::string::npos);
  CHECK(report.verdict.author == AuthorState::authenticated);  // SPF passes and is aligned
}

TEST_CASE("a host that a stranger's line names is an origin of low confidence") {
  const std::string text =
      "Received: from mail.evil.example (mail.evil.example [81.7.7.7])\n"
      "\tby mx.corp.example (Postfix) with ESMTP id 4hbBNp2rzWzB8sK;\n"
      "\tThu, 03 Sep 2026 09:41:14 +0200\n"
      "Received: from pay.example (pay.example [81.5.5.5]) by mail.evil.example with ESMTP id x9;\n"
      "\tThu, 03 Sep 2026 09:41:11 +0200\nFrom: a@pay.example\n\nx\n";
  const Report report = test::trace_message(text,
                                            "mail.evil.example. 60 A 81.7.7.7\n"
                                            "7.7.7.81.in-addr.arpa. 60 PTR mail.evil.example.\n");
  CHECK(report.origin.confidence == "low");
  CHECK(report.origin.reason.find("81.7.7.7") != std::string::npos);
}

TEST_CASE("what a list does as lists do is told and weighs nothing") {
  const auto post = [](const std::string& list_id) {
    return "Return-Path: <bounce@list.example>\n"
           "Received: from out.list.example (out.list.example [81.2.69.10])\n"
           "\tby mx.corp.example (Postfix) with ESMTPS id 9C2D11A0F3\n"
           "\tfor <a@corp.example>; Thu, 29 Oct 2026 09:41:14 +0200\n" +
           list_id +
           "From: Ann <ann@sender.example>\nTo: talk@list.example\n"
           "Date: Thu, 29 Oct 2026 09:41:10 +0200\nMessage-ID: <1@other.example>\n\nx\n";
  };
  for (const char* code :
       {"envelope-author-differs", "for-not-recipient", "author-not-on-path", "message-id-domain"}) {
    CAPTURE(code);
    const Report list = test::trace_offline(post("List-Id: Talk <talk.list.example>\n"));
    const Report none = test::trace_offline(post(""));
    REQUIRE(find_finding(list, code));
    CHECK(find_finding(list, code)->severity == Severity::info);
    REQUIRE(find_finding(none, code));
  }
  CHECK(find_finding(test::trace_offline(post("")), "envelope-author-differs")->severity ==
        Severity::low);
}
