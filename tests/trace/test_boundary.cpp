// Whose word a line is: where the recipient's own lines end, by writer, by --trust, by what its own
// results say, by its MX; and what a forger's line below cannot make of itself.

#include "support/catch.hpp"
#include "support/route_text.hpp"
#include "support/whole_dns.hpp"

using namespace emltrace;
using namespace emltrace::trace;
using test::border_of;
using test::evidence_of;
using test::find_finding;
using test::received;
using test::trace_message;

namespace {

struct Case {
  const char* rule;
  std::string text;
  const char* border;  // border_of
  const char* zone = "";
};

void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    CAPTURE(c.rule);
    CHECK(border_of(trace_message(c.text, c.zone)) == c.border);
  }
}

const std::string kSender = "out.sender.example (out.sender.example [81.187.42.20])";
const std::string kFilter = "filter.cloud.example (filter.cloud.example [81.2.69.10])";
const std::string kEnd = "From: x@sender.example\nDate: Thu, 29 Oct 2026 09:41:10 +0200\n\nbody\n";

// Two lines: another firm's filter stands before the recipient's server.
const std::string kFiltered =
    received(kFilter, "store.corp.example") + received(kSender, "filter.cloud.example") + kEnd;

Options trusting(std::initializer_list<const char*> rules) {
  Options options = test::trace_options();
  for (const char* rule : rules) options.trust.push_back(*TrustRule::parse(rule));
  return options;
}

}  // namespace

TEST_CASE("behind NAT a HELO ties nobody to the line below, what the server recorded does") {
  const auto below = [](const char* by) { return received(kSender, by) + kEnd; };
  check({
      {"a HELO alone is the forger's choice",
       received("mail.bank.example ([10.0.0.1])", "mx.corp.example") + below("mail.bank.example"),
       "2 - hidden"},
      {"the recorded name is the server's",
       received("x (relay.partner.example [10.0.0.1])", "mx.corp.example") +
           below("relay.partner.example"),
       "1 81.187.42.20"},
      {"another host of the recorded name's organization",
       received("x (relay.partner.example [10.0.0.1])", "mx.corp.example") +
           below("in.partner.example"),
       "1 81.187.42.20"},
      {"another organization than the recorded name's",
       received("x (relay.partner.example [10.0.0.1])", "mx.corp.example") +
           below("mail.bank.example"),
       "2 - hidden"},
      {"the writer's address is the client's",
       received("x ([10.0.0.1])", "mx.corp.example") + below("mail.partner.example (10.0.0.1)"),
       "1 81.187.42.20"},
      {"the writer's address is another",
       received("x ([10.0.0.1])", "mx.corp.example") + below("mail.partner.example (10.0.0.2)"),
       "2 - hidden"},
      {"the writer is of the newer line's organization",
       received("x ([10.0.0.1])", "mx.corp.example") + below("in.corp.example"), "1 81.187.42.20"},
      {"an inner name below an unknown client",
       received("x ([10.0.0.1])", "mx.corp.example") + below("ms3.local"), "2 - hidden"},
      {"an inner name below an own host's name",
       received("x (relay.corp.example [10.0.0.1])", "mx.corp.example") + below("ms3.local"),
       "1 81.187.42.20"},
      {"what is no trace line is nobody's",
       received("x (relay.corp.example [10.0.0.1])", "mx.corp.example") +
           "Received: nothing to see here\n" + kEnd,
       "2 - hidden"},
  });
}

