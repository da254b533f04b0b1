// What each line tells of its client and its writer, and what is no fault.

#include "support/catch.hpp"
#include "support/route_text.hpp"
#include "support/whole_dns.hpp"

using namespace emltrace;
using namespace emltrace::trace;
using test::evidence_of;
using test::find_finding;
using test::received;
using test::severity_of;
using test::trace_message;
using test::trace_offline;

namespace {

const std::string kEnd = "From: x@sender.example\nDate: Thu, 29 Oct 2026 09:41:10 +0200\n\nbody\n";
const std::string kZone = R"($TTL 60
out.sender.example.        A    81.187.42.20
20.42.187.81.in-addr.arpa. PTR  out.sender.example.
bot.isp.example.           A    81.9.9.9
9.9.9.81.in-addr.arpa.     PTR  bot.isp.example.
7.7.7.81.in-addr.arpa.     PTR  false.isp.example.
false.isp.example.         A    81.7.7.70
mail.bank.example.         A    81.5.5.5
mx.corp.example.           A    81.2.69.3
relay.corp.example.        A    81.2.69.4
4.69.2.81.in-addr.arpa.    PTR  relay.corp.example.
)";

struct Case {
  const char* client;
  const char* severity;  // empty: not told
};

// Of a code at the border, by the text behind `from`.
void check_client(std::string_view code, const std::vector<Case>& cases,
                  const char* by = "mx.corp.example") {
  for (const Case& c : cases) {
    CAPTURE(c.client);
    CHECK(severity_of(trace_message(received(c.client, by) + kEnd, kZone), code) == c.severity);
  }
}

}  // namespace

TEST_CASE("helo-is-own-name: the recipient's name in a stranger's mouth, not its own hosts'") {
  check_client("helo-is-own-name", {
                                       {"mx.corp.example (unknown [81.9.9.8])", "medium"},
                                       {"relay.corp.example (unknown [81.9.9.8])", "medium"},
                                       {"relay.corp.example (relay.corp.example [81.2.69.4])", ""},
                                       {"mx.corp.example (out.corp.example [81.9.9.8])", ""},
                                       {"mail.bank.example (unknown [81.9.9.8])", ""},
                                   });
  // One tenant of a provider is outside of another, and leaves by its outbound hosts.
  const char* by = "DB5PEPF00014B8A.mail.protection.outlook.com";
  check_client("helo-is-own-name",
               {
                   {"EUR05-obe.outbound.protection.outlook.com (81.9.9.8)", ""},
                   {"AM9PR04MB8825.eurprd04.prod.outlook.com (81.9.9.8)", "medium"},
               },
               by);
}

TEST_CASE("helo-is-own-name needs DNS, but for the very name of the server") {
  const auto offline = [](const char* client) {
    return severity_of(trace_offline(received(client, "mx.corp.example") + kEnd),
                       "helo-is-own-name");
  };
  CHECK(offline("relay.corp.example (unknown [81.9.9.8])") == "");
  CHECK(offline("mx.corp.example (unknown [81.9.9.8])") == "medium");
  // Neither does the zone of a user's file hold every name.
  CHECK(
      severity_of(trace_message(
                      received("relay.corp.example (unknown [81.9.9.8])", "mx.corp.example") + kEnd,
                      "out.sender.example. 60 A 81.187.42.20\n"),
                  "helo-is-own-name") == "");
  const std::string absent =
      received("other.corp.example (unknown [81.9.9.8])", "mx.corp.example") + kEnd;
  CHECK(severity_of(test::trace_whole(absent, kZone), "helo-is-own-name") == "medium");
}

