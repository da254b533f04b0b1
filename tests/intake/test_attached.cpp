#include <string>
#include <vector>

#include "base/base64.hpp"
#include "intake/inside/attached.hpp"
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
         subject + "\nTo: <carl@example.net>\nMIME-Version: 1.0\nContent-Type: multipart/" + type +
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
  const auto items = items_of(message, AttachedMode::all);
  REQUIRE(items.size() == attached::kMaxDepth + 1);
  REQUIRE(items.back().untraced.size() == 1);
  CHECK(items.back().untraced[0].why == intake::Untraced::Why::too_deep);
  CHECK(items.back().untraced[0].part == "1.1.1.1.1.1.1.1.1");
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

TEST_CASE("a message in a delivery status notification came back; one in a forward did not") {
  const std::string original = part("Content-Type: message/rfc822", kOriginal);
  const auto bounce = items_of(
      multipart("report; report-type=delivery-status", "Undelivered", original), AttachedMode::all);
  REQUIRE(bounce.size() == 2);
  CHECK_FALSE(bounce[0].wrapper.returned);
  CHECK(bounce[1].wrapper.returned);
  const auto forward =
      items_of(multipart("mixed", "Fwd: Minutes", original), AttachedMode::automatic);
  REQUIRE(forward.size() == 1);
  CHECK_FALSE(forward[0].wrapper.returned);
}

TEST_CASE("who signed a notification, and whom it went to, is told of what it returns") {
  const std::string original = part("Content-Type: message/rfc822", kOriginal);
  const std::string signatures =
      "DKIM2-Signature: i=2; m=1; t=1; d=fwd.example; s=x:y:z; mf=PD4=; rt=PGFAYi5jPg==;\n"
      "DKIM2-Signature: i=1; m=1; t=1;\n d=b.example; s=x:y:z; mf=PD4=; rt=PGFAYi5jPg==;\n"
      "DKIM2-Signature: no tags\n";
  const auto notice = [&](const std::string& type) {
    return signatures + "To: Ann <ann@a.example>, list@l.example\n" +
           multipart(type, "Undelivered", original);
  };
  const auto bounce = items_of(notice("report; report-type=delivery-status"), AttachedMode::all);
  REQUIRE(bounce.size() == 2);
  CHECK(bounce[0].wrapper.notice_signers.empty());
  CHECK(bounce[1].wrapper.notice_signers == std::vector<std::string>{"b.example", "fwd.example"});
  CHECK(bounce[1].wrapper.notice_recipients ==
        std::vector<std::string>{"ann@a.example", "list@l.example"});
  const auto forward = items_of(notice("mixed"), AttachedMode::all);
  REQUIRE(forward.size() == 2);
  CHECK(forward[1].wrapper.notice_signers.empty());
  CHECK(forward[1].wrapper.notice_recipients.empty());
}

TEST_CASE(
    "in a feedback report the part behind the report is the original, whatever it is called") {
  const std::string headers = kOriginal.substr(0, kOriginal.find("\n\n") + 1);
  struct Case {
    const char* type;
    std::string body;
    intake::Kind kind;
  };
  const std::vector<Case> cases = {
      {"text/plain", headers, intake::Kind::headers},
      {"text/plain", kOriginal, intake::Kind::message},
      {"message/rfc822-headers", headers, intake::Kind::headers},
      {"text/rfc822-header", headers, intake::Kind::headers},
      {"text/rfc822", kOriginal, intake::Kind::message},
      {"application/octet-stream", kOriginal, intake::Kind::message},
      {"application/x-original", kOriginal, intake::Kind::message},
  };
  for (const Case& one : cases) {
    INFO(one.type);
    const auto items =
        items_of(abuse_report(part(std::string("Content-Type: ") + one.type, one.body)),
                 AttachedMode::automatic);
    REQUIRE(items.size() == 1);
    CHECK(items[0].part == "3");
    CHECK(items[0].kind == one.kind);
    CHECK(items[0].text.starts_with("Received: from mailserver"));
    CHECK(items[0].wrapper.source_ip.has_value());
  }
  // A closing remark is no original.
  const auto items = items_of(abuse_report(part("Content-Type: text/plain", "Regards: Bob\n")),
                              AttachedMode::automatic);
  REQUIRE(items.size() == 1);
  CHECK_FALSE(items[0].part.has_value());
}