TEST_CASE("what no stranger can speak ties by HELO too: LMTP, pulls, scanners") {
  const auto below = [](const char* by) { return received(kSender, by) + kEnd; };
  const std::string pull =
      received("imap.provider.example ([81.2.69.20])", "home.box.example", "IMAP");
  check({
      {"LMTP names the host",
       received("relay.partner.example ([10.0.0.1])", "mx.corp.example", "LMTP") +
           below("relay.partner.example"),
       "1 81.187.42.20"},
      {"LMTP names another host",
       received("relay.partner.example ([10.0.0.1])", "mx.corp.example", "LMTP") +
           below("mail.bank.example"),
       "2 - hidden"},
      {"LMTP and an inner name",
       received("x ([10.0.0.1])", "mx.corp.example", "LMTP") + below("ms3.local"),
       "1 81.187.42.20"},
      {"LMTP from a public address of the same firm",
       received("x ([81.2.69.10])", "mx.corp.example", "LMTP") + below("in.corp.example"),
       "1 81.187.42.20"},
      {"the mailbox's provider wrote the line", pull + below("mx.provider.example"),
       "1 81.187.42.20"},
      {"another provider wrote the line", pull + below("mx.other.example"), "2 -"},
      {"a pull alone", pull + kEnd, "1 -"},
      {"all of the mailbox's provider is own",
       pull +
           received("in.provider.example (in.provider.example [81.2.69.30])",
                    "mx.provider.example") +
           below("in.provider.example"),
       "1 81.187.42.20"},
      {"a scanner repeats the client",
       received(kSender, "mx.corp.example") + below("mx.corp.example"), "1 81.187.42.20"},
      {"another client is another message's way",
       received(kSender, "mx.corp.example") +
           received("x (x.other.example [81.9.9.9])", "mx.corp.example") + kEnd,
       "2 81.187.42.20"},
      {"another host with that client is a stranger",
       received(kSender, "mx.corp.example") + below("mx.other.example"), "2 81.187.42.20"},
  });
}

TEST_CASE("a relay's own name in HELO counts where the line below is by it, from a neighbour") {
  const auto relayed = [](const char* gate, const char* next = "81.2.69.20") {
    return received("relay.corp.example ([81.2.69.10])", "store.corp.example") +
           received(std::string("x (") + gate + " [" + next + "])", "relay.corp.example") +
           received(kSender, "gate.corp.example") + kEnd;
  };
  check({
      {"own, near", relayed("gate.corp.example"), "1 81.187.42.20"},
      {"the neighbour is far", relayed("gate.corp.example", "81.9.9.9"), "3 81.2.69.10"},
      {"the neighbour is not own", relayed("gate.other.example"), "3 81.2.69.10"},
      {"DNS has the name next door", relayed("gate.corp.example"), "1 81.187.42.20",
       "relay.corp.example. 60 A 81.2.69.11\n"},
      {"DNS has the name elsewhere", relayed("gate.corp.example"), "3 81.2.69.10",
       "relay.corp.example. 60 A 81.50.0.1\n"},
      {"DNS has another name for the address", relayed("gate.corp.example"), "3 81.2.69.10",
       "10.69.2.81.in-addr.arpa. 60 PTR bot.isp.example.\nbot.isp.example. 60 A 81.2.69.10\n"},
      {"the line below is by another",
       received("relay.corp.example ([81.2.69.10])", "store.corp.example") +
           received("x (gate.corp.example [81.2.69.20])", "other.corp.example") + kEnd,
       "2 81.2.69.10"},
  });
}

TEST_CASE("a person's client is a user's, however it logs in") {
  const std::string mapped = "pc ([10.1.1.1]) (Authenticated sender: ada)";
  check({
      {"web mail", received("[81.187.77.9]", "webmail.corp.example", "HTTP") + kEnd,
       "1 81.187.77.9 user"},
      {"web mail above a forged line",
       received("[81.187.77.9]", "webmail.corp.example", "HTTP") +
           received(kSender, "webmail.corp.example") + kEnd,
       "2 81.187.77.9 user"},
      {"put in by the provider's interface",
       "Received: from 1058052472880 named unknown by gmailapi.google.com with HTTPREST;\n"
       "\tThu, 29 Oct 2026 00:41:14 -0700\n" +
           received(kSender, "mx.google.com") + kEnd,
       "1 81.187.42.20"},
      {"sent by the provider's interface",
       "Received: from 1058052472880 named unknown by gmailapi.google.com with HTTPREST;\n"
       "\tThu, 29 Oct 2026 00:41:14 -0700\n" +
           received(kSender, "mx.other.example") + kEnd,
       "2 - user"},
      {"a login from inside", received(mapped, "mx.corp.example", "ESMTPA") + kEnd,
       "1 10.1.1.1 user"},
      {"a login above a line of the sender's",
       received(mapped, "mx.corp.example", "ESMTPA") + received(kSender, "mail.bank.example") +
           kEnd,
       "2 10.1.1.1 user"},
      {"an inner relay logs in",
       received("x (relay.corp.example [10.1.1.1]) (Authenticated sender: r)", "mx.corp.example",
                "ESMTPA") +
           received(kSender, "relay.corp.example") + kEnd,
       "1 81.187.42.20"},
      {"a login without an address",
       "Received: from pc.ada.example (Authenticated sender: ada)\n\tby mx.corp.example with "
       "ESMTPA id x9;\n\tThu, 29 Oct 2026 09:41:14 +0200\n" +
           kEnd,
       "1 - user"},
      {"a local user",
       "Received: by mx.corp.example (Postfix, from userid 1000)\n\tid 9C2D11A0F3; "
       "Thu, 29 Oct 2026 09:41:14 +0200 (CEST)\n" +
           kEnd,
       "1 - user"},
  });
}