TEST_CASE("forms of HELO that no mail server uses") {
  check_client("helo-literal-mismatch", {{"[81.1.1.1] (unknown [81.9.9.8])", "low"},
                                         {"[81.9.9.8] (unknown [81.9.9.8])", ""},
                                         {"[IPv6:2a00::1] (unknown [IPv6:2a00::1])", ""}});
  check_client("helo-bare-ip",
               {{"81.9.9.8 (unknown [81.9.9.8])", "low"}, {"[81.9.9.8] (unknown [81.9.9.8])", ""}});
  check_client("helo-bogus", {{"localhost (unknown [81.9.9.8])", "low"},
                              {"localhost.localdomain (unknown [81.9.9.8])", "low"},
                              {"a_b!c.example (unknown [81.9.9.8])", "low"},
                              {"out.sender.example (unknown [81.9.9.8])", ""}});
  // A person's client may say what it likes.
  const std::string login = received("localhost (unknown [81.9.9.8]) (Authenticated sender: a)",
                                     "mx.corp.example", "ESMTPA") +
                            kEnd;
  CHECK(severity_of(trace_message(login, kZone), "helo-bogus") == "");
  CHECK(severity_of(trace_message(login, kZone), "rdns-missing") == "");
}

TEST_CASE("helo-rdns-mismatch weighs by what disproves the name") {
  check_client("helo-rdns-mismatch",
               {
                   {"mail.bank.example (bot.isp.example [81.9.9.9])", "medium"},
                   {"mail.bank.example (unknown [81.9.9.8])", "low"},
                   {"mail.gone.example (bot.isp.example [81.9.9.9])", "low"},
                   {"mail.gone.example (unknown [81.9.9.9])", ""},
                   {"mail.bank.example (unknown [81.5.5.5])", ""},
                   {"out.sender.example (out.sender.example [81.187.42.20])", ""},
                   {"other.isp.example (bot.isp.example [81.9.9.9])", ""},
               });
  const std::string gone =
      received("mail.gone.example (unknown [81.9.9.9])", "mx.corp.example") + kEnd;
  CHECK(severity_of(test::trace_whole(gone, kZone), "helo-rdns-mismatch") == "low");
  const std::string vouched =
      received("mail.bank.example (bot.isp.example [81.9.9.9])", "mx.corp.example") + kEnd;
  CHECK(severity_of(trace_message(vouched, kZone + "mail.bank.example. TXT \"v=spf1 ip4:81.9.9.9 "
                                                   "-all\"\n"),
                    "helo-rdns-mismatch") == "info");
  CHECK(evidence_of(trace_message(vouched, kZone), "helo-rdns-mismatch", "helo_address") ==
        "81.5.5.5");
  CHECK(evidence_of(trace_message(vouched, kZone), "helo-rdns-mismatch", "confirmed_ptr") ==
        "bot.isp.example");
}

TEST_CASE("reverse names: missing, not confirmed, other than recorded") {
  check_client("fcrdns-fail", {{"x (unknown [81.7.7.7])", "low"}, {"x (unknown [81.9.9.9])", ""}});
  const auto whole = [](const std::string& text, std::string_view code) {
    return severity_of(test::trace_whole(text + kEnd, kZone), code);
  };
  CHECK(whole(received("x (unknown [81.9.9.8])", "mx.corp.example"), "rdns-missing") == "low");
  CHECK(whole(received("x (unknown [81.9.9.9])", "mx.corp.example"), "rdns-missing") == "");
  const std::string top =
      received("out.sender.example (out.sender.example [81.187.42.20])", "mx.corp.example");
  CHECK(whole(top + received("x (unknown [81.9.9.8])", "out.sender.example"), "rdns-missing") ==
        "info");
  CHECK(whole(received("x (old.isp.example [81.9.9.9])", "mx.corp.example"),
              "rdns-recorded-differs") == "");
  CHECK(whole(received("x (dsl.other.example [81.9.9.9])", "mx.corp.example"),
              "rdns-recorded-differs") == "info");
  CHECK(whole(received("x (mail.bank.example [81.9.9.9])", "mx.corp.example"),
              "rdns-recorded-differs") == "info");
  CHECK(whole(top + received("x (mail.bank.example [81.9.9.9])", "out.sender.example"),
              "rdns-recorded-differs") == "medium");
  CHECK(trace_offline(received("x (old.isp.example [81.9.9.9])", "mx.corp.example") + kEnd)
            .hops[0]
            .findings == std::vector<std::string>{"helo-single-label"});
}