TEST_CASE("a report that names several recipients names no RCPT TO, and lists them all") {
  std::string report = abuse_report(part("Content-Type: message/rfc822", kOriginal));
  const std::string field = "Original-Rcpt-To: <user@example.com>\n";
  report.replace(report.find(field), field.size(), field + "Original-Rcpt-To: <two@example.com>\n");
  const auto items = items_of(report, AttachedMode::automatic);
  REQUIRE(items.size() == 1);
  CHECK_FALSE(items[0].wrapper.rcpt_to.has_value());
  CHECK(items[0].wrapper.recipients ==
        std::vector<std::string>{"user@example.com", "two@example.com"});
  CHECK(items[0].wrapper.reported_domains == std::vector<std::string>{"example.net"});
}

TEST_CASE("a message that a report button sends is about the one in it, whatever stands beside") {
  const std::string letter =
      part("Content-Type: text/plain", std::string(attached::kShortText + 1, 'x'));
  const std::string json = part("Content-Type: application/json; name=report.json", "{}");
  const std::string picture = part("Content-Type: image/png; name=screen.png", "PNG");
  const std::string original = part("Content-Type: message/rfc822", kOriginal);
  const std::string button =
      part("Content-Type: message/rfc822; name=\"phish_alert_sp2_2.0.0.0.eml\"", kOriginal);
  const std::string filter = part("Content-Type: message/rfc822; x-spam-type=original", kOriginal);
  struct Case {
    const char* subject;
    std::string parts;
    bool report;
  };
  const std::vector<Case> cases = {
      {"[Phish Alert] x", letter + json + picture + original, true},
      {"Gemeldet: Earn money", letter + json + original, true},
      {"Gemeldet: Earn money", letter + picture + original, false},
      {"Re: Earn money", letter + original, false},
      {"Ticket 7", letter + picture + button, true},
      {"Earn money", letter + filter, true},
      {"Earn money", letter + original, false},
      {"[SPAM] Invoice", letter + original, false},
  };
  for (const Case& one : cases) {
    INFO(one.subject << one.parts);
    const auto items =
        items_of(multipart("mixed", one.subject, one.parts), AttachedMode::automatic);
    REQUIRE(items.size() == 1);
    CHECK(items[0].part.has_value() == one.report);
    CHECK(items[0].wrapper.wrapper == (one.report ? "user-report" : ""));
  }
}

TEST_CASE("a letter to a mailbox for reports is a report, one to a team is a letter") {
  const std::string letter =
      part("Content-Type: text/plain", std::string(attached::kShortText + 1, 'x'));
  std::string report =
      multipart("mixed", "Look", letter + part("Content-Type: message/rfc822", kOriginal));
  const auto to_team = items_of(report, AttachedMode::automatic);
  REQUIRE(to_team.size() == 1);
  CHECK_FALSE(to_team[0].part.has_value());
  report.replace(report.find("<carl@example.net>"), 6, "<abuse@");
  const auto to_abuse = items_of(report, AttachedMode::automatic);
  REQUIRE(to_abuse.size() == 1);
  CHECK(to_abuse[0].wrapper.wrapper == "user-report");
}

TEST_CASE("of several messages in a report each is traced") {
  const std::string original = part("Content-Type: message/rfc822", kOriginal);
  const auto items =
      items_of(multipart("mixed", "Fwd: two", original + original), AttachedMode::automatic);
  REQUIRE(items.size() == 2);
  CHECK(items[0].part == "1");
  CHECK(items[1].part == "2");
}