TEST_CASE("a client that was blacked out or cannot be read is hidden") {
  const auto lines = [](const char* from) {
    return received(from, "mx.corp.example") + received(kSender, "mx.corp.example") + kEnd;
  };
  check({
      {"blacked out", lines("mail.bank.example (unknown [xxx.xxx.xxx.xxx])"), "2 - hidden"},
      {"no address", lines("mail.bank.example (unknown [999.1.2.3])"), "2 - hidden"},
      {"a stranger's name alone", lines("mail.bank.example"), "2 - hidden"},
      {"an own name alone", lines("in.corp.example"), "1 81.187.42.20"},
      {"localhost", lines("localhost"), "1 81.187.42.20"},
  });
  const auto message = [&](const char* from) {
    return find_finding(trace_message(lines(from), ""), "client-hidden")->message;
  };
  CHECK(message("b.example (unknown [xxx.xxx.xxx.xxx])").find("cannot be read") !=
        std::string::npos);
  CHECK(message("b.example").find("the line names no address") != std::string::npos);
  const auto nat = received("b.example ([10.0.0.1])", "mx.corp.example") +
                   received(kSender, "mx.bank.example") + kEnd;
  CHECK(find_finding(trace_message(nat, ""), "client-hidden")->message.find("10.0.0.1") !=
        std::string::npos);
}

TEST_CASE("--trust names a host by name, suffix or address, in the lowest line too") {
  const std::string lowest =
      received("relay.partner.example ([81.2.69.10])", "mx.corp.example") + kEnd;
  CHECK(border_of(trace_message(lowest, "")) == "1 81.2.69.10");
  for (const char* rule : {"relay.partner.example", ".partner.example", "*.partner.example",
                           "81.2.69.10", "81.2.69.0/24"}) {
    CAPTURE(rule);
    const Report report = trace_message(lowest, "", trusting({rule}));
    CHECK(border_of(report) == "1 -");
    CHECK_FALSE(find_finding(report, "trust-unused"));
  }
  for (const char* rule : {"partner.example", ".relay.partner.example", "81.2.70.0/24"}) {
    CAPTURE(rule);
    const Report report = trace_message(lowest, "", trusting({rule}));
    CHECK(border_of(report) == "1 81.2.69.10");
    CHECK(evidence_of(report, "trust-unused", "rule") == rule);
  }
}

