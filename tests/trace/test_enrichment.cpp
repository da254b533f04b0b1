#include <set>

#include "support/catch.hpp"
#include "support/table.hpp"
#include "support/trace.hpp"
#include "trace/route/abuse_contacts.hpp"
#include "trace/route/enrichment.hpp"

using namespace emltrace;
using trace::LookedUp;

namespace {

ip::Address address(const char* text) {
  return *ip::Address::parse(text);
}
DomainName domain(const char* text) {
  return *DomainName::parse(text);
}
trace::Wanted asn() {
  trace::Wanted wanted;
  wanted.asn = true;
  return wanted;
}
trace::Wanted abuse() {
  trace::Wanted wanted;
  wanted.abuse = true;
  return wanted;
}
trace::Enquiry about(const char* origin) {
  trace::Enquiry enquiry;
  enquiry.origin = trace::AskedAddress{address(origin), std::nullopt};
  return enquiry;
}

trace::Enrichment with_zone(const trace::Wanted& wanted, const trace::Enquiry& enquiry,
                            std::string_view zone) {
  return test::settle_with_zone(
      zone, [&](dns::Client& client) { return trace::enrich(client, wanted, enquiry); });
}

/// Answers nothing and keeps the questions.
class Silent final : public dns::Client {
 public:
  const dns::Answer& ask(const dns::Question& question) override {
    asked.insert(dns::to_string(question));
    return refused_;
  }
  std::set<std::string> asked;

 private:
  dns::Answer refused_ = [] {
    dns::Answer answer;
    answer.status = dns::Status::failed;
    answer.reason = "SERVFAIL";
    return answer;
  }();
};

constexpr const char* kNetworkZone =
    "25.113.0.203.origin.asn.cymru.com. 60 IN TXT \"23028 | 203.0.113.0/24 | US | arin | "
    "1998-09-25\"\n"
    "AS23028.asn.cymru.com. 60 IN TXT \"23028 | US | arin | 2002-01-04 | NAME - Firm, US\"\n";

}  // namespace

TEST_CASE("the network of the origin is that of its longest announced prefix") {
  const auto found = with_zone(asn(), about("203.0.113.25"),
                               std::string(kNetworkZone) +
                                   "25.113.0.203.origin.asn.cymru.com. 60 IN TXT \"64500 | "
                                   "203.0.0.0/16 | DE | ripencc |\"\n");
  CHECK(found.asn_outcome == LookedUp::found);
  REQUIRE(found.asn);
  CHECK(found.asn->number == 23028);
  CHECK(found.asn->prefix == "203.0.113.0/24");
  CHECK(found.asn->country == "US");
  CHECK(found.asn->name == "NAME - Firm, US");
  CHECK(found.asn->also.empty());
}

TEST_CASE("several systems that announce one prefix are all told") {
  const auto found = with_zone(asn(), about("203.0.113.25"),
                               "25.113.0.203.origin.asn.cymru.com. 60 IN TXT \"23028 64501 | "
                               "203.0.113.0/24 | US | arin |\"\n");
  REQUIRE(found.asn);
  CHECK(found.asn->number == 23028);
  CHECK(found.asn->also == std::vector<std::uint32_t>{64501});
  CHECK_FALSE(found.asn->name);
}

TEST_CASE("an IPv6 address is asked about by its nibbles") {
  const auto found = with_zone(
      asn(), about("2001:db8::1"),
      "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.origin6.asn.cymru.com. 60 "
      "IN TXT \"64500 | 2001:db8::/32 | NL | ripencc | 2010-01-01\"\n");
  REQUIRE(found.asn);
  CHECK(found.asn->number == 64500);
  CHECK(found.asn->prefix == "2001:db8::/32");
}

