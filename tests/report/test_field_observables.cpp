#include <string>
#include <vector>

#include "report/exchange/iocs.hpp"
#include "support/catch.hpp"
#include "support/trace.hpp"

using namespace emltrace;

namespace {

// Offline: the border is the top line by its authserv-id; `client` is the host that connected.
std::string message_with(const std::string& above, const std::string& below,
                         const std::string& client = "mail.sender.example") {
  return above +
         "Authentication-Results: mx.recipient.example; spf=none\r\n"
         "Received: from " +
         client + " (" + client +
         " [198.51.100.12])\r\n"
         "\tby mx.recipient.example (Postfix) with ESMTP id 88BFF24001F0\r\n"
         "\tfor <r@recipient.example>; Tue, 5 May 2026 10:00:03 +0000 (UTC)\r\n" +
         below +
         "From: Someone <a@sender.example>\r\nTo: r@recipient.example\r\nSubject: x\r\n"
         "Date: Tue, 5 May 2026 09:59:59 +0000\r\n\r\nhello\r\n";
}

std::string iocs_of(const std::string& message,
                    const std::vector<trace::FilterReport>& filters = {}) {
  trace::Report report = test::trace_offline(message);
  report.filters = filters;
  intake::Item item;
  item.original = item.text = message;
  return report::to_iocs(report, item).lines;
}

bool has(const std::string& lines, const std::string& line) {
  return ('\n' + lines).find('\n' + line + '\n') != std::string::npos;
}

trace::FilterReport filter(std::size_t line, const char* header, bool trusted) {
  trace::FilterReport out;
  out.line = line;
  out.header = header;
  out.trusted = trusted;
  return out;
}

}  // namespace

TEST_CASE(
    "the client that the recipient's own filter saw is own; the same field of others a claim") {
  for (const char* field :
       {"X-Forefront-Antispam-Report: SFV:NSPM;CIP:203.0.113.24;CTRY:NL",
        "X-Sender-IP: 203.0.113.24", "X-IronPort-RemoteIP: 203.0.113.24",
        "X-FEAS-Client-IP: 203.0.113.24", "X-Barracuda-Connect: mail.x.example[203.0.113.24]"}) {
    CAPTURE(field);
    const std::string line = std::string(field) + "\r\n";
    CHECK(has(iocs_of(message_with(line, "")), "ip\t203.0.113.24\tclient\town"));
    CHECK(has(iocs_of(message_with("", line)), "ip\t203.0.113.24\tclient\tunverified"));
  }
}

TEST_CASE("who wrote a filter's field is told by more than its place") {
  // Of a filter's field the judgement of the trace counts, wherever the field stands.
  const std::string below = message_with("", "X-Sender-IP: 203.0.113.24\r\n");
  CHECK(has(iocs_of(below, {filter(5, "X-Sender-IP", true)}), "ip\t203.0.113.24\tclient\town"));
  const std::string above = message_with("X-Sender-IP: 203.0.113.24\r\n", "");
  CHECK(has(iocs_of(above, {filter(1, "X-Sender-IP", false)}),
            "ip\t203.0.113.24\tclient\tunverified"));
  SECTION("Outlook.com's mailbox writes below what it received, and marks where that ends") {
    const std::string marked =
        "Received: from mail.sender.example (198.51.100.12) by AM1.mail.protection.outlook.com\r\n"
        " (10.1.2.3) with Microsoft SMTP Server id 15.20.1.1; Tue, 5 May 2026 10:00:03 +0000\r\n"
        "X-IncomingTopHeaderMarker: OriginalChecksum:A;Count:2\r\n"
        "From: Someone <a@sender.example>\r\nSubject: x\r\n";
    const std::string field = "X-Sender-IP: 203.0.113.24\r\n";
    const std::string end = "\r\nhello\r\n";
    const auto traced = [](const std::string& message) {
      intake::Item item;
      item.original = item.text = message;
      return report::to_iocs(test::trace_offline(message), item).lines;
    };
    CHECK(has(traced(marked + "X-IncomingHeaderCount: 2\r\n" + field + end),
              "ip\t203.0.113.24\tclient\town"));
    CHECK(has(traced(marked + field + "X-IncomingHeaderCount: 2\r\n" + end),
              "ip\t203.0.113.24\tclient\tunverified"));
  }
}

TEST_CASE("the client in Vade's parameters") {
  trace::FilterReport vade = filter(1, "X-VR-SPAMCAUSE", true);
  vade.vendor = "vade";
  vade.values = {{"decoded",
                  "Vade Retro; Ip=203.0.113.1; Param=inet=203.0.113.7,helo=x.example,mailfrom=a@b",
                  {}}};
  CHECK(has(iocs_of(message_with("", ""), {vade}), "ip\t203.0.113.7\tclient\town"));
}

TEST_CASE("the broadcast address stands for no client") {
  CHECK(iocs_of(message_with("X-Forefront-Antispam-Report: CIP:255.255.255.255;SFV:NSPM\r\n", ""))
            .find("255.255") == std::string::npos);
}