TEST_CASE("--trust by name holds for a writer below NAT, and not for a name that DNS disproves") {
  const std::string nat = received("x ([10.0.0.1])", "mx.corp.example") +
                          received(kSender, "relay.partner.example") + kEnd;
  CHECK(border_of(trace_message(nat, "")) == "2 - hidden");
  CHECK(border_of(trace_message(nat, "", trusting({".partner.example"}))) == "1 81.187.42.20");
  const std::string by_address = received("x ([10.0.0.1])", "mx.corp.example") +
                                 received(kSender, "relay.partner.example (81.2.69.10)") + kEnd;
  CHECK(border_of(trace_message(by_address, "")) == "2 - hidden");
  CHECK(border_of(trace_message(by_address, "", trusting({"81.2.69.10"}))) == "1 81.187.42.20");

  const std::string helo =
      received("relay.partner.example (unknown [81.9.9.9])", "mx.corp.example") +
      received(kSender, "relay.partner.example") + kEnd;
  const std::string elsewhere = "relay.partner.example. 60 A 81.50.0.1\n";
  CHECK(border_of(trace_message(helo, "", trusting({"relay.partner.example"}))) ==
        "1 81.187.42.20");
  // The name next door is a separate outbound address; one without an address is nobody's.
  CHECK(border_of(trace_message(helo, "relay.partner.example. 60 A 81.9.9.10\n",
                                trusting({"relay.partner.example"}))) == "1 81.187.42.20");
  CHECK(border_of(trace_message(helo, "relay.partner.example. 60 TXT \"x\"\n",
                                trusting({"relay.partner.example"}))) == "2 81.9.9.9");
  const Report report = trace_message(helo, elsewhere, trusting({"relay.partner.example"}));
  CHECK(border_of(report) == "2 81.9.9.9");
  CHECK(evidence_of(report, "trust-unused", "rule") == "relay.partner.example");
}

TEST_CASE("a --trust that names the writer of an own line is no mistake") {
  const std::string text = received(kSender, "mx.corp.example (81.2.69.3)") + kEnd;
  for (const char* rule : {"mx.corp.example", "81.2.69.3"}) {
    CAPTURE(rule);
    CHECK_FALSE(find_finding(trace_message(text, "", trusting({rule})), "trust-unused"));
  }
  const Report two = trace_message(text, "", trusting({"mx.corp.example", "old.corp.example"}));
  CHECK(evidence_of(two, "trust-unused", "rule") == "old.corp.example");
}

TEST_CASE("the client that the recipient says it judged settles the border") {
  const std::string lower =
      "Authentication-Results: store.corp.example; spf=pass smtp.remote-ip=81.187.42.20\n";
  check({
      {"nothing is said", kFiltered, "2 81.2.69.10"},
      {"Authentication-Results name a lower client", lower + kFiltered, "1 81.187.42.20"},
      {"Received-SPF names it",
       "Received-SPF: pass client-ip=81.187.42.20; receiver=store.corp.example;\n" + kFiltered,
       "1 81.187.42.20"},
      {"Exchange's report names it",
       "X-Forefront-Antispam-Report: CTRY:GB;CIP:81.187.42.20;SFV:NSPM\n" + kFiltered,
       "1 81.187.42.20"},
      {"the border's client is named too",
       lower + "Authentication-Results: store.corp.example; spf=pass smtp.remote-ip=81.2.69.10\n" +
           kFiltered,
       "2 81.2.69.10"},
      {"another host says it",
       "Authentication-Results: store.corp.example; spf=none\n"
       "Authentication-Results: mx.other.example; spf=pass smtp.remote-ip=81.187.42.20\n" +
           kFiltered,
       "2 81.2.69.10"},
      {"it is said below the border",
       received(kFilter, "store.corp.example") + lower + received(kSender, "filter.cloud.example") +
           kEnd,
       "2 81.2.69.10"},
      {"an ARC set says it",
       "ARC-Authentication-Results: i=1; store.corp.example; spf=pass "
       "smtp.remote-ip=81.187.42.20\n" +
           kFiltered,
       "2 81.2.69.10"},
      {"an address inside says nothing",
       "Authentication-Results: store.corp.example; spf=pass smtp.remote-ip=10.0.0.5\n" +
           received(kFilter, "store.corp.example") +
           received("pc ([10.0.0.5])", "filter.cloud.example") + kEnd,
       "2 81.2.69.10"},
      {"it was said of a newer own line",
       "Authentication-Results: store.corp.example; spf=pass smtp.remote-ip=81.2.69.40\n" +
           received("relay.corp.example (relay.corp.example [81.2.69.40])", "store.corp.example") +
           received(kFilter, "relay.corp.example") +
           received("x (x.sender.example [81.2.69.40])", "filter.cloud.example") + kEnd,
       "2 81.2.69.10"},
  });
  const Report report = trace_message(lower + kFiltered, "");
  CHECK(test::standings_of(report) == "own border");
  CHECK(report.hops[1].standing_reason ==
        "a gateway of the recipient: its own results name 81.187.42.20, the client of hop 1, as "
        "the sender");
  CHECK(report.hops[0].standing_reason ==
        "the recipient's own results name this client as the sender");
}

