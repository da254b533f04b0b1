// Where the message came from, on whose word, and what the sender only claims.

#include "support/catch.hpp"
#include "support/route_text.hpp"
#include "support/whole_dns.hpp"

using namespace emltrace;
using namespace emltrace::trace;
using test::received;
using test::trace_message;

namespace {

const std::string kEnd = "From: x@sender.example\nDate: Thu, 29 Oct 2026 09:41:10 +0200\n\nbody\n";
const std::string kSender = "out.sender.example (out.sender.example [81.187.42.20])";
const std::string kZone =
    "$TTL 60\n"
    "out.sender.example.        A    81.187.42.20\n"
    "20.42.187.81.in-addr.arpa. PTR  out.sender.example.\n"
    "in.third.example.          A    81.6.6.6\n";

std::string border(const std::string& client) {
  return received(client, "mx.corp.example");
}

// `81.187.42.20 hop 1 high`.
std::string origin_of(const Report& report) {
  const Origin& origin = report.origin;
  return (origin.ip ? origin.ip->text() : "-") + " hop " +
         (origin.hop ? std::to_string(*origin.hop) : "-") + " " + origin.confidence;
}

std::string claim_of(const Report& report) {
  const Origin& origin = report.origin;
  if (!origin.claimed_ip) return "-";
  return origin.claimed_ip->text() + " line " +
         (origin.claimed_line ? std::to_string(*origin.claimed_line) : "-") + " " +
         (origin.claimed_hop ? "hop " + std::to_string(*origin.claimed_hop)
                             : origin.claimed_by.value_or("-"));
}

bool reason_has(const Report& report, std::string_view words) {
  CAPTURE(report.origin.reason);
  return report.origin.reason.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("the origin's reason says what is so of the older lines") {
  struct Case {
    const char* rule;
    std::string text;
    const char* origin;
    const char* reason;
  };
  const std::vector<Case> cases = {
      {"no older line", border(kSender), "81.187.42.20 hop 1 high", "and no older line exists"},
      {"an open one", border(kSender) + received("pc ([81.8.8.8])", "in.third.example"),
       "81.187.42.20 hop 2 medium", "older lines exist that nothing supports or contradicts"},
      {"a refuted one",
       border("x (unknown [81.9.9.8])") + received("pc ([81.8.8.8])", "mx.corp.example"),
       "81.9.9.8 hop 2 high", "all older lines are contradicted"},
      {"one that fits and names an inner address",
       border(kSender) + received("pc ([192.168.1.7])", "out.sender.example"),
       "81.187.42.20 hop 2 high", "name no address further back that can be looked up"},
      {"a user's",
       received("pc ([81.8.8.8]) (Authenticated sender: ada)", "mx.corp.example", "ESMTPA"),
       "81.8.8.8 hop 1 high", "mx.corp.example took the message from an authenticated or local"},
      {"nothing came from outside", received("localhost ([127.0.0.1])", "mx.corp.example", "LMTP"),
       "- hop - none", "All lines are the recipient's own"},
      {"a hidden client",
       received("x ([10.0.0.1])", "mx.corp.example") + received(kSender, "in.third.example"),
       "- hop - none", "what stands below is the sender's word"},
      {"a user inside",
       received("pc ([10.0.0.1]) (Authenticated sender: ada)", "mx.corp.example", "ESMTPA"),
       "- hop - none", "No line that can be believed"},
      {"no line", "", "- hop - none", "There is no Received line"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.rule);
    const Report report = trace_message(c.text + kEnd, kZone);
    CHECK(origin_of(report) == c.origin);
    CHECK(reason_has(report, c.reason));
  }
}

TEST_CASE("below the border the origin rests on a believed writer's statement") {
  const std::string text = "Return-Path: <x@sender.example>\n" + border(kSender) +
                           received("pc (dsl.access.example [81.8.8.8])", "out.sender.example") +
                           kEnd;
  const Report bare = trace_message(text, kZone);
  CHECK(origin_of(bare) == "81.8.8.8 hop 1 low");
  CHECK(bare.origin.recorded_by == "out.sender.example");
  CHECK(bare.origin.rdns == "dsl.access.example");
  CHECK(reason_has(bare,
                   "for which nothing speaks but that the line fits. What the recipient's "
                   "own servers recorded themselves is 81.187.42.20 (hop 2)."));
  const Report vouched =
      trace_message(text, kZone + "sender.example. TXT \"v=spf1 ip4:81.187.42.20 -all\"\n");
  CHECK(origin_of(vouched) == "81.8.8.8 hop 1 medium");
  CHECK(reason_has(vouched, "for whose part in this message SPF or a signature speaks"));
}

TEST_CASE("a believed line whose client's recorded name lies elsewhere names no origin") {
  const auto traced = [](const char* client) {
    return origin_of(trace_message(
        border(kSender) + received(client, "out.sender.example") + kEnd,
        kZone + "8.8.8.81.in-addr.arpa. PTR dsl.access.example.\ndsl.access.example. A "
                "81.8.8.8\n"));
  };
  CHECK(traced("pc (in.third.example [81.8.1.1])") == "81.187.42.20 hop 2 high");
  CHECK(traced("pc (in.third.example [81.6.6.6])") == "81.6.6.6 hop 1 low");
  CHECK(traced("pc (in.third.example [81.8.8.8])") == "81.8.8.8 hop 1 low");
  CHECK(traced("in.third.example (dsl.access.example [81.6.6.6])") == "81.6.6.6 hop 1 low");
}

TEST_CASE("an inner address of a network or a provider is no origin") {
  const auto traced = [](const char* client, const char* by) {
    return origin_of(trace_message(border("EUR05-obe.outbound.protection.outlook.com "
                                          "(mail.outbound.protection.outlook.com [40.107.21.77])") +
                                       received(client, by) + kEnd,
                                   ""));
  };
  const char* inner = "VI1PR01MB0002.eurprd01.prod.outlook.com";
  CHECK(traced("PA4PR01MB0001.eurprd01.prod.outlook.com (2603:10a6:102:1::5)", inner) ==
        "40.107.21.77 hop 2 high");
  CHECK(traced("pc ([100.64.1.1])", inner) == "40.107.21.77 hop 2 high");
  CHECK(traced("pc (dsl.access.example [81.8.8.8])", inner) == "81.8.8.8 hop 1 low");
}

TEST_CASE("what the sender only claims: the oldest unbelieved public client, else a field") {
  const std::string open = border(kSender) + received("pc ([81.8.8.8])", "in.third.example");
  CHECK(claim_of(trace_message(open + kEnd, kZone)) == "81.8.8.8 line 4 hop 1");
  CHECK(claim_of(trace_message(open + received("pc ([192.168.1.7])", "in.third.example") + kEnd,
                               kZone)) == "81.8.8.8 line 4 hop 2");
  const std::string alone = border(kSender);
  CHECK(claim_of(trace_message(alone + kEnd, kZone)) == "-");
  for (const char* name : {"X-Originating-IP", "X-Sender-IP", "X-Source-IP", "X-Client-IP"}) {
    CAPTURE(name);
    const std::string field(name);
    CHECK(claim_of(trace_message(alone + field + ": [81.8.8.8]\n" + kEnd, kZone)) ==
          "81.8.8.8 line 4 " + field);
    CHECK(claim_of(trace_message(alone + field + ": 81.8.8.8\n" + kEnd, kZone)) ==
          "81.8.8.8 line 4 " + field);
    CHECK(claim_of(trace_message(alone + field + ": [10.0.0.1]\n" + kEnd, kZone)) == "-");
    CHECK(claim_of(trace_message(alone + field + ": [81.187.42.20]\n" + kEnd, kZone)) == "-");
    CHECK(claim_of(trace_message(alone + field + ": pc17\n" + kEnd, kZone)) == "-");
    CHECK(claim_of(trace_message(open + field + ": [81.1.1.1]\n" + kEnd, kZone)) ==
          "81.8.8.8 line 4 hop 1");
  }
}

TEST_CASE("a client that no line tells is named by who gave it") {
  Options options = test::trace_options();
  options.client_ip = ip::Address::parse("81.8.8.8");
  const Report given = trace_message(kEnd, "", options);
  CHECK(origin_of(given) == "81.8.8.8 hop - medium");
  CHECK(reason_has(given, "was given by the command line; no line of the header records it."));
}