TEST_CASE("the client of a Microsoft tenant is the origin, supported where Microsoft connected") {
  const std::string tenant =
      "X-MS-Exchange-CrossTenant-OriginalAttributedTenantConnectingIp: "
      "TenantId=1a2b3c4d-5e6f-4071-8293-a4b5c6d7e8f9;Ip=[198.51.100.61];Helo=[mail.tenant.example]"
      "\r\n";
  const std::string untrusted =
      "X-Forefront-Antispam-Report-Untrusted: CIP:198.51.100.61;CTRY:US;SFV:SPM\r\n";
  const std::string microsoft = "mail-am0eur02on2041.outbound.protection.outlook.com";
  for (const std::string& field : {tenant, untrusted}) {
    CAPTURE(field);
    CHECK(has(iocs_of(message_with("", field, microsoft)),
              "ip\t198.51.100.61\torigin\tcorroborated"));
    CHECK(has(iocs_of(message_with("", field)), "ip\t198.51.100.61\torigin\tunverified"));
  }
}

TEST_CASE("who a sending host says it had the message from is claimed") {
  for (const char* field :
       {"X-Originating-IP: [198.51.100.4]", "X-SourceIP: 198.51.100.4", "X-ClientIP: 198.51.100.4",
        "X-EIP: 198.51.100.4", "X-Real-IP: 198.51.100.4", "X-Mailer-IP: 198.51.100.4",
        "X-OVH-ClientIP: 198.51.100.4", "X-Source-IP: 198.51.100.4", "X-ME-IP: 198.51.100.4",
        "X-Source-Sender: (desk) [198.51.100.4]:51234",
        "X-PHP-Script: www.customer.example/x.php for 198.51.100.4"}) {
    CAPTURE(field);
    CHECK(has(iocs_of(message_with("", std::string(field) + "\r\n")),
              "ip\t198.51.100.4\tclaimed-origin\tunverified"));
  }
  const std::string two =
      iocs_of(message_with("", "X-PHP-Script: a.example/x.php for 198.51.100.4, 198.51.100.5\r\n"));
  CHECK(has(two, "ip\t198.51.100.5\tclaimed-origin\tunverified"));
  CHECK(iocs_of(message_with("", "X-Originating-IP: 10.1.2.3\r\nX-EIP: not an address\r\n"))
            .find("claimed-origin") == std::string::npos);
}

TEST_CASE("a service's own address is supported where it is the one that connected") {
  CHECK(has(iocs_of(message_with("", "X-SES-Outgoing: 2026.11.17-198.51.100.12\r\n")),
            "ip\t198.51.100.12\trelay\tcorroborated"));
  CHECK(has(iocs_of(message_with("", "X-SES-Outgoing: 2026.11.17-198.51.100.13\r\n")),
            "ip\t198.51.100.13\trelay\tunverified"));
  CHECK(has(iocs_of(message_with("", "X-Mailgun-Sending-Ip: 198.51.100.12\r\n")),
            "ip\t198.51.100.12\trelay\tcorroborated"));
}

TEST_CASE("the sender before an address was rewritten stands as the writer of the line") {
  const std::string srs = "Return-Path: <SRS0=Xk2P=GQ=shop.example=anna@forwarder.example>\r\n";
  CHECK(has(iocs_of(message_with(srs, "")), "email\tanna@shop.example\toriginal-sender\town"));
  for (const char* field :
       {"X-Google-Original-From: Anna <anna@shop.example>", "X-Sonic-MF: <anna@shop.example>",
        "X-Alimail-AntiSpam: AC=PASS;BC=-1|-1;MF=anna@shop.example;NM=1;PH=DS;"}) {
    CAPTURE(field);
    const std::string line = std::string(field) + "\r\n";
    CHECK(has(iocs_of(message_with("", line)),
              "email\tanna@shop.example\toriginal-sender\tunverified"));
  }
}

TEST_CASE("the writer of a field below the border is the host of the line next below it") {
  const std::string lower =
      "Received: from desk.sender.example (desk.sender.example [198.51.100.40])\r\n"
      "\tby mail.sender.example (Postfix) with ESMTPSA id 88BFF24001F1;\r\n"
      "\tTue, 5 May 2026 10:00:00 +0000 (UTC)\r\n";
  const std::string field = "X-PHP-Script: www.customer.example/x.php for 198.51.100.4\r\n";
  trace::Report report = test::trace_offline(message_with("", field + lower));
  report.hops[0].standing = trace::Standing::contradicted;
  const std::string message = message_with("", field + lower);
  intake::Item item;
  item.original = item.text = message;
  CHECK(has(report::to_iocs(report, item).lines,
            "domain\twww.customer.example\tcompromised-site\tcontradicted"));
}

TEST_CASE("the site whose script sent, and the script's path") {
  const std::string php = iocs_of(
      message_with("", "X-PHP-Script: www.customer.example/wp-admin/x9.php for 198.51.100.4\r\n"));
  CHECK(has(php, "domain\twww.customer.example\tcompromised-site\tunverified"));
  CHECK(has(php, "path\t/wp-admin/x9.php\tcompromised-site\tunverified"));
  const std::string dir =
      iocs_of(message_with("", "X-Source-Dir: customer.example:/public_html/wp\r\n"));
  CHECK(has(dir, "domain\tcustomer.example\tcompromised-site\tunverified"));
  CHECK(has(dir, "path\t/public_html/wp\tcompromised-site\tunverified"));
  const std::string args =
      iocs_of(message_with("", "X-Source-Args: /usr/bin/php /home/acct/public_html/x.php\r\n"));
  CHECK(has(args, "path\t/home/acct/public_html/x.php\tcompromised-site\tunverified"));
  CHECK(args.find("/usr/bin/php") == std::string::npos);
  CHECK(iocs_of(message_with("", "X-Source-Dir: \r\nX-Source-Args: \r\nX-PHP-Script: \r\n"))
            .find("compromised") == std::string::npos);
}
