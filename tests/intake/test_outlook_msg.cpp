#include <string>
#include <vector>

#include "intake/inside/outlook_msg.hpp"
#include "intake/reader.hpp"
#include "support/catch.hpp"
#include "support/outlook_file.hpp"

using namespace emltrace;
using test::outlook_file;
using test::OutlookObject;

namespace {

const std::string kHeaders =
    "Microsoft Mail Internet Headers Version 2.0\r\n"
    "Received: from mail.a.example ([192.0.2.1]) by b.example with SMTP;\r\n"
    "\t Tue, 22 Mar 2022 16:12:36 +0000\r\n"
    "From: \"J\xC3\xBCrgen\" <j@a.example>\r\nSubject: x\r\n\r\n";

// 2022-03-22T16:12:36Z
constexpr std::uint64_t kTime = 1'647'965'556;

OutlookObject with_headers(const std::string& headers) {
  OutlookObject message;
  return message.wide(0x0037, "a subject").wide(0x007D, headers);
}

std::vector<std::variant<intake::Item, intake::Fault>> entries_of(
    const OutlookObject& message, intake::AttachedMode mode = intake::AttachedMode::automatic) {
  intake::Options options;
  options.attached = mode;
  return intake::read_bytes("a.msg", outlook_file(message), options);
}

std::vector<intake::Item> items_of(const OutlookObject& message,
                                   intake::AttachedMode mode = intake::AttachedMode::automatic) {
  std::vector<intake::Item> items;
  for (auto& entry : entries_of(message, mode)) {
    REQUIRE(std::holds_alternative<intake::Item>(entry));
    items.push_back(std::get<intake::Item>(std::move(entry)));
  }
  return items;
}

// Mail inside one Exchange organization: no transport header.
OutlookObject inner_mail() {
  OutlookObject message;
  message.wide(0x0037, "J\xC3\xA4nner")
      .wide(0x0042, "Ann Author")
      .wide(0x0064, "EX")
      .wide(0x0065, "/O=FIRM/OU=EXCHANGE/CN=RECIPIENTS/CN=ANN")
      .wide(0x5D02, "ann@firm.example")
      .wide(0x0C1A, "Team")
      .wide(0x0C1E, "EX")
      .wide(0x0C1F, "/O=FIRM/OU=EXCHANGE/CN=RECIPIENTS/CN=TEAM")
      .wide(0x1035, "<m1@firm.example>")
      .time(0x0039, kTime)
      .time(0x0E06, kTime + 60);
  OutlookObject to;
  to.wide(0x3001, "Bob \"B\"").wide(0x3002, "SMTP").wide(0x3003, "bob@other.example");
  OutlookObject cc;
  cc.wide(0x3001, "Carl").wide(0x3002, "EX").wide(0x3003, "/O=FIRM/CN=CARL").number(0x0C15, 2);
  cc.wide(0x39FE, "carl@firm.example");
  return message.recipient(to.number(0x0C15, 1)).recipient(cc);
}

}  // namespace

TEST_CASE("an Outlook .msg gives its transport headers, as headers alone") {
  const auto items = items_of(with_headers(kHeaders));
  REQUIRE(items.size() == 1);
  CHECK(items[0].kind == intake::Kind::headers);
  CHECK(items[0].text.starts_with("Received: from mail.a.example"));
  CHECK(items[0].text.find("J\xC3\xBCrgen") != std::string::npos);
  REQUIRE(items[0].repairs.size() == 1);
  CHECK(items[0].repairs[0].code == "outlook-line");
  CHECK_FALSE(items[0].made_of_properties());
}

TEST_CASE("headers of one byte a character, with a zero at the end, are read too") {
  OutlookObject message;
  message.narrow(0x007D, "Received: from a by b\r\n" + std::string(1, '\0'));
  const auto read = outlook_msg::read(outlook_file(message));
  REQUIRE(read);
  CHECK(read->header == "Received: from a by b\r\n");
}

TEST_CASE("headers that are cut off are read as far as they go") {
  const auto items = items_of(with_headers(kHeaders.substr(45, 129)));
  REQUIRE(items.size() == 1);
  CHECK(items[0].text == kHeaders.substr(45, 129));
}

