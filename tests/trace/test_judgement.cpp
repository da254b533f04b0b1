// What proves that a line below the border is false, and what only looks like it.

#include "support/catch.hpp"
#include "support/route_text.hpp"
#include "support/whole_dns.hpp"

using namespace emltrace;
using namespace emltrace::trace;
using test::find_finding;
using test::received;
using test::severity_of;
using test::standings_of;
using test::trace_message;

namespace {

const std::string kZone = R"($TTL 60
out.sender.example.        A    81.187.42.20
20.42.187.81.in-addr.arpa. PTR  out.sender.example.
bot.isp.example.           A    81.9.9.9
9.9.9.81.in-addr.arpa.     PTR  bot.isp.example.
mail.bank.example.         A    81.5.5.5
in.third.example.          A    81.6.6.6
)";

const std::string kEnd = "From: x@sender.example\nDate: Thu, 29 Oct 2026 09:41:10 +0200\n\nbody\n";
const std::string kPc = "pc (pc.access.example [81.187.42.99])";

// The border's line about a client.
std::string border(const std::string& client) {
  return received(client, "mx.corp.example", "ESMTP", "for <a@corp.example>");
}
const std::string kBot = "bot.isp.example (bot.isp.example [81.9.9.9])";

// A line in Google's name.
const std::string kGoogle =
    "Received: from mail-sor-f41.google.com (mail-sor-f41.google.com. [209.85.220.41])\n"
    "\tby mx.google.com with SMTPS id 38308e7fff4ca-37720fa1e32sor9218401fa.8.2026.10.29.00.41.11\n"
    "\tfor <z@gmail.com>; Thu, 29 Oct 2026 00:41:11 -0700 (PDT)\n";

std::string level(const Report& report) {
  return std::string(to_string(report.verdict.level));
}

Options at(const char* instant) {
  Options options = test::trace_options();
  options.now = *parse_instant(instant);
  return options;
}

struct Case {
  const char* rule;
  std::string text;
  const char* standing;  // of the oldest line
  std::string more_zone = "";
};
void check(const std::vector<Case>& cases, std::string_view code) {
  for (const Case& c : cases) {
    CAPTURE(c.rule);
    const Report report = trace_message(c.text + kEnd, kZone + c.more_zone);
    CHECK(to_string(report.hops.at(0).standing) == std::string_view(c.standing));
    const bool contradicted = report.hops.at(0).standing == Standing::contradicted;
    CHECK((find_finding(report, code) != nullptr) == contradicted);
    CHECK(report.hops.at(0).standing_proven == contradicted);
    CHECK((level(report) == "forged") == contradicted);
  }
}

}  // namespace

