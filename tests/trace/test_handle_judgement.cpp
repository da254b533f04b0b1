// Which handles are genuine, and who takes a report: each ground and its twin, the kit that copied
// the field.

#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/handle_text.hpp"
#include "support/route_text.hpp"
#include "support/trace.hpp"

using namespace emltrace;
using test::received;

namespace {

// Of each handle `+` and whom a report goes to, or `-`.
std::string judged(const std::string& text, const char* zone = "") {
  std::string out;
  for (const auto& handle : test::trace_message(text + "\nbody\n", zone).handles) {
    out += (out.empty() ? "" : " ") + std::string(handle.trusted ? "+" : "-");
    for (const auto& contact : handle.report_to) out += contact.address;
  }
  return out;
}

std::string from_host(const std::string& host) {
  return received(host + " (" + host + " [81.187.42.20])", "mx.corp.example");
}

const std::string kKit = from_host("out.kit.example");
const std::string kFrom = "From: a@shop.example\nTo: b@corp.example\n";
const std::string kSes = "X-SES-Outgoing: 2026.11.17-81.187.42.20\n";

std::string signature(const char* domain, const char* names) {
  return std::string("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=") + domain +
         "; s=s1;\n\th=" + names + ";\n\tbh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=YWJj\n";
}

// The recipient's own server recorded that the signature passes; its key is gone since.
std::string recorded(const char* domain) {
  return std::string("Authentication-Results: mx.corp.example; dkim=pass header.d=") + domain +
         "\n";
}

}  // namespace

TEST_CASE("the client of the border tells whether the operator handled the message") {
  CHECK(judged(from_host("a7-12.smtp-out.eu-west-1.amazonses.com") + kSes + kFrom) ==
        "+email-abuse@amazon.com");
  CHECK(judged(kKit + kSes + kFrom) == "-");
  // The client's own word alone.
  CHECK(judged(received("a7-12.smtp-out.amazonses.com ([81.187.42.20])", "mx.corp.example") + kSes +
               kFrom) == "-");
  // A confirmed name that is not recorded.
  CHECK(judged(received("x ([81.187.42.20])", "mx.corp.example") + kSes + kFrom,
               "20.42.187.81.in-addr.arpa. 60 PTR a7-12.smtp-out.amazonses.com.\n"
               "a7-12.smtp-out.amazonses.com. 60 A 81.187.42.20\n") == "+email-abuse@amazon.com");
  CHECK(judged(from_host("mail42.atl271.mcdlv.net") + "X-MC-User: 0123\n" + kFrom) ==
        "+abuse@mailchimp.com");
  CHECK(judged(from_host("host4.hosting.example") +
               "X-Authenticated-Sender: host4.hosting.example: u@shop.example\n" + kFrom) ==
        "+abuse@hosting.example");
  CHECK(judged(from_host("mail.hosting.example") +
               "X-Authenticated-Sender: host4.hosting.example: u@shop.example\n" + kFrom) ==
        "+abuse@hosting.example");
  // A customer's machine that a firm names under its domain.
  CHECK(judged(from_host("vps-1.vps.ovh.net") + "X-OVH-Tracer-Id: 1\n" + kFrom) == "-");
  CHECK(judged(from_host("6.mail-out.ovh.net") + "X-OVH-Tracer-Id: 1\n" + kFrom) == "+");
  CHECK(judged(kKit + "X-Authenticated-Sender: host4.hosting.example: u@shop.example\n" + kFrom) ==
        "-");
}

TEST_CASE("a claimed line below the border that names the operator shows nothing") {
  CHECK(judged(kKit +
               received("a1.smtp-out.amazonses.com (a1.smtp-out.amazonses.com [54.240.1.1])",
                        "out.other.example") +
               kSes + kFrom) == "-");
}

TEST_CASE("a signature of the operator that covers the field shows it, one that does not, not") {
  const auto message = [](const char* by, const char* domain, const char* names) {
    return recorded(by) + kKit + signature(domain, names) + "X-SG-EID: u001\n" + kFrom;
  };
  CHECK(judged(message("sendgrid.net", "sendgrid.net", "from:x-sg-eid")) ==
        "+https://sendgrid.com/report-spam");
  CHECK(judged(message("sendgrid.net", "sendgrid.net", "from:to")) == "-");
  CHECK(judged(message("shop.example", "shop.example", "from:x-sg-eid")) == "-");
  // Not recorded as passing.
  CHECK(judged(message("other.example", "sendgrid.net", "from:x-sg-eid")) == "-");
}

TEST_CASE("of a name that stands twice the signature covers the lower one") {
  CHECK(judged(recorded("sendgrid.net") + kKit + "X-SG-EID: added\n" +
               signature("sendgrid.net", "from:x-sg-eid") + "X-SG-EID: u001\n" + kFrom) ==
        "- +https://sendgrid.com/report-spam");
}

TEST_CASE("a recorded pass that fits two signatures tells of neither") {
  CHECK(judged(recorded("sendgrid.net") + kKit + signature("sendgrid.net", "from:x-sg-eid") +
               signature("sendgrid.net", "from") + "X-SG-EID: u001\n" + kFrom) == "-");
}

TEST_CASE(
    "MAIL FROM is the client's word, whoever wrote it down, until SPF or the route bears it") {
  const std::string path =
      "Return-Path: <0107019a0f3c6000-1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d-000000@"
      "eu-central-1.amazonses.com>\n";
  const char* zone = "eu-central-1.amazonses.com. 60 TXT \"v=spf1 ip4:81.187.42.20 -all\"\n";
  const std::string text = path + kKit + kFrom;
  CHECK(judged(text) == "-");
  CHECK(judged(text, zone) == "+email-abuse@amazon.com");
  const auto report = test::trace_message(text + "\n", zone);
  CHECK(format_rfc3339(report.handles.at(0).made_at.value()) == "2025-10-23T04:03:26Z");
  CHECK(judged(path + from_host("b2.smtp-out.amazonses.com") + kFrom) == "+email-abuse@amazon.com");
}