TEST_CASE("the recipient's own results confirm the border's client, or tell it") {
  const std::string text = received(kSender, "mx.corp.example") + kEnd;
  const auto reason = [&](const char* address) {
    return trace_message("Authentication-Results: mx.corp.example; spf=pass smtp.remote-ip=" +
                             std::string(address) + "\n" + text,
                         "")
        .hops[0]
        .standing_reason;
  };
  const std::string plain = "written by the recipient's own server about the host that connected";
  CHECK(reason("81.187.42.20") == plain + ", and its own results name the same client");
  CHECK(reason("81.187.42.21") == plain);

  const std::string silent = received("out.sender.example", "mx.corp.example") + kEnd;
  CHECK(border_of(trace_message(silent, "")) == "1 - hidden");
  const Report told = trace_message(
      "Received-SPF: pass client-ip=81.187.42.20; receiver=mx.corp.example;\n" + silent, "");
  CHECK(border_of(told) == "1 81.187.42.20");
  CHECK(told.origin.recorded_by == "mx.corp.example");
  CHECK(told.origin.hop == 1);
  CHECK(told.origin.confidence == "high");
  CHECK(told.origin.reason ==
        "the recipient's own Received-SPF names the address; its Received line does not.");
}

TEST_CASE("an MX host of the recipient's domain is its gateway: customer, pool, and no stranger") {
  const auto through = [](const std::string& host, const std::string& to = "for <a@corp.example>") {
    return received(host + " (" + host + " [81.2.69.10])", "store.corp.example", "ESMTP", to) +
           received(kSender, host) + kEnd;
  };
  const char* kCustomer = "corp.example. 60 MX 10 mx0a-00123401.pphosted.com.\n";
  const char* kOwnToo =
      "corp.example. 60 MX 10 mx.corp.example.\ncorp.example. 60 MX 20 mx10.backup.example.\n";
  const char* kBackupAlone = "corp.example. 60 MX 20 mx.backup.example.\n";
  check({
      {"another host of the same customer", through("mx0b-00123401.pphosted.com"), "1 81.187.42.20",
       kCustomer},
      {"another customer's host", through("mx0b-00999901.pphosted.com"), "2 81.2.69.10", kCustomer},
      {"a host of the same numbered pool", through("mx29.backup.example"), "1 81.187.42.20",
       kOwnToo},
      {"another host of that firm, an own MX stands beside", through("out.backup.example"),
       "2 81.2.69.10", kOwnToo},
      {"another host of that firm, which takes in all", through("out.backup.example"),
       "1 81.187.42.20", kBackupAlone},
      {"a host of no MX", through("mx.backup.example"), "2 81.2.69.10"},
      {"the recipient stands in Delivered-To",
       "Delivered-To: a@corp.example\n" + through("mx0b-00123401.pphosted.com", ""),
       "1 81.187.42.20", kCustomer},
      {"Delivered-To below the lines is the sender's",
       received("mx.backup.example (mx.backup.example [81.2.69.10])", "store.corp.example") +
           received(kSender, "mx.backup.example") + "X-Original-To: a@corp.example\n" + kEnd,
       "2 81.2.69.10", kBackupAlone},
      {"the line below is another's",
       received("mx.backup.example (mx.backup.example [81.2.69.10])", "store.corp.example", "ESMTP",
                "for <a@corp.example>") +
           received(kSender, "mx.bank.example") + kEnd,
       "2 81.2.69.10", kBackupAlone},
  });
}