TEST_CASE("addresses that are not in use; Microsoft's word for a client that it does not tell") {
  check_client("ip-bogon", {{"x.example ([240.1.2.3])", "medium"},
                            {"x.example ([224.0.0.5])", "medium"},
                            {"x.example ([0.0.0.0])", "medium"},
                            {"x.example ([192.0.2.1])", "info"},
                            {"x.example ([255.255.255.255])", "medium"},
                            {"x.example ([81.9.9.9])", ""},
                            {"x.example ([10.0.0.1])", ""}});
  check_client("ip-bogon",
               {{"x.example (255.255.255.255)", ""}, {"x.example (255.255.255.254)", "medium"}},
               "VI1PR01MB0002.eurprd01.prod.outlook.com");
  const auto invalid = [](const char* client) {
    return severity_of(
        trace_message(received("bot.isp.example (bot.isp.example [81.9.9.9])", "mx.corp.example") +
                          received(client, "in.third.example") + kEnd,
                      kZone),
        "ip-invalid");
  };
  CHECK(invalid("x.example ([999.1.1.1])") == "medium");
  CHECK(invalid("x.example ([81.9.9.9])") == "");
}

TEST_CASE("a client without an address is told below the border alone") {
  const std::string top =
      received("out.sender.example (out.sender.example [81.187.42.20])", "mx.corp.example");
  CHECK(severity_of(
            trace_message(top + received("pc.third.example", "in.third.example") + kEnd, kZone),
            "from-without-ip") == "info");
  CHECK(severity_of(
            trace_message(top + received("pc.sender.example", "out.sender.example") + kEnd, kZone),
            "from-without-ip") == "");
  check_client("from-without-ip", {{"out.sender.example", ""}});
}

TEST_CASE("an id of two organizations, a long one alone") {
  const auto twice = [](const char* id, const char* by) {
    const auto with_id = [&](const char* from, const char* host) {
      return std::string("Received: from ") + from + "\n\tby " + host + " with ESMTP id " + id +
             ";\n\tThu, 29 Oct 2026 09:41:14 +0200\n";
    };
    return severity_of(
        trace_message(
            with_id("out.sender.example (out.sender.example [81.187.42.20])", "mx.corp.example") +
                with_id("pc ([81.8.8.8])", by) + kEnd,
            kZone),
        "id-reused");
  };
  CHECK(twice("9C2D11A0F3", "out.sender.example") == "medium");
  CHECK(twice("9C2D11A0F3", "in.corp.example") == "");
  CHECK(twice("9C2D11A", "out.sender.example") == "");
  CHECK(twice("9C2D11A0", "out.sender.example") == "medium");
  CHECK(twice("1234567890", "out.sender.example") == "");
}

TEST_CASE("an inner hand-over ties the line below where both are one firm's") {
  const auto below = [](const char* with, const char* client, const char* by) {
    return trace_message(received("out.sender.example (out.sender.example [81.187.42.20])",
                                  "mx.corp.example") +
                             received(client, "out.sender.example", with) +
                             received("pc ([81.8.8.8])", by) + kEnd,
                         kZone)
        .hops[0]
        .standing;
  };
  // A scanner or LMTP names the client again.
  CHECK(below("LMTP", "x (x.third.example [81.6.6.6])", "in.sender.example") ==
        Standing::corroborated);
  CHECK(below("LMTP", "x (x.third.example [81.6.6.6])", "in.fourth.example") ==
        Standing::unverified);
  CHECK(below("ESMTP", "x (x.third.example [81.6.6.6])", "in.sender.example") ==
        Standing::unverified);
  CHECK(below("ESMTP", "x ([10.0.0.1])", "in.sender.example") == Standing::corroborated);
  CHECK(below("ESMTP", "x ([10.0.0.1])", "in.fourth.example") == Standing::unverified);
  CHECK(below("ESMTP", "in.fourth.example ([10.0.0.1])", "in.fourth.example") ==
        Standing::corroborated);
  CHECK(below("ESMTP", "x ([127.0.0.1])", "localhost") == Standing::corroborated);
  CHECK(below("IMAP", "x (x.third.example [81.6.6.6])", "in.fourth.example") ==
        Standing::corroborated);
  // By address, and not by another.
  CHECK(below("ESMTP", "x ([81.6.6.6])", "in.fourth.example (81.6.6.6)") == Standing::corroborated);
  CHECK(below("ESMTP", "x ([81.6.6.6])", "in.fourth.example (81.6.6.7)") == Standing::unverified);
}