TEST_CASE("a record about a prefix that does not hold the address is no answer") {
  const auto found = with_zone(
      asn(), about("203.0.113.25"),
      "25.113.0.203.origin.asn.cymru.com. 60 IN TXT \"1 | 198.51.100.0/24 | US | arin |\"\n"
      "25.113.0.203.origin.asn.cymru.com. 60 IN TXT \"no table at all\"\n");
  CHECK(found.asn_outcome == LookedUp::unknown);
  CHECK_FALSE(found.asn);
}

TEST_CASE("a name that is not there means not announced; no answer means not known") {
  const auto none = with_zone(asn(), about("203.0.113.26"), kNetworkZone);
  CHECK(none.asn_outcome == LookedUp::none);
  CHECK(none.failed == 0);
  Silent silent;
  const auto unknown = trace::enrich(silent, asn(), about("203.0.113.25"));
  CHECK(unknown.asn_outcome == LookedUp::unknown);
  CHECK(unknown.failed == 1);
  // A zone file that holds nothing of cymru.com cannot say what is announced.
  CHECK(with_zone(asn(), about("203.0.113.25"), "a.example. 60 IN A 203.0.113.1\n").asn_outcome ==
        LookedUp::unknown);
}

TEST_CASE("nothing is asked unless it is named") {
  Silent silent;
  const auto found = trace::enrich(silent, {}, about("203.0.113.25"));
  CHECK(silent.asked.empty());
  CHECK(found.asn_outcome == LookedUp::not_asked);
  CHECK(found.abuse_outcome == LookedUp::not_asked);
  static_cast<void>(trace::enrich(silent, asn(), about("203.0.113.25")));
  CHECK(silent.asked == std::set<std::string>{"25.113.0.203.origin.asn.cymru.com TXT"});
}

TEST_CASE("nobody is asked about an address that nobody outside can look up") {
  trace::Wanted all = asn();
  all.abuse = true;
  all.dnsbl = {domain("zen.spamhaus.org")};
  for (const char* inner : {"10.0.0.1", "127.0.0.1", "100.64.3.4", "169.254.1.1", "224.0.0.1",
                            "fd00::1", "fe80::1", "2603:10a6:10:3c4::5"}) {
    CAPTURE(inner);
    Silent silent;
    auto enquiry = about(inner);
    enquiry.claimed = enquiry.client = enquiry.origin;
    static_cast<void>(trace::enrich(silent, all, enquiry));
    CHECK(silent.asked.empty());
  }
}

TEST_CASE("of a claimed address the network alone is asked") {
  auto enquiry = about("203.0.113.25");
  enquiry.claimed = trace::AskedAddress{address("198.51.100.77"), std::nullopt};
  trace::Wanted wanted = asn();
  wanted.abuse = true;
  Silent silent;
  static_cast<void>(trace::enrich(silent, wanted, enquiry));
  CHECK(silent.asked.contains("77.100.51.198.origin.asn.cymru.com TXT"));
  CHECK_FALSE(silent.asked.contains("77.100.51.198.abuse-contacts.abusix.zone TXT"));
  const auto found = with_zone(asn(), enquiry,
                               "77.100.51.198.origin.asn.cymru.com. 60 IN TXT \"64500 | "
                               "198.51.100.0/24 | FR | ripencc |\"\n");
  REQUIRE(found.claimed_asn);
  CHECK(found.claimed_asn->number == 64500);
}