TEST_CASE("provider-imitation: a line in a large provider's name below a client that is not its") {
  const std::string microsoft =
      received(kPc, "VI1PR01MB0002.eurprd01.prod.exchangelabs.com (2603:10a6:800:2::9)",
               "Microsoft SMTP Server");
  check(
      {
          {"Google's", border(kBot) + kGoogle, "contradicted"},
          {"Microsoft's", border(kBot) + microsoft, "contradicted"},
          {"Yahoo's", border(kBot) + received(kPc, "sonic301.consmr.mail.ne1.yahoo.com"),
           "contradicted"},
          {"the recorded name is the provider's",
           border("x (mail-oi1-f186.google.com [81.9.9.9])") + kGoogle, "corroborated"},
          {"its name in HELO, nobody looked",
           border("mail-oi1-f186.google.com ([81.8.8.8])") + kGoogle, "unverified"},
          {"its name in HELO, the server saw another",
           border("mail-oi1-f186.google.com (bot.isp.example [81.8.8.8])") + kGoogle,
           "contradicted"},
          {"its name in HELO, DNS knows another",
           border("mail-oi1-f186.google.com ([81.9.9.9])") + kGoogle, "contradicted"},
          {"a client without an address", border("bot.isp.example") + kGoogle, "unverified"},
          {"a provider whose mail others hand on",
           border(kBot) + received(kPc, "in1-smtp.messagingengine.com"), "unverified"},
          {"a list", border(kBot) + kGoogle + "List-Id: <l.isp.example>\n", "unverified"},
          {"a forwarder's family",
           border("mail02.groups.io (mail02.groups.io [81.9.9.9])") + kGoogle, "unverified"},
          {"a filter's family", border("mx.mimecast.com (mx.mimecast.com [81.9.9.9])") + kGoogle,
           "unverified"},
          {"a sending service", border("o1.sendgrid.net (o1.sendgrid.net [81.9.9.9])") + kGoogle,
           "unverified"},
          {"the line was for a mailbox of the client's",
           border(kBot) + received(kPc, "mx.google.com", "ESMTPS", "for <z@isp.example>"),
           "unverified"},
          {"the line was for somebody else's",
           border(kBot) + received(kPc, "mx.google.com", "ESMTPS", "for <z@third.example>"),
           "contradicted"},
          {"the client forwards with an envelope of its own",
           "Return-Path: <SRS0=ab=cd=x.example=z@isp.example>\n" + border(kBot) + kGoogle,
           "unverified"},
          {"SRS1",
           "Return-Path: <SRS1=ab=y.example==ab=cd=x.example=z@isp.example>\n" + border(kBot) +
               kGoogle,
           "unverified"},
          {"an envelope of its own, not rewritten",
           "Return-Path: <z@isp.example>\n" + border(kBot) + kGoogle, "contradicted"},
          {"SRS of another",
           "Return-Path: <SRS0=ab=cd=x.example=z@third.example>\n" + border(kBot) + kGoogle,
           "contradicted"},
          {"SPF speaks for the client", "Return-Path: <z@isp.example>\n" + border(kBot) + kGoogle,
           "unverified", "isp.example. TXT \"v=spf1 ip4:81.9.9.9 -all\"\n"},
          {"below a line that nothing ties",
           border(kBot) + received(kPc, "in.third.example") + kGoogle, "unverified"},
      },
      "provider-imitation");
  const Report report = trace_message(border(kBot) + kGoogle + kEnd, kZone);
  CHECK(find_finding(report, "provider-imitation")->severity == Severity::high);
  CHECK(find_finding(report, "provider-imitation")->message ==
        "This line claims to be written by a host of Google, but the host that connected to hop 2 "
        "is 81.9.9.9, known as bot.isp.example: no host of Google.");
}

TEST_CASE("own-host-imitation: the border's own name below a stranger") {
  const std::string stranger = "x (unknown [81.9.9.8])";
  check(
      {
          {"the border's name", border(stranger) + received(kPc, "mx.corp.example"),
           "contradicted"},
          {"another host of its organization", border(stranger) + received(kPc, "in.corp.example"),
           "unverified"},
          {"a list", border(stranger) + received(kPc, "mx.corp.example") + "List-Id: <l.x>\n",
           "unverified"},
          {"the client is a forwarder",
           border("mail02.groups.io (mail02.groups.io [81.9.9.8])") +
               received(kPc, "mx.corp.example"),
           "unverified"},
          {"it was for a mailbox of the client's",
           border("x (x.third.example [81.9.9.8])") +
               received(kPc, "mx.corp.example", "ESMTP", "for <z@third.example>"),
           "unverified"},
          {"the writer's address is the client's",
           border(stranger) + received(kPc, "mx.corp.example (81.9.9.8)"), "corroborated"},
          {"a line further down",
           border("x (gw.third.example [81.9.9.8])") + received(kPc, "gw.third.example") +
               received(kPc, "mx.corp.example"),
           "unverified"},
          {"a bare name", received(stranger, "mail") + received(kPc, "mail"), "unverified"},
      },
      "own-host-imitation");
  const Report report =
      trace_message(border(stranger) + received(kPc, "mx.corp.example") + kEnd, kZone);
  CHECK(find_finding(report, "own-host-imitation")->severity == Severity::high);
  CHECK(report.verdict.level == Level::forged);
}