TEST_CASE("content that begins with a mail header is a message, without a name or a telling type") {
  const std::string text = part("Content-Type: text/plain", "see");
  for (const char* header :
       {"Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n"
        "Content-Disposition: attachment",
        "Content-Transfer-Encoding: base64\nContent-Disposition: attachment",
        "Content-Type: application/octet-stream; name=\"=?utf-8?B?cGhpc2g=?=\"\n"
        "Content-Transfer-Encoding: base64"}) {
    INFO(header);
    const auto items =
        items_of(multipart("mixed", "Report", text + part(header, wrapped_base64(kOriginal))),
                 AttachedMode::automatic);
    REQUIRE(items.size() == 1);
    CHECK(items[0].part == "2");
    CHECK(items[0].kind == intake::Kind::message);
    CHECK(items[0].text == kOriginal);
  }
}

TEST_CASE("a patch, a note and a reference to a message elsewhere hold none") {
  const std::string patch =
      "From 5cd3b55 Mon Sep 17 00:00:00 2001\nFrom: a@b.example\nDate: Tue, 8 Mar 2005 14:00:00 "
      "-0400\nSubject: x\nMessage-ID: <p@b.example>\n\ndiff\n";
  for (const std::string& other :
       {part("Content-Type: application/octet-stream; name=0001-x.patch", patch),
        part("Content-Type: text/plain; name=notes.txt", "Received: a parcel\nFrom: my aunt"),
        part("Content-Type: message/external-body; access-type=URL; name=a.eml", kOriginal),
        part("Content-Type: application/msword; name=a.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")}) {
    INFO(other);
    const auto items =
        items_of(multipart("mixed", "FW: x", part("Content-Type: text/plain", "see") + other),
                 AttachedMode::all);
    REQUIRE(items.size() == 1);
    CHECK(items[0].untraced.empty());
  }
}

TEST_CASE("digests, in a multipart of its own or in another, and bounces stay what they are") {
  const auto digest = [](const std::string& outer) {
    const std::string inside = "--in\n\n" + kOriginal + "\n--in--";
    return multipart(outer, "List Digest, Vol 1",
                     part("Content-Type: multipart/digest; boundary=in", inside));
  };
  const auto items = items_of(digest("mixed"), AttachedMode::automatic);
  REQUIRE(items.size() == 1);
  CHECK_FALSE(items[0].part.has_value());
  REQUIRE(items[0].untraced.size() == 1);
  CHECK(items[0].untraced[0].part == "1.1");
  CHECK(items[0].untraced[0].why == intake::Untraced::Why::not_asked);
  CHECK(items_of(digest("mixed"), AttachedMode::all).size() == 2);
  // The user's own choice needs no remark.
  CHECK(items_of(digest("mixed"), AttachedMode::never).at(0).untraced.empty());

  std::string bounce =
      multipart("mixed", "failure notice", part("Content-Type: message/rfc822", kOriginal));
  bounce.replace(bounce.find("<abusedesk@"), 11, "<MAILER-DAEMON@");
  CHECK_FALSE(items_of(bounce, AttachedMode::automatic).at(0).part.has_value());
}

TEST_CASE("what is signed, and what a filter adds, leaves a forward a forward") {
  const auto items = items_of(
      multipart("signed", "FW: x",
                part("Content-Type: message/rfc822", kOriginal) +
                    part("Content-Type: application/pgp-signature; name=signature.asc", "x")),
      AttachedMode::automatic);
  REQUIRE(items.size() == 1);
  CHECK(items[0].wrapper.wrapper == "forward");
}

TEST_CASE("a long letter in HTML alone is a letter") {
  const std::string original = part("Content-Type: message/rfc822", kOriginal);
  const auto traced = [&](std::size_t size) {
    const std::string html = part("Content-Type: text/html", "<p>" + std::string(size, 'x'));
    return items_of(multipart("mixed", "Minutes", html + original), AttachedMode::automatic)
        .at(0)
        .part.has_value();
  };
  CHECK(traced(attached::kShortText));
  CHECK_FALSE(traced(attached::kShortText + 1));
}