TEST_CASE("abuse contacts: the network's, then those that abuse.net knows of a confirmed name") {
  constexpr const char* kHost =
      "25.113.0.203.in-addr.arpa. 60 IN PTR mail.sender-host.example.\n"
      "mail.sender-host.example. 60 IN A 203.0.113.25\n";
  constexpr const char* kAbusix =
      "25.113.0.203.abuse-contacts.abusix.zone. 60 IN TXT \"abuse@net.example, "
      "cert@net.example\"\n";
  constexpr const char* kKnown =
      "sender-host.example.contacts.abuse.net. 60 IN TXT \"reports@sender-host.example\"\n"
      "sender-host.example.contacts.abuse.net. 60 IN HINFO \"lookup\" \"sender-host.example\"\n";
  SECTION("both") {
    const auto found =
        with_zone(abuse(), about("203.0.113.25"), std::string(kHost) + kAbusix + kKnown);
    CHECK(found.abuse_outcome == LookedUp::found);
    REQUIRE(found.abuse.size() == 3);
    CHECK(found.abuse[0].address == "abuse@net.example");
    CHECK(found.abuse[0].source == "abusix");
    CHECK(found.abuse[1].address == "cert@net.example");
    CHECK(found.abuse[2].address == "reports@sender-host.example");
    CHECK(found.abuse[2].source == "abuse.net");
  }
  SECTION("a default of abuse.net is a guess, and what RFC 2142 says is the last resort") {
    const auto found = with_zone(
        abuse(), about("203.0.113.25"),
        std::string(kHost) +
            "x.abuse-contacts.abusix.zone. 60 IN TXT \"x\"\n"
            "sender-host.example.contacts.abuse.net. 60 IN TXT \"postmaster@sender-host.example\"\n"
            "sender-host.example.contacts.abuse.net. 60 IN HINFO \"default\" \"x\"\n");
    REQUIRE(found.abuse.size() == 1);
    CHECK(found.abuse[0].address == "abuse@sender-host.example");
    CHECK(found.abuse[0].source == "rfc2142");
    CHECK(found.abuse_outcome == LookedUp::none);
  }
  SECTION("where the look-ups got no answer the guess stands beside that") {
    const auto found = with_zone(abuse(), about("203.0.113.25"), kHost);
    REQUIRE(found.abuse.size() == 1);
    CHECK(found.abuse[0].source == "rfc2142");
    CHECK(found.abuse_outcome == LookedUp::unknown);
  }
  SECTION("a name that does not lead back to the address names nobody") {
    const auto found = with_zone(abuse(), about("203.0.113.25"),
                                 "25.113.0.203.in-addr.arpa. 60 IN PTR mail.victim.example.\n"
                                 "mail.victim.example. 60 IN A 198.51.100.1\n"
                                 "x.abuse-contacts.abusix.zone. 60 IN TXT \"x\"\n");
    CHECK(found.abuse.empty());
    CHECK(found.abuse_outcome == LookedUp::none);
  }
  SECTION("what is no address of a mailbox is left out") {
    const auto found = with_zone(
        abuse(), about("203.0.113.25"),
        "25.113.0.203.abuse-contacts.abusix.zone. 60 IN TXT \"call us, \\\"a b\\\"@net.example, "
        "abuse@, @net.example, a@localhost, abuse@net.example\\013\\010Bcc: x@y.example\"\n");
    CHECK(found.abuse.empty());
  }
}

TEST_CASE("a mailbox for reports is plain and at a host name") {
  CHECK(trace::is_report_address("abuse@net.example"));
  CHECK(trace::is_report_address("a.b+c@sub.net.example"));
  CHECK_FALSE(trace::is_report_address("abuse@[203.0.113.1]"));
  CHECK_FALSE(trace::is_report_address("abuse@net.example\r\nBcc: a@b.example"));
  CHECK_FALSE(trace::is_report_address("abuse@com"));
  CHECK_FALSE(trace::is_report_address("<abuse@net.example>"));
}

TEST_CASE("abuse@ is the mailbox of an organization, never of a public suffix") {
  CHECK(trace::role_contact(domain("a.b.net.co.uk"))->address == "abuse@net.co.uk");
  CHECK_FALSE(trace::role_contact(domain("co.uk")));
  CHECK_FALSE(trace::role_contact(domain("localhost")));
}