TEST_CASE("a HELO that DNS disproves: elsewhere, and another name recorded or confirmed") {
  const auto named = [](const char* client) {
    return border(client) + received(kPc, "mail.bank.example");
  };
  check(
      {
          {"elsewhere, another name recorded",
           named("mail.bank.example (dsl.access.example [81.8.8.8])"), "contradicted"},
          {"elsewhere, the recorded name of that firm",
           named("mail.bank.example (out.bank.example [81.8.8.8])"), "corroborated"},
          {"elsewhere, another name confirmed today",
           named("mail.bank.example (unknown [81.9.9.9])"), "contradicted"},
          {"elsewhere, no name", named("mail.bank.example (unknown [81.8.8.8])"), "unverified"},
          {"elsewhere, the recorded name too",
           named("mail.bank.example (in.third.example [81.8.8.8])"), "unverified"},
          {"near", named("mail.bank.example (dsl.access.example [81.5.5.77])"), "unverified"},
          {"confirmed", named("mail.bank.example (dsl.access.example [81.5.5.5])"), "corroborated"},
          {"not held by the zone",
           border("mail.gone.example (dsl.access.example [81.8.8.8])") +
               received(kPc, "mail.gone.example"),
           "unverified"},
          {"SPF speaks for the HELO", named("mail.bank.example (dsl.access.example [81.8.8.8])"),
           "unverified", "mail.bank.example. TXT \"v=spf1 ip4:81.8.8.8 -all\"\n"},
          {"a broken line below such a HELO",
           border("mail.bank.example (unknown [81.9.9.9])") + received(kPc, "in.third.example"),
           "contradicted"},
          {"a broken line below a true one",
           border("bot.isp.example (unknown [81.9.9.9])") + received(kPc, "in.third.example"),
           "unverified"},
      },
      "forged-tail");
}

TEST_CASE("a name that does not exist proves nothing, nor does a PTR of years later") {
  const std::string absent = border("mail.gone.example (dsl.access.example [81.8.8.8])") +
                             received(kPc, "mail.gone.example") + kEnd;
  CHECK(standings_of(test::trace_whole(absent, kZone)) == "border unverified");

  const std::string ptr =
      border("mail.bank.example (unknown [81.9.9.9])") + received(kPc, "mail.bank.example") + kEnd;
  CHECK(standings_of(trace_message(ptr, kZone)) == "border contradicted");
  CHECK(standings_of(trace_message(ptr, kZone, at("2026-11-27T00:00:00Z"))) ==
        "border contradicted");
  CHECK(standings_of(trace_message(ptr, kZone, at("2026-11-30T00:00:00Z"))) == "border unverified");
  // What the server recorded at the time does not age.
  const std::string recorded = border("mail.bank.example (dsl.access.example [81.8.8.8])") +
                               received(kPc, "mail.bank.example") + kEnd;
  CHECK(standings_of(trace_message(recorded, kZone, at("2029-11-01T00:00:00Z"))) ==
        "border contradicted");
  CHECK(standings_of(test::trace_offline(recorded)) == "border unverified");
}

TEST_CASE("age is that of the line's stamp, else of a newer one, else of the Date") {
  const auto without_stamp = [](const std::string& date) {
    return "Received: from mail.bank.example (unknown [81.9.9.9])\n\tby mx.corp.example with "
           "ESMTP id x9\n" +
           received(kPc, "mail.bank.example") + "From: x@sender.example\nDate: " + date +
           "\n\nbody\n";
  };
  CHECK(standings_of(trace_message(without_stamp("Thu, 29 Oct 2026 09:41:10 +0200"), kZone)) ==
        "border contradicted");
  CHECK(standings_of(trace_message(without_stamp("Tue, 29 Oct 2024 09:41:10 +0200"), kZone)) ==
        "border unverified");
  const std::string above = received("localhost ([127.0.0.1])", "mx.corp.example", "LMTP", "",
                                     "Tue, 29 Oct 2024 09:41:14 +0200");
  CHECK(standings_of(trace_message(above + without_stamp("Thu, 29 Oct 2026 09:41:10 +0200"),
                                   kZone)) == "own border unverified");
}