TEST_CASE("a message without transport headers gives what Outlook knows, and that is said") {
  const auto items = items_of(inner_mail());
  REQUIRE(items.size() == 1);
  CHECK(items[0].text ==
        "From: \"Ann Author\" <ann@firm.example>\n"
        "Sender: \"Team\" <>\n"
        "To: \"Bob \\\"B\\\"\" <bob@other.example>\n"
        "Cc: \"Carl\" <carl@firm.example>\n"
        "Subject: =?UTF-8?B?SsOkbm5lcg==?=\n"
        "Date: Tue, 22 Mar 2022 16:12:36 +0000\n"
        "Message-ID: <m1@firm.example>\n");
  CHECK(items[0].kind == intake::Kind::headers);
  CHECK(items[0].made_of_properties());
  REQUIRE(items[0].repairs.size() == 1);
  CHECK(items[0].repairs[0].code == "outlook-properties");
  CHECK(items[0].wrapper.arrival_date == "2022-03-22T16:13:36Z");
  CHECK(items[0].wrapper.wrapper.empty());
}

TEST_CASE("strings of 8 bits are in the code page of the message, those of recipients too") {
  OutlookObject message;
  OutlookObject to;
  to.narrow(0x3001, "\xC2\xEE\xE2\xE0").narrow(0x3003, "v@a.example");
  message.narrow(0x0C1A, "\xCF\xF0\xE8\xE2\xE5\xF2")
      .narrow(0x0C1F, "p@a.example")
      .number(0x3FDE, 20866)  // that of the text: KOI8-R
      .number(0x3FFD, 1251)   // that of the properties
      .recipient(to);
  const auto items = items_of(message);
  REQUIRE(items.size() == 1);
  // Привет, Вова
  CHECK(items[0].text ==
        "From: =?UTF-8?B?0J/RgNC40LLQtdGC?= <p@a.example>\n"
        "To: =?UTF-8?B?0JLQvtCy0LA=?= <v@a.example>\n");
}

TEST_CASE("without a table of recipients the names that Outlook shows stand for them") {
  OutlookObject message;
  message.wide(0x0C1F, "p@a.example").wide(0x0E04, "Bob; c@b.example");
  CHECK(items_of(message).at(0).text == "From: <p@a.example>\nTo: \"Bob\" <>,\n <c@b.example>\n");
}

TEST_CASE("no property can write a line of the header") {
  OutlookObject message;
  message.wide(0x0C1F, "p@a.example")
      .wide(0x0C1A, "A\r\nReceived: from x")
      .wide(0x0037, "s\nReceived: from evil.example by b.example; Tue, 22 Mar 2022 16:12:36 +0000");
  CHECK(items_of(message).at(0).text ==
        "From: \"A  Received: from x\" <p@a.example>\n"
        "Subject: s Received: from evil.example by b.example; Tue, 22 Mar 2022 16:12:36 +0000\n");
}

TEST_CASE("of a forwarded .msg the message in it is traced, attached as one or as a file") {
  OutlookObject inner = with_headers(kHeaders);
  const std::string rfc822 =
      "Received: from q by r; Tue, 22 Mar 2022 16:12:36 +0000\r\n"
      "From: q@a.example\r\n\r\ntext\r\n";
  const std::vector<OutlookObject> outers = {
      with_headers("From: c@b.example\r\nSubject: FW: x\r\n\r\n").attached_message(inner),
      with_headers("From: c@b.example\r\nSubject: FW: x\r\n\r\n")
          .attached_file("x.msg", outlook_file(inner)),
      with_headers("From: c@b.example\r\nSubject: FW: x\r\n\r\n")
          .attached_file("", outlook_file(inner)),
  };
  for (const OutlookObject& outer : outers) {
    const auto items = items_of(outer);
    REQUIRE(items.size() == 1);
    CHECK(items[0].part == "1");
    CHECK(items[0].text.starts_with("Received: from mail.a.example"));
    CHECK(items[0].wrapper.wrapper == "forward");
    CHECK(items[0].wrapper.wrapper_from == "c@b.example");
  }
  OutlookObject with_eml = with_headers("From: c@b.example\r\nSubject: FW: x\r\n\r\n");
  with_eml.attached_file("logo.png", "x", "image/png").attached_file("x.eml", rfc822);
  // A picture beside it: no forward of a message alone.
  auto items = items_of(with_eml);
  REQUIRE(items.size() == 1);
  CHECK_FALSE(items[0].part.has_value());
  REQUIRE(items[0].untraced.size() == 1);
  CHECK(items[0].untraced[0].part == "2");
  CHECK(items[0].untraced[0].why == intake::Untraced::Why::not_asked);

  items = items_of(with_eml, intake::AttachedMode::all);
  REQUIRE(items.size() == 2);
  CHECK(items[1].part == "2");
  CHECK(items[1].text == rfc822);
  CHECK(items[1].kind == intake::Kind::message);
  CHECK(items[0].untraced.empty());
  CHECK(items_of(with_eml, intake::AttachedMode::never).size() == 1);
}