TEST_CASE("a recipient that only the header names counts for filter services alone") {
  const auto through = [](const std::string& host, const char* to) {
    return received(host + " (" + host + " [81.2.69.10])", "store.corp.example") +
           received(kSender, host) + "To: <" + to + ">\n" + kEnd;
  };
  const char* kZone =
      "corp.example. 60 MX 10 mx.backup.example.\n"
      "brand.example. 60 MX 10 mx.backup.example.\n"
      "firm.example. 60 MX 10 mx0a-00123401.pphosted.com.\n";
  check({
      {"the border's own domain", through("mx.backup.example", "a@corp.example"), "1 81.187.42.20",
       kZone},
      {"another domain: a sender could put his own",
       through("mx.backup.example", "a@brand.example"), "2 81.2.69.10", kZone},
      {"another domain's filter service", through("mx0a-00123401.pphosted.com", "a@firm.example"),
       "1 81.187.42.20", kZone},
      {"the line below names the recipient",
       received("mx0a-00123401.pphosted.com (mx0a-00123401.pphosted.com [81.2.69.10])",
                "store.corp.example") +
           received(kSender, "mx0a-00123401.pphosted.com", "ESMTP", "for <a@firm.example>") + kEnd,
       "1 81.187.42.20", kZone},
  });
  const Report report = trace_message(through("mx.backup.example", "a@brand.example"), kZone);
  CHECK(evidence_of(report, "gateway-likely", "trust") == "mx.backup.example");
  CHECK(evidence_of(report, "gateway-likely", "hint") == "MX of a recipient that the header names");
}

TEST_CASE("gateway-likely names the --trust where only a filter's fields speak") {
  const auto through = [](const std::string& host, const char* by, const char* field) {
    return received(host + " (" + host + " [81.2.69.10])", "store.corp.example", "ESMTP",
                    "for <a@corp.example>") +
           received(kSender, by) + field + kEnd;
  };
  const std::string pp = "mx0a-00123401.pphosted.com";
  const auto trust = [](const std::string& text, const char* zone = "") {
    return evidence_of(trace_message(text, zone), "gateway-likely", "trust");
  };
  CHECK(trust(through(pp, pp.c_str(), "X-Proofpoint-GUID: x\n")) == pp);
  CHECK(trust(through(pp, pp.c_str(), "")) == "");
  CHECK(trust(through(pp, pp.c_str(), "X-Mimecast-Spam-Score: 0\n")) == "");
  CHECK(trust(through(pp, "mx.other.example", "X-Proofpoint-GUID: x\n")) == "");
  CHECK(trust(through(pp, pp.c_str(), "Authentication-Results-Original: x; spf=none\n")) == pp);
  CHECK(trust(through(pp, pp.c_str(), "X-Proofpoint-GUID: x\n"),
              "corp.example. 60 MX 10 mx.corp.example.\n") == "");
  CHECK(trust(through("eu-smtp-1.mimecast.com", "eu-smtp-1.mimecast.com",
                      "X-Mimecast-Spam-Score: 0\n")) == ".mimecast.com");
  CHECK(trust(received(pp + " (" + pp + " [81.2.69.10])", "store.corp.example") +
              "X-Proofpoint-GUID: x\n" + kEnd) == "");
}

TEST_CASE("--border is the user's word on each line") {
  Options options = test::trace_options();
  options.border = 1;
  const Report report = trace_message(kFiltered, "", options);
  CHECK(border_of(report) == "1 81.187.42.20");
  CHECK(report.hops[1].standing_reason == "above the border named on the command line");
  CHECK(report.hops[0].standing_reason == "named as the border on the command line");
  options.border = 3;
  CHECK(border_of(trace_message(kFiltered, "", options)) == "2 81.2.69.10");
}