TEST_CASE("a line put between two that fit each other is contradicted, and all below discarded") {
  const auto chain = [](const char* between, const char* last) {
    return border("out.sender.example (out.sender.example [81.187.42.20])") +
           received("mail.bank.example (mail.bank.example [81.5.5.5])", between) +
           received(kPc, last) + received(kPc, "ws.sender.example") + kEnd;
  };
  const Report report = trace_message(chain("in.third.example", "out.sender.example"), kZone);
  CHECK(standings_of(report) == "border contradicted discarded discarded");
  CHECK(report.hops[2].standing_proven);
  CHECK(find_finding(report, "forged-tail")->hop == 3);
  CHECK(report.hops[1].standing_reason ==
        "below a contradicted line: whoever wrote that one could write this one too");
  CHECK(standings_of(trace_message(chain("in.third.example", "in.fourth.example"), kZone)) ==
        "border unverified unverified unverified");
  CHECK(standings_of(trace_message(chain("in.sender.example", "out.sender.example"), kZone))
            .substr(0, 19) == "border corroborated");
}

TEST_CASE("clocks: a younger id contradicts; it proves with a second ground alone") {
  const auto postfix = [](const char* host, const char* id, const char* stamp) {
    return std::string("Received: from pc (pc.access.example [81.187.42.99])\n\tby ") + host +
           " (Postfix) with ESMTPSA id " + id + ";\n\t" + stamp + "\n";
  };
  const std::string sender = border("out.sender.example (out.sender.example [81.187.42.20])");
  const auto judged = [&](const std::string& text) {
    const Report report = trace_message(text + kEnd, kZone);
    return standings_of(report) + (report.hops[0].standing_proven ? " proven" : "");
  };
  // Made on 2026-10-29 at 07:41:11 UTC, in the base 52 of Postfix.
  const char* id = "4jFbkv2rzWzB8sK";
  CHECK(judged(sender + postfix("out.sender.example", id, "Thu, 29 Oct 2026 09:41:11 +0200")) ==
        "border corroborated");
  // A day younger, and the line fits.
  const std::string fits =
      sender + postfix("out.sender.example", id, "Wed, 28 Oct 2026 09:41:11 +0200");
  CHECK(judged(fits) == "border contradicted");
  CHECK(level(trace_message(fits + kEnd, kZone)) == "suspicious");
  // A day younger, and nothing ties the line.
  const std::string open = border("x (unknown [81.9.9.8])") +
                           postfix("mail.bank.example", id, "Wed, 28 Oct 2026 09:41:11 +0200");
  CHECK(judged(open) == "border contradicted proven");
  CHECK(level(trace_message(open + kEnd, kZone)) == "forged");
  // The lines below go with it.
  CHECK(judged(fits + received(kPc, "in.sender.example")) == "border contradicted discarded");
  // Eight days older tells nothing; older by more than any queue it is a copy.
  const auto older = [&](const char* stamp) {
    return judged(sender + postfix("out.sender.example", id, stamp));
  };
  CHECK(older("Fri, 06 Nov 2026 09:41:11 +0200") == "border corroborated");
  CHECK(older("Thu, 12 Nov 2026 09:41:11 +0200") == "border corroborated");
  CHECK(older("Thu, 12 Nov 2026 09:41:12 +0200") == "border contradicted proven");
  const Report copied = trace_message(
      sender + postfix("out.sender.example", "4hbBNp2rzWzB8sK", "Thu, 29 Oct 2026 09:41:12 +0200") +
          kEnd,
      kZone);
  CHECK(copied.hops[0].standing_reason ==
        "its id was made for another message, long before its stamp");
  CHECK(severity_of(copied, "clock-token-mismatch") == "high");
}