TEST_CASE("a long letter of Outlook with a message attached is traced itself") {
  const std::string header = "From: c@b.example\r\nSubject: Minutes\r\n\r\n";
  OutlookObject letter = with_headers(header).wide(0x1000, std::string(401, 'x'));
  CHECK_FALSE(items_of(letter.attached_message(with_headers(kHeaders))).at(0).part.has_value());
  OutlookObject note = with_headers(header).wide(0x1000, std::string(400, 'x'));
  CHECK(items_of(note.attached_message(with_headers(kHeaders))).at(0).part == "1");
  OutlookObject html = with_headers(header).binary(0x1013, "<p>" + std::string(401, 'x'));
  CHECK_FALSE(items_of(html.attached_message(with_headers(kHeaders))).at(0).part.has_value());
  // Nobody knows how long a text in compressed RTF is.
  OutlookObject rtf = with_headers(header).binary(0x1009, "RTF");
  CHECK_FALSE(items_of(rtf.attached_message(with_headers(kHeaders))).at(0).part.has_value());
  // A notice of non-delivery.
  OutlookObject bounce = with_headers(header).wide(0x001A, "REPORT.IPM.Note.NDR");
  CHECK_FALSE(items_of(bounce.attached_message(with_headers(kHeaders))).at(0).part.has_value());
}

TEST_CASE("a message in a message in a .msg is numbered by level") {
  OutlookObject middle = with_headers("Subject: FW: x\r\nFrom: b@b.example\r\n\r\n");
  middle.attached_message(with_headers(kHeaders));
  OutlookObject outer = with_headers("Subject: FW: x\r\nFrom: c@b.example\r\n\r\n");
  outer.attached_file("winmail.dat", "x").attached_message(middle);
  const auto items = items_of(outer);
  REQUIRE(items.size() == 1);
  CHECK(items[0].part == "2.1");
  REQUIRE(items[0].untraced.size() == 1);
  CHECK(items[0].untraced[0].part == "1");
  CHECK(items[0].untraced[0].why == intake::Untraced::Why::tnef);
}

TEST_CASE("a message attached to a .msg is taken where the outer one has no headers") {
  OutlookObject outer;
  outer.wide(0x0037, "a subject").wide(0x1000, std::string(1000, 'x'));
  const auto items = items_of(outer.attached_message(with_headers("From: a@b.example\r\n")));
  REQUIRE(items.size() == 1);
  CHECK(items[0].text == "From: a@b.example\r\n");
  CHECK(items[0].part == "1");
}

TEST_CASE("a .msg without headers, and a damaged one, are said to be such in one line") {
  OutlookObject empty;
  empty.wide(0x0037, "a subject");
  for (const std::string& bytes :
       {outlook_file(empty), outlook_file(with_headers(kHeaders)).substr(0, 600)}) {
    const auto entries = intake::read_bytes("a.msg", bytes, intake::Options{});
    REQUIRE(entries.size() == 1);
    const auto& fault = std::get<intake::Fault>(entries[0]);
    CHECK(fault.message.find("OLE2") != std::string::npos);
    CHECK(fault.message.find('\n') == std::string::npos);
  }
}

TEST_CASE("a compound file is an Outlook message by its property streams") {
  CHECK(outlook_msg::is_msg(outlook_file(with_headers(kHeaders))));
  OutlookObject document;
  document.streams.emplace_back("WordDocument", "x");
  CHECK_FALSE(outlook_msg::is_msg(outlook_file(document)));
  CHECK_FALSE(outlook_msg::is_msg("From: a@b.example"));
}

TEST_CASE("every cut and many a flipped byte of a .msg is survived") {
  OutlookObject message = with_headers(kHeaders);
  const std::string msg = outlook_file(message.attached_message(inner_mail()));
  for (std::size_t size = 8; size < msg.size(); size += 61) {
    CHECK(!intake::read_bytes("a.msg", msg.substr(0, size), intake::Options{}).empty());
  }
  for (std::size_t at = 8; at < msg.size(); at += 7) {
    std::string bad = msg;
    bad[at] = static_cast<char>(bad[at] ^ 0x5A);
    CHECK(!intake::read_bytes("a.msg", bad, intake::Options{}).empty());
  }
}