TEST_CASE("each own line says why it is one") {
  const auto reason = [](const std::string& text, const Options& options = test::trace_options(),
                         const char* zone = "") {
    return trace_message(text + kEnd, zone, options).hops.back().standing_reason;
  };
  const auto top = [](const char* from, const char* with = "ESMTP") {
    return received(from, "mx.corp.example", with) + received(kSender, "in.corp.example");
  };
  const std::string relay = "relay.corp.example (relay.corp.example [81.2.69.10])";
  CHECK(reason(top(relay.c_str())) == "handed over between the recipient's own hosts");
  CHECK(reason(top("x ([10.0.0.1])")) ==
        "handed over from an address inside the recipient's network");
  CHECK(reason(received(kSender, "mx.corp.example") + received(kSender, "mx.corp.example")) ==
        "the same host wrote the line below about the same client");
  CHECK(reason(received("relay.corp.example ([81.2.69.10])", "store.corp.example") +
               received("x (gate.corp.example [81.2.69.20])", "relay.corp.example")) ==
        "handed over by an own host, which wrote the line below under that name");
  CHECK(reason(top("x ([81.2.69.10])", "LMTP")) == "an inner transport of the recipient's system");
  CHECK(reason(top("x ([81.2.69.10])"), trusting({"81.2.69.10"})) ==
        "handed over by a host named with --trust");
  CHECK(reason(top("imap.corp.example ([81.2.69.20])", "IMAP")) ==
        "fetched from the recipient's mailbox");
  CHECK(reason(top("localhost", "LMTP")) == "handed over inside one host");
  CHECK(reason(top("relay.corp.example")) ==
        "handed over between the recipient's own hosts, by name");
  CHECK(reason(received("mx.backup.example (mx.backup.example [81.2.69.10])", "mx.corp.example",
                        "ESMTP", "for <a@corp.example>") +
                   received(kSender, "mx.backup.example"),
               test::trace_options(), "corp.example. 60 MX 10 mx.backup.example.\n") ==
        "handed over by a host that takes in mail for the recipient's domain (MX)");
  CHECK(reason(received("x ([10.0.0.1])", "mx.corp.example") +
               received(kSender, "mail.bank.example")) ==
        "the lowest line of the recipient's own hosts; the client behind it is not told, and the "
        "line below is by no host that is known for its own");
}

TEST_CASE("a filter that calls itself localhost bears the name beside it, a host its own") {
  const auto filtered = [](const char* by) {
    return received("x (relay.partner.example [10.0.0.1])", "mx.corp.example") +
           "Received: from localhost ([127.0.0.1])\n\tby " + by +
           " (amavisd-new, port 10024) with ESMTP id x9;\n\tThu, 29 Oct 2026 09:41:14 +0200\n" +
           received(kSender, "relay.partner.example") + kEnd;
  };
  check({
      {"the filter's host", filtered("localhost (relay.partner.example [127.0.0.1])"),
       "1 81.187.42.20"},
      {"another host's filter", filtered("localhost (mail.bank.example [127.0.0.1])"),
       "3 - hidden"},
      {"a host that names another beside it",
       filtered("mail.bank.example (relay.partner.example [127.0.0.1])"), "3 - hidden"},
  });
}

TEST_CASE("an address inside a network is no client from outside") {
  for (const char* ip : {"10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.1.1",
                         "127.0.0.1", "IPv6:fd00::1", "IPv6:fe80::1", "IPv6:::1"}) {
    CAPTURE(ip);
    const std::string client = std::string("x ([") + ip + "])";
    CHECK(border_of(trace_message(
              received(client, "mx.corp.example") + received(kSender, "in.corp.example") + kEnd,
              "")) == "1 81.187.42.20");
  }
  for (const char* ip : {"172.32.0.1", "192.0.2.1", "100.128.0.1", "198.51.100.7"}) {
    CAPTURE(ip);
    const std::string client = std::string("x ([") + ip + "])";
    CHECK(border_of(trace_message(
              received(client, "mx.corp.example") + received(kSender, "in.corp.example") + kEnd,
              "")) == std::string("2 ") + ip);
  }
}

TEST_CASE("results of a crossed gateway are own, those of a stranger in its place are not") {
  const std::string lower =
      "Authentication-Results: store.corp.example; spf=pass smtp.remote-ip=81.187.42.20\n";
  const std::string text =
      received(kFilter, "store.corp.example") +
      "Authentication-Results: auth.cloud.example; spf=pass smtp.mailfrom=a@f.example "
      "smtp.remote-ip=81.187.42.20\n" +
      received(kSender, "filter.cloud.example") + kEnd;
  CHECK(trace_message(lower + text, "").envelope.mail_from == "a@f.example");
  CHECK_FALSE(trace_message(text, "").envelope.mail_from);
}