TEST_CASE("an undocumented id contradicts no line, however young, but is told") {
  // The id of Momentum ends with a second, its hexadecimal digits backwards: 6AE2F897 is
  // 2026-10-29 07:41:11 UTC. Nobody published that.
  const auto traced = [](const char* stamp) {
    return trace_message(border("x (unknown [81.9.9.8])") +
                             "Received: from [81.187.42.99] ([81.187.42.99:49522] helo=a.example)\n"
                             "\tby in.third.example (envelope-from <a@example.org>)\n"
                             "\t(ecelerity 3.6.25.56547 r(Core:3.6.25.0)) with ESMTP\n"
                             "\tid 6C/B4-50009-798F2EA6;\n\t" +
                             std::string(stamp) + "\n" + kEnd,
                         kZone);
  };
  const Report young = traced("Wed, 28 Oct 2026 09:41:11 +0200");
  CHECK(standings_of(young) == "border unverified");
  CHECK(severity_of(young, "clock-token-mismatch") == "medium");
  CHECK_FALSE(find_finding(traced("Thu, 29 Oct 2026 09:41:12 +0200"), "clock-token-mismatch"));
}

TEST_CASE("a signature that nothing refutes leaves it open that a provider's line is true") {
  const auto signed_by = [](const std::string& domain) {
    return "DKIM-Signature: v=1; a=rsa-sha256; d=" + domain +
           "; s=k; h=from;\n\tbh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA\n";
  };
  const auto judged = [](const std::string& signature) {
    return standings_of(test::trace_offline(border(kBot) + kGoogle + signature + kEnd));
  };
  CHECK(judged("") == "border contradicted");
  CHECK(judged(signed_by("gmail.com")) == "border unverified");
  // The client may sign what it likes for itself.
  CHECK(judged(signed_by("isp.example")) == "border contradicted");
}

TEST_CASE("a broken link weighs by what else speaks") {
  const std::string known = received(kPc, "in.third.example");
  const std::string absent = received(kPc, "in.fourth.example");
  const auto weight = [](const std::string& lines, const std::string& zone = "") {
    return severity_of(
        trace_message("Return-Path: <x@third.example>\n" + border(kBot) + lines + kEnd,
                      kZone + zone),
        "link-broken");
  };
  CHECK(weight(known) == "medium");
  CHECK(weight(absent) == "low");
  CHECK(weight(absent + received(kPc, "in.fifth.example")) == "medium");
  CHECK(weight(known, "third.example. TXT \"v=spf1 ip4:81.9.9.9 -all\"\n") == "low");
  CHECK(weight(known + "List-Id: <l.isp.example>\n") == "info");
  CHECK(weight(received(kPc, "in.third.example", "ESMTP", "for <z@isp.example>")) == "info");
  CHECK(weight("Received: nothing to see here\n") == "medium");
  CHECK(weight(received(kPc, "out.isp.example")) == "");
}

TEST_CASE("a Message-ID made after the Date is told with both times, and proves nothing") {
  const Report report = trace_message(
      border(kBot) +
          "Message-ID: <20261030080000.9C2D11A0F3@bot.isp.example>\nFrom: x@sender.example\n"
          "Date: Thu, 29 Oct 2026 09:41:10 +0200\n\nbody\n",
      kZone);
  const Finding* finding = find_finding(report, "clock-token-mismatch");
  REQUIRE(finding);
  CHECK(finding->severity == Severity::low);
  CHECK(finding->evidence == Evidence{{"producer", "postfix-message-id"},
                                      {"token", "<20261030080000.9C2D11A0F3@bot.isp.example>"},
                                      {"token_time", "2026-10-30T08:00:00Z"},
                                      {"written", "Thu, 29 Oct 2026 09:41:10 +0200"}});
}