TEST_CASE("the contacts of a border's client that is not the origin stand by themselves") {
  auto enquiry = about("203.0.113.25");
  enquiry.client = trace::AskedAddress{address("198.51.100.7"), std::nullopt};
  const auto found =
      with_zone(abuse(), enquiry,
                "25.113.0.203.abuse-contacts.abusix.zone. 60 IN TXT \"abuse@far.example\"\n"
                "7.100.51.198.abuse-contacts.abusix.zone. 60 IN TXT \"abuse@near.example\"\n");
  REQUIRE(found.abuse.size() == 1);
  CHECK(found.abuse[0].address == "abuse@far.example");
  REQUIRE(found.client_abuse.size() == 1);
  CHECK(found.client_abuse[0].address == "abuse@near.example");
  CHECK(found.client_abuse_outcome == LookedUp::found);
}

TEST_CASE(
    "the network of a border's client that is not the origin is told, and lists are asked of it") {
  auto enquiry = about("203.0.113.25");
  enquiry.client = trace::AskedAddress{address("198.51.100.7"), std::nullopt};
  trace::Wanted wanted = asn();
  wanted.dnsbl = {domain("bl.example")};
  const auto found = with_zone(wanted, enquiry,
                               "7.100.51.198.origin.asn.cymru.com. 60 IN TXT \"64500 | "
                               "198.51.100.0/24 | FR | ripencc |\"\n"
                               "2.0.0.127.bl.example. 60 IN A 127.0.0.2\n"
                               "7.100.51.198.bl.example. 60 IN A 127.0.0.2\n");
  REQUIRE(found.client_asn);
  CHECK(found.client_asn->number == 64500);
  REQUIRE(found.dnsbl.size() == 2);
  CHECK(found.dnsbl[0].subject == "203.0.113.25");
  CHECK(found.dnsbl[0].listed == false);
  CHECK(found.dnsbl[1].subject == "198.51.100.7");
  CHECK(found.dnsbl[1].listed == true);
  enquiry.client = enquiry.origin;
  const auto same = with_zone(wanted, enquiry, "2.0.0.127.bl.example. 60 IN A 127.0.0.2\n");
  CHECK_FALSE(same.client_asn);
  CHECK(same.dnsbl.size() == 1);
}

TEST_CASE("a list of names is asked about the origin's organization and the author's") {
  trace::Wanted wanted;
  wanted.dnsbl = {domain("dbl.spamhaus.org")};
  auto enquiry = about("203.0.113.25");
  enquiry.author = domain("brand.example");
  const auto found = with_zone(wanted, enquiry,
                               "25.113.0.203.in-addr.arpa. 60 IN PTR mail.sender-host.example.\n"
                               "mail.sender-host.example. 60 IN A 203.0.113.25\n"
                               "dbltest.com.dbl.spamhaus.org. 60 IN A 127.0.1.2\n"
                               "sender-host.example.dbl.spamhaus.org. 60 IN A 127.0.1.4\n");
  REQUIRE(found.dnsbl.size() == 2);
  CHECK(found.dnsbl[0].subject == "sender-host.example");
  CHECK(found.dnsbl[0].listed == true);
  CHECK(found.dnsbl[0].meaning == "a domain of phishing");
  CHECK(found.dnsbl[1].subject == "brand.example");
  CHECK(found.dnsbl[1].listed == false);
}

TEST_CASE("the trace asks third parties about the settled origin alone") {
  trace::Options options = test::trace_options();
  options.enrich.asn = true;
  const std::string message =
      "Received: from mail.sender-host.example (mail.sender-host.example [203.0.113.25])\r\n"
      "\tby mx1.receiver.example (Postfix) with ESMTP id 4Zk1Ty0Qz7z3Xw\r\n"
      "\tfor <mia@receiver.example>; Sun, 1 Nov 2026 00:00:00 +0000 (UTC)\r\n"
      "From: a@sender-host.example\r\n"
      "\r\n";
  const auto report = test::trace_message(message, kNetworkZone, options);
  REQUIRE(report.enrichment.asn);
  CHECK(report.enrichment.asn->number == 23028);
  CHECK(test::trace_message(message, kNetworkZone).enrichment.asn_outcome == LookedUp::not_asked);
}
