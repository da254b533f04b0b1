#include "message/headers.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

Headers read(std::string_view text) {
  return read_headers(Message::parse(text));
}

}  // namespace

TEST_CASE("the identities of a message are read") {
  const Headers headers = read(
      "Return-Path: <bounce@list.example>\n"
      "From: =?utf-8?q?Li_Si?= <lili@sina.example>\n"
      "Sender: sec@sina.example\n"
      "Reply-To: a@b.example, c@d.example\n"
      "To: demo@hotmail\n"
      "Cc: group: x@y.example;\n"
      "Subject: =?utf-8?b?5piO?= =?utf-8?b?5aSp?=\n"
      "Date: Tue, 18 Mar 1997 14:39:24 -0800 (PST)\n"
      "Message-Id: <1@sina.example>\n\n");
  REQUIRE(headers.from.size() == 1);
  CHECK(headers.from[0].display == "Li Si");
  CHECK(headers.from[0].address() == "lili@sina.example");
  CHECK(headers.sender.size() == 1);
  CHECK(headers.reply_to.size() == 2);
  REQUIRE(headers.to.size() == 1);
  CHECK(headers.to[0].domain == "hotmail");
  CHECK(headers.cc.size() == 1);
  CHECK(headers.subject == "\xE6\x98\x8E\xE5\xA4\xA9");
  REQUIRE(headers.date);
  CHECK(format_rfc3339(headers.date->instant) == "1997-03-18T22:39:24Z");
  CHECK(headers.date_raw == "Tue, 18 Mar 1997 14:39:24 -0800 (PST)");
  CHECK(headers.message_id == "<1@sina.example>");
  CHECK(headers.return_path == "bounce@list.example");
}

TEST_CASE("what is absent stays null, and the null path is empty") {
  const Headers headers = read("Return-Path: <>\nDate: ...\nMessage-ID:\n\n");
  CHECK(headers.from.empty());
  CHECK_FALSE(headers.subject);
  CHECK_FALSE(headers.date);
  CHECK(headers.date_raw == "...");
  CHECK_FALSE(headers.message_id);
  CHECK(headers.return_path == "");
  CHECK_FALSE(read("To: a@b.example\n\n").return_path);
}

TEST_CASE("the mailboxes of repeated fields are all listed; of other fields the first counts") {
  const Headers headers =
      read("From: a@x.example\nFrom: b@y.example\nSubject: one\nSubject: two\n\n");
  REQUIRE(headers.from.size() == 2);
  CHECK(headers.from[1].address() == "b@y.example");
  CHECK(headers.subject == "one");
}

TEST_CASE("a recipient is who To or Cc names, in any letter case, and nobody else") {
  const Headers headers =
      read("Bcc: hidden@d.example\nTo: Ann <ann@a.example>, bob@b.example\nCc: cy@c.example\n\n");
  CHECK(is_recipient(headers, "ann@a.example"));
  CHECK(is_recipient(headers, "BOB@B.Example"));
  CHECK(is_recipient(headers, "cy@c.example"));
  CHECK_FALSE(is_recipient(headers, "ann@b.example"));
  CHECK_FALSE(is_recipient(headers, "hidden@d.example"));
  CHECK_FALSE(is_recipient(headers, "ann"));
  CHECK_FALSE(is_recipient(Headers{}, "ann@a.example"));
}
