#include <string>
#include <vector>

#include "base/base64.hpp"
#include "intake/attached.hpp"
#include "intake/reader.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using intake::AttachedMode;
using intake::Item;

namespace {

const std::string kOriginal =
    "Received: from mailserver.example.net (mailserver.example.net [192.0.2.1])\n"
    " by example.com with ESMTP id M63d4137594e46; Tue, 08 Mar 2005 14:00:00 -0400\n"
    "From: <somespammer@example.net>\nTo: <Undisclosed Recipients>\nSubject: Earn money\n"
    "MIME-Version: 1.0\nContent-type: text/plain\nMessage-ID: "
    "8787KJKJ3K4J3K4J3K4J3.mail@example.net\n"
    "Date: Thu, 02 Sep 2004 12:31:03 -0500\n\nSpam Spam Spam\n";

constexpr char kMark = '\x01';  // where the boundary goes, once it is known

std::string part(const std::string& header, const std::string& body) {
  return kMark + ("\n" + header) + "\n\n" + body + "\n";
}

// Each multipart has a boundary of its own.
std::string multipart(const std::string& type, const std::string& subject,
                      const std::string& parts) {
  const std::string boundary = "b" + std::to_string(parts.size());
  std::string body;
  for (const char c : parts) body += c == kMark ? "--" + boundary : std::string(1, c);
  return "Received: from gw.example.com by mx.example.com; Tue, 8 Mar 2005 17:41:36 -0400\n"
         "From: <abusedesk@example.com>\nDate: Thu, 8 Mar 2005 17:40:36 EDT\nSubject: " +
         subject + "\nTo: <abuse@example.net>\nMIME-Version: 1.0\nContent-Type: multipart/" + type +
         "; boundary=\"" + boundary + "\"\n\n" + body + "--" + boundary + "--\n";
}

// The example of RFC 5965 appendix B.2.
std::string abuse_report(const std::string& original_part) {
  return multipart(
      "report; report-type=feedback-report", "FW: Earn money",
      part("Content-Type: text/plain", "This is an email abuse report for an email message.") +
          part("Content-Type: message/feedback-report",
               "Feedback-Type: abuse\nUser-Agent: SomeGenerator/1.0\nVersion: 1\n"
               "Original-Mail-From: <somespammer@example.net>\n"
               "Original-Rcpt-To: <user@example.com>\n"
               "Arrival-Date: Thu, 8 Mar 2005 14:00:00 EDT\n"
               "Reporting-MTA: dns; mail.example.com\nSource-IP: 192.0.2.1\n"
               "Authentication-Results: mail.example.com;\n smtp.mail=somespammer@example.com;\n"
               " spf=fail\nReported-Domain: example.net\nIncidents: 1") +
          original_part);
}

std::vector<Item> items_of(const std::string& bytes, AttachedMode mode) {
  intake::Options options;
  options.attached = mode;
  std::vector<Item> items;
  for (auto& entry : intake::read_bytes("report.eml", bytes, options)) {
    REQUIRE(std::holds_alternative<Item>(entry));
    items.push_back(std::get<Item>(std::move(entry)));
  }
  return items;
}

std::string wrapped_base64(const std::string& bytes) {
  const std::string encoded = base64_encode(bytes);
  std::string out;
  for (std::size_t at = 0; at < encoded.size(); at += 76) out += encoded.substr(at, 76) + "\n";
  return out;
}

}  // namespace

TEST_CASE("of an abuse report the original is traced, with the facts of the report") {
  const std::string report = abuse_report(part("Content-Type: message/rfc822", kOriginal));
  const auto items = items_of(report, AttachedMode::automatic);
  REQUIRE(items.size() == 1);
  const Item& item = items[0];
  CHECK(item.text == kOriginal);
  CHECK(item.part == "3");
  CHECK(item.kind == intake::Kind::message);
  CHECK(report.substr(item.base_offset, item.text.size()) == item.text);
  CHECK(item.wrapper.wrapper == "feedback-report");
  CHECK(item.wrapper.wrapper_from == "<abusedesk@example.com>");
  CHECK(item.wrapper.wrapper_subject == "FW: Earn money");
  REQUIRE(item.wrapper.source_ip.has_value());
  CHECK(item.wrapper.source_ip->text() == "192.0.2.1");
  CHECK(item.wrapper.mail_from == "somespammer@example.net");
  CHECK(item.wrapper.rcpt_to == "user@example.com");
  CHECK(item.wrapper.arrival_date == "Thu, 8 Mar 2005 14:00:00 EDT");
  CHECK(item.wrapper.reporting_mta == "mail.example.com");
  CHECK(item.wrapper.feedback_type == "abuse");
  CHECK(!item.wrapper.helo.has_value());
}

TEST_CASE("a report with headers alone gives headers alone") {
  const std::string headers = kOriginal.substr(0, kOriginal.find("\n\n") + 1);
  const auto items = items_of(abuse_report(part("Content-Type: text/rfc822-headers", headers)),
                              AttachedMode::automatic);
  REQUIRE(items.size() == 1);
  CHECK(items[0].kind == intake::Kind::headers);
  CHECK(items[0].text.starts_with("Received: from mailserver"));
}