TEST_CASE("winmail.dat is told as not read") {
  for (const std::string& tnef :
       {part("Content-Type: application/ms-tnef; name=winmail.dat", "x"),
        part("Content-Type: application/octet-stream", "\x78\x9F\x3E\x22rest")}) {
    const auto items =
        items_of(multipart("mixed", "FW: x", part("Content-Type: text/plain", "see") + tnef),
                 AttachedMode::automatic);
    REQUIRE(items.size() == 1);
    REQUIRE(items[0].untraced.size() == 1);
    CHECK(items[0].untraced[0].part == "2");
    CHECK(items[0].untraced[0].why == intake::Untraced::Why::tnef);
  }
}

TEST_CASE("a header pasted into the text of a report is offered, and traced where all is asked") {
  const std::string headers = kOriginal.substr(0, kOriginal.find("\n\n") + 1);
  const std::string report =
      "From: c@d.example\nTo: abuse@b.example\nDate: Thu, 8 Mar 2005 17:40:36 -0500\n"
      "Subject: spam\n\nHello,\n-----Original header-----\n" +
      headers + "\nRegards\n";
  const auto items = items_of(report, AttachedMode::automatic);
  REQUIRE(items.size() == 1);
  CHECK_FALSE(items[0].part.has_value());
  REQUIRE(items[0].untraced.size() == 1);
  CHECK(items[0].untraced[0].part == "1");
  CHECK(items[0].untraced[0].why == intake::Untraced::Why::in_text);
  const auto all = items_of(report, AttachedMode::all);
  REQUIRE(all.size() == 2);
  CHECK(all[1].part == "1");
  CHECK(all[1].kind == intake::Kind::headers);
  CHECK(all[1].text.starts_with("Received: from mailserver"));
}

TEST_CASE("a journal of Exchange gives its message, with the envelope that it states") {
  const std::string original = part("Content-Type: message/rfc822", kOriginal);
  const std::string id = "Message-Id: <8787KJKJ3K4J3K4J3K4J3.mail@example.net>";
  const auto journal = [&](const std::string& line, const std::string& field) {
    std::string text = multipart(
        "mixed", "Earn money",
        part("Content-Type: text/plain", "Sender: bounce@example.net\nSubject: Earn money\n" +
                                             line + "\nRecipient: u@example.com") +
            original);
    return text.insert(text.find("Date:"), field);
  };
  const std::string field = "X-MS-Journal-Report:\n";
  for (const std::string& text : {journal(id, field), journal(id, "")}) {
    const auto items = items_of(text, AttachedMode::automatic);
    REQUIRE(items.size() == 1);
    CHECK(items[0].part == "2");
    CHECK(items[0].wrapper.wrapper == "journal-report");
    CHECK(items[0].wrapper.own_record);
    CHECK(items[0].wrapper.mail_from == "bounce@example.net");
    CHECK(items[0].wrapper.rcpt_to == "u@example.com");
  }
  // Of another message it states nothing about this one.
  const auto other = items_of(journal("Message-Id: <x@y.example>", field), AttachedMode::automatic);
  REQUIRE(other.size() == 1);
  CHECK(other[0].wrapper.wrapper == "journal-report");
  CHECK_FALSE(other[0].wrapper.mail_from.has_value());
  CHECK_FALSE(other[0].wrapper.own_record);
  // And without the field it is no journal.
  CHECK(items_of(journal("Message-Id: <x@y.example>", ""), AttachedMode::automatic)
            .at(0)
            .wrapper.wrapper == "forward");
}

TEST_CASE("a wrapper whose original cannot be read is traced itself") {
  const auto items = items_of(
      multipart("mixed", "Fwd: x",
                part("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64", "!!!")),
      AttachedMode::automatic);
  REQUIRE(items.size() == 1);
  CHECK(!items[0].part.has_value());
  REQUIRE(items[0].untraced.size() == 1);
  CHECK(items[0].untraced[0].why == intake::Untraced::Why::unreadable);
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