TEST_CASE("where no Return-Path stands the envelope sender is read as recorded") {
  const std::string text =
      "Received-SPF: pass (mx.corp.example: domain of x) client-ip=81.187.42.20; "
      "envelope-from=\"bounces+13160000-ab87-b=corp.example@em.shop.example\"; "
      "receiver=mx.corp.example;\n" +
      from_host("o1.sendgrid.net") + kFrom;
  const auto report = test::trace_message(text + "\n", "");
  REQUIRE(report.handles.size() == 1);
  CHECK(report.handles[0].header.empty());
  CHECK(report.handles[0].line == 0);
  CHECK(test::told(report.handles[0]) ==
        "account 13160000 sendgrid.net -> https://sendgrid.com/report-spam (provider) "
        "recipient=b@corp.example");
  CHECK(report.handles[0].trusted);
}

TEST_CASE("what an own host wrote is trusted, the same below its line a claim") {
  CHECK(judged("X-Originating-IP: [198.51.100.4]\n" + kKit + kFrom) == "+");
  CHECK(judged(kKit + "X-Originating-IP: [198.51.100.4]\n" + kFrom) == "-");
}

TEST_CASE("a Microsoft tenant is the sender's only below a border that is not Microsoft's") {
  const std::string outbound =
      "mail-am6eur05.outbound.protection.outlook.com "
      "(mail-am6eur05.outbound.protection.outlook.com [40.107.22.1])";
  const std::string id = "X-MS-Exchange-CrossTenant-Id: 1a2b3c4d-5e6f-4071-8293-a4b5c6d7e8f9\n";
  const std::string client =
      "X-MS-Exchange-CrossTenant-OriginalAttributedTenantConnectingIp: TenantId=1a2b;"
      "Ip=[198.51.100.61];Helo=[x]\n";
  const std::string msrc = "https://msrc.microsoft.com/report/abuse";
  CHECK(judged(received(outbound, "mx.corp.example") + kFrom + id) == "+" + msrc);
  CHECK(judged(received(outbound, "AM1.mail.protection.outlook.com") + kFrom + id).empty());
  CHECK(judged(received(outbound, "AM1.mail.protection.outlook.com") + kFrom + client) ==
        "+" + msrc + " +" + msrc);
  CHECK(judged(kKit + kFrom + id + client) == "- - -");
}

TEST_CASE(
    "a mark of certified senders is reported to nobody, though its firm's name stands in it") {
  CHECK(judged(from_host("mail.eco.de") + "X-CSA-Complaints: csa-complaints@eco.de\n" + kFrom) ==
        "-");
}

TEST_CASE("an address for complaints counts where its owner had a part in the message") {
  const std::string field = "X-Report-Abuse-To: abuse@mailjet.com\n";
  CHECK(judged(from_host("o1.p7.mailjet.com") + field + kFrom) == "+abuse@mailjet.com");
  CHECK(judged(kKit + field + kFrom) == "-");
  CHECK(judged(from_host("m1.mailgun.net") + "X-Report-Abuse: abuse@mailgun.com\n" + kFrom) ==
        "+abuse@mailgun.com");
}

TEST_CASE("RFC 9477: a signature of the address's domain, and the author's, must cover the field") {
  const std::string field = "CFBL-Address: fbl@shop.example; report=arf\n";
  const std::string id = "CFBL-Feedback-ID: 1:2\n";
  const auto with = [](const char* domain, const char* names) {
    return recorded(domain) + kKit + signature(domain, names);
  };
  CHECK(judged(with("shop.example", "from:cfbl-address") + field + kFrom) == "+fbl@shop.example");
  CHECK(judged(with("shop.example", "from") + field + kFrom) == "-");
  CHECK(judged(with("other.example", "from:cfbl-address") + field + kFrom) == "-");
  CHECK(judged(with("shop.example", "from:cfbl-address") + field + id + kFrom) == "-");
  CHECK(judged(with("shop.example", "from:cfbl-address:cfbl-feedback-id") + field + id + kFrom) ==
        "+fbl@shop.example");
  // The client alone is no ground.
  CHECK(judged(from_host("out.shop.example") + field + kFrom) == "-");
  // A mailer's own address needs the author's signature beside it.
  const std::string mailer = "CFBL-Address: fbl@mailer.example\n" + kFrom;
  CHECK(judged(with("mailer.example", "from:cfbl-address") + mailer) == "-");
  CHECK(judged("Authentication-Results: mx.corp.example; dkim=pass header.d=mailer.example; "
               "dkim=pass header.d=shop.example\n" +
               kKit + signature("mailer.example", "from:cfbl-address") +
               signature("shop.example", "from:cfbl-address") + mailer) == "+fbl@mailer.example");
  // The first valid one alone.
  CHECK(judged(with("shop.example", "from:cfbl-address:cfbl-address") + field + field + kFrom) ==
        "+fbl@shop.example +");
}

TEST_CASE("filters and handles move no level") {
  const auto level = [](const std::string& more) {
    return test::trace_message(kKit + more + kFrom + "\nbody\n", "").verdict.level;
  };
  CHECK(level("X-Spam-Flag: YES\nX-Vade-Spamstate: phishing\n" + kSes) == level(""));
}