TEST_CASE("an original is found in every type and encoding in which it is attached") {
  struct Case {
    const char* header;
    std::string body;
  };
  std::string quoted = kOriginal;
  quoted.replace(quoted.find("Spam Spam"), 9, "Spam=\n Spam");
  const std::vector<Case> cases = {
      {"Content-Type: message/rfc822", kOriginal},
      {"Content-Type: message/global", kOriginal},
      {"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64",
       wrapped_base64(kOriginal)},
      {"Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable", quoted},
      {"Content-Type: application/octet-stream; name=\"x.eml\"\nContent-Transfer-Encoding: base64",
       wrapped_base64(kOriginal)},
      {"Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n"
       "Content-Disposition: attachment;\n filename*=utf-8''%E6%98%8E.EML",
       wrapped_base64(kOriginal)},
      {"Content-Type: text/plain; name=original.eml", kOriginal},
  };
  for (const Case& one : cases) {
    INFO(one.header);
    const auto items =
        items_of(multipart("mixed", "Fwd: look",
                           part("Content-Type: text/plain", "see") + part(one.header, one.body)),
                 AttachedMode::automatic);
    REQUIRE(items.size() == 1);
    CHECK(items[0].text == kOriginal);
    CHECK(items[0].part == "2");
    CHECK(items[0].wrapper.wrapper == "forward");
    CHECK(items[0].repairs.empty());
  }
}

TEST_CASE("originals nested several levels deep are found, numbered by level") {
  std::string message = kOriginal;
  for (int level = 0; level < 3; ++level) {
    message = multipart("mixed", "FW: again",
                        part("Content-Type: text/plain", "see") +
                            part(level == 1 ? "Content-Type: message/rfc822\n"
                                              "Content-Transfer-Encoding: base64"
                                            : "Content-Type: message/rfc822",
                                 level == 1 ? wrapped_base64(message) : message));
  }
  const auto items = items_of(message, AttachedMode::automatic);
  REQUIRE(items.size() == 1);
  CHECK(items[0].part == "2.2.2");
  CHECK(items[0].text == kOriginal);
  const auto all = items_of(message, AttachedMode::all);
  REQUIRE(all.size() == 4);
  CHECK(!all[0].part.has_value());
  CHECK(all[1].part == "2");
  CHECK(all[2].part == "2.2");
  CHECK(all[3].part == "2.2.2");
}

TEST_CASE("nesting without end is cut at a depth") {
  std::string message = kOriginal;
  for (int level = 0; level < 30; ++level) {
    message = multipart("mixed", "FW: again", part("Content-Type: message/rfc822", message));
  }
  CHECK(items_of(message, AttachedMode::all).size() == attached::kMaxDepth + 1);
}

TEST_CASE("attached messages are left alone where that is asked") {
  const auto items =
      items_of(abuse_report(part("Content-Type: message/rfc822", kOriginal)), AttachedMode::never);
  REQUIRE(items.size() == 1);
  CHECK(!items[0].part.has_value());
  CHECK(items[0].wrapper.wrapper.empty());
}

TEST_CASE("a message with an attached one beside other things, or with much text, is no forward") {
  const std::string original = part("Content-Type: message/rfc822", kOriginal);
  const std::string letter =
      part("Content-Type: text/plain", std::string(attached::kShortText + 1, 'x'));
  const std::string picture = part("Content-Type: application/pdf; name=a.pdf", "%PDF");
  for (const std::string& parts : {letter + original, picture + original}) {
    const auto items = items_of(multipart("mixed", "Minutes", parts), AttachedMode::automatic);
    REQUIRE(items.size() == 1);
    CHECK(!items[0].part.has_value());
  }
  const auto bounce =
      items_of(multipart("report; report-type=delivery-status", "Undelivered", original),
               AttachedMode::automatic);
  REQUIRE(bounce.size() == 1);
  CHECK(!bounce[0].part.has_value());
}

TEST_CASE("a wrapper whose original cannot be read is traced itself") {
  const auto items = items_of(
      multipart("mixed", "Fwd: x",
                part("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64", "!!!")),
      AttachedMode::automatic);
  REQUIRE(items.size() == 1);
  CHECK(!items[0].part.has_value());
}

TEST_CASE("facts of a report that are malformed are null, not guessed") {
  const std::string report =
      multipart("report; report-type=feedback-report", "x",
                part("Content-Type: message/feedback-report",
                     "Source-IP: 999.1.2.3\nOriginal-Mail-From: <>\nReceived-Date: yesterday") +
                    part("Content-Type: message/rfc822", kOriginal));
  const auto items = items_of(report, AttachedMode::automatic);
  REQUIRE(items.size() == 1);
  CHECK(!items[0].wrapper.source_ip.has_value());
  CHECK(items[0].wrapper.mail_from == "");
  CHECK(!items[0].wrapper.rcpt_to.has_value());
  CHECK(items[0].wrapper.arrival_date == "yesterday");
}
