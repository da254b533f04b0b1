#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "auth/dkim/repair.hpp"
#include "base/base64.hpp"
#include "dkim_check.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using test::kPlain;
using test::replaced;
using test::replaced_all;
using test::SigningKey;
using test::SignOptions;
using Codes = std::vector<std::string>;

namespace {

dkim::Verdict verify(const std::string& message, bool repair = true) {
  auto how = test::dkim_options();
  how.repair = repair;
  return test::verify_first(message, test::key_line(SigningKey::rsa()), how);
}

std::string sign(const std::string& message, const SignOptions& options = {}) {
  return test::sign_message(message, SigningKey::rsa(), options);
}

SignOptions simple() {
  SignOptions options;
  options.canonicalization = "simple/simple";
  return options;
}

SignOptions signing(std::vector<std::string> headers) {
  SignOptions options;
  options.headers = std::move(headers);
  return options;
}

// The verdict is still a failure; the repair is what explains it.
void check_repair(const std::string& damaged, const Codes& wanted) {
  const auto v = verify(damaged);
  CHECK(v.result == auth::Result::fail);
  CHECK(v.verifies_after == wanted);
  CHECK(verify(damaged, false).verifies_after.empty());
}

std::string with_field(const std::string& message, const std::string& field) {
  return replaced(message, "Received:", field + "\r\nReceived:");
}

const std::string kMultipart =
    "From: Joe <joe@example.org>\r\n"
    "To: list@example.net\r\n"
    "Subject: parts\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=\"b=1\"\r\n"
    "\r\n"
    "preamble\r\n"
    "--b=1\r\n"
    "Content-Type: text/plain\r\n"
    "\r\n"
    "one\r\n"
    "--b=1\r\n"
    "Content-Type: text/html\r\n"
    "\r\n"
    "<p>two\r\n"
    "--b=1--\r\n";

const std::string kEightBit =
    "From: Joe <joe@example.org>\r\n"
    "To: Sue <sue@example.net>\r\n"
    "Subject: umlauts\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n"
    "Content-Transfer-Encoding: 8bit\r\n"
    "\r\n"
    "Gr\xC3\xBC\xC3\x9F"
    "e = viele\r\nLine\r\n";

}  // namespace

TEST_CASE("crlf-line-ends: stray bare LF, or CR CR LF, were CRLF") {
  for (const SignOptions& options : {SignOptions{}, simple()}) {
    const std::string message = sign(kPlain, options);
    check_repair(replaced(message, "Hi.\r\n", "Hi.\n"), {"crlf-line-ends"});
    check_repair(replaced(message, "Hi.\r\n", "Hi.\r\r\n"), {"crlf-line-ends"});
    check_repair(replaced(message, "Joe.\r\n", "Joe.\n"), {"crlf-line-ends"});
    check_repair(replaced(message, "<sue@example.net>\r\n", "<sue@example.net>\n"),
                 {"crlf-line-ends"});
  }
}

TEST_CASE("unescape-from-line: a mailbox file quoted a line") {
  const std::string message = sign(kPlain + "From here on\r\n");
  const std::string quoted = replaced(message, "\r\nFrom here", "\r\n>From here");
  check_repair(quoted, {"unescape-from-line"});
  check_repair(replaced_all(quoted, "\r\n", "\n"), {"unescape-from-line"});
  SECTION("also a line that began with a quoted From, as mboxrd does it") {
    const std::string both = sign(kPlain + "From here on\r\n>From there\r\n");
    check_repair(replaced(replaced(both, "\r\nFrom here", "\r\n>From here"), "\r\n>From there",
                          "\r\n>>From there"),
                 {"unescape-from-line"});
  }
}

TEST_CASE("unstuff-dots: the transparency of SMTP was not undone") {
  const std::string message = sign(kPlain + ".\r\n.profile\r\n");
  check_repair(replaced(replaced(message, "\r\n.\r\n", "\r\n..\r\n"), "\r\n.pro", "\r\n..pro"),
               {"unstuff-dots"});
}

TEST_CASE("strip-added-space: blank lines in front, blanks at line ends under simple") {
  check_repair(replaced(sign(kPlain), "\r\n\r\nHi", "\r\n\r\n\r\n\r\nHi"), {"strip-added-space"});
  check_repair(replaced(sign(kPlain, simple()), "Hi.\r\n", "Hi. \t\r\n"), {"strip-added-space"});
}

TEST_CASE("join-split-lines: long lines were cut with an exclamation mark") {
  const std::string line(1500, 'x');
  const std::string message = sign(kPlain + line + "\r\nend\r\n");
  check_repair(replaced(message, line, std::string(990, 'x') + "!\r\n " + std::string(510, 'x')),
               {"join-split-lines"});
}

TEST_CASE("strip-subject-tag: lists and filters put a tag in front") {
  const std::string message = sign(kPlain);
  for (const char* tagged : {"Subject: [list] Is dinner", "Subject: [a list: 12] Is dinner",
                             "Subject: {Spam?} Is dinner", "Subject: ***SPAM*** Is dinner",
                             "Subject: (External) Is dinner", "Subject: [list]\r\n Is dinner",
                             "Subject: EXTERNAL: Is dinner", "Subject: Re: [list] Is dinner"}) {
    CAPTURE(tagged);
    check_repair(replaced(message, "Subject: Is dinner", tagged), {"strip-subject-tag"});
  }
  const std::string reply = sign(replaced(kPlain, "Subject: Is", "Subject: Re: Is"));
  check_repair(replaced(reply, "Subject: Re: Is", "Subject: [list] Re: Is"), {"strip-subject-tag"});
  check_repair(replaced(reply, "Subject: Re: Is", "Subject: Re: [list] Is"), {"strip-subject-tag"});
  const std::string strict = sign(kPlain, simple());
  check_repair(replaced(strict, "Subject: Is", "Subject: [list] Is"), {"strip-subject-tag"});
}

TEST_CASE("restore-*: another field kept the value that was signed") {
  const std::string message = sign(kPlain);
  const auto moved = [&](const std::string& field, const std::string& value,
                         const std::string& kept) {
    const std::string line = field + ": " + value;
    return with_field(replaced(message, line, field + ": other@example.net"), kept + ": " + value);
  };
  for (const char* kept : {"X-Google-Original-Message-ID", "X-Microsoft-Original-Message-ID"}) {
    check_repair(moved("Message-ID", "<1@example.org>", kept), {"restore-message-id"});
  }
  for (const char* kept : {"X-Original-From", "Reply-To", "Author"}) {
    check_repair(moved("From", "Joe <joe@example.org>", kept), {"restore-from"});
  }
  check_repair(moved("Date", "Tue, 14 Nov 2023 21:59:00 +0000", "X-Original-Date"),
               {"restore-date"});
  check_repair(moved("To", "Sue <sue@example.net>", "X-Original-To"), {"restore-to"});
  check_repair(moved("Subject", "Is dinner\r\n ready?", "Thread-Topic"), {"restore-subject"});
}

TEST_CASE("restore-from: a list that rewrote From left the address in Reply-To") {
  const std::string message = sign(kPlain);
  for (const char* author :
       {"From: \"Joe via List\" <list@example.net>", "From: Joe via List <list@example.net>"}) {
    check_repair(with_field(replaced(message, "From: Joe <joe@example.org>", author),
                            "Reply-To: joe@example.org"),
                 {"restore-from"});
  }
}

TEST_CASE("remove-added-field: a field was added that h= had shut out") {
  const std::string message =
      sign(kPlain, signing({"From", "From", "To", "Subject", "Reply-To", "List-Id", "List-Post"}));
  check_repair("Reply-To: list@example.net\r\n" + message, {"remove-added-field"});
  check_repair("List-Id: <x.example>\r\nList-Post: <mailto:x@example.net>\r\n" + message,
               {"remove-added-field"});
}

TEST_CASE("refold: white space of a header signed as simple was changed") {
  const std::string message = sign(kPlain, simple());
  check_repair(replaced(message, "dinner\r\n ready", "dinner\r\n\tready"), {"refold"});
  const std::string tabs =
      sign(replaced(kPlain, "dinner\r\n ready", "dinner\r\n\tready"), simple());
  check_repair(replaced(tabs, "dinner\r\n\tready", "dinner\r\n ready"), {"refold"});
  const std::string flat = sign(replaced(kPlain, "dinner\r\n ready", "dinner ready"), simple());
  check_repair(replaced(flat, "dinner ready", "dinner\r\n ready"), {"refold"});
  check_repair(replaced(flat, "dinner ready", "dinner\r\n\t ready"), {"refold"});
  check_repair(replaced(flat, "To: Sue", "To:  Sue"), {"refold"});
}

TEST_CASE("copied-fields: z= holds the fields as they were signed") {
  SignOptions options;
  options.copy_fields = true;
  const std::string message = sign(kPlain, options);
  check_repair(replaced(message, "To: Sue <sue@example.net>", "To: undisclosed:;"),
               {"copied-fields"});
  check_repair(
      replaced(replaced(message, "Subject: Is", "Subject: Was"), "Date: Tue, 14", "Date: Wed, 15"),
      {"copied-fields"});
}

TEST_CASE("strip-footer: lines were added behind the body") {
  const std::string footer =
      "_______________________________________________\r\n"
      "List mailing list\r\nlist@example.net\r\nhttps://example.net/list\r\n";
  for (const SignOptions& options : {SignOptions{}, simple()}) {
    const std::string message = sign(kPlain, options);
    check_repair(message + footer, {"strip-footer"});
    check_repair(message + "\r\n\r\n-- \r\n" + footer, {"strip-footer"});
    check_repair(replaced_all(message + footer, "\r\n", "\n"), {"strip-footer"});
  }
  check_repair(sign(kPlain.substr(0, kPlain.find("Hi."))) + footer, {"strip-footer"});
}

TEST_CASE("strip-banner: lines were put in front of the body") {
  check_repair(replaced(sign(kPlain), "\r\n\r\nHi",
                        "\r\n\r\nCAUTION: this mail came from outside.\r\nDo not click.\r\n\r\nHi"),
               {"strip-banner"});
}

TEST_CASE("strip-last-part: a part was appended to a multipart") {
  const std::string message =
      sign(kMultipart, signing({"From", "To", "Subject", "MIME-Version", "Content-Type"}));
  check_repair(
      replaced(message, "--b=1--", "--b=1\r\nContent-Type: text/plain\r\n\r\nfooter\r\n--b=1--"),
      {"strip-last-part"});
}

TEST_CASE("strip-last-part: a single part was wrapped together with a footer") {
  const std::string message =
      sign(kEightBit, signing({"From", "To", "Subject", "MIME-Version", "Content-Type",
                               "Content-Transfer-Encoding"}));
  std::string wrapped = replaced(message,
                                 "Content-Type: text/plain; charset=utf-8\r\n"
                                 "Content-Transfer-Encoding: 8bit\r\n",
                                 "Content-Type: multipart/mixed;\r\n boundary=\"=_x\"\r\n");
  wrapped = replaced(wrapped, "\r\n\r\nGr",
                     "\r\n\r\n--=_x\r\nContent-Type: text/plain; charset=utf-8\r\n"
                     "Content-Transfer-Encoding: 8bit\r\n\r\nGr");
  wrapped += "\r\n--=_x\r\nContent-Type: text/plain\r\n\r\nlist footer\r\n--=_x--\r\n";
  check_repair(wrapped, {"strip-last-part"});
}

TEST_CASE("strip-last-part: the boundary may be folded, spaced or continued (RFC 2231)") {
  const std::string message = sign(kPlain, signing({"From", "To", "Subject"}));
  for (const char* type : {
           "multipart/mixed; boundary=\r\n \"=_ x\"",
           "multipart/mixed; boundary = \"=_ x\"",
           "multipart/mixed; boundary=\"=_\r\n x\"",
           "multipart/mixed; boundary*0=\"=_\"; boundary*1=\" x\"",
           "multipart/mixed; boundary*=us-ascii''=_%20x",
           "multipart/mixed; x-boundary=no; boundary=\"=_ x\"",
       }) {
    CAPTURE(type);
    std::string wrapped = replaced(message, "\r\n\r\n",
                                   std::string("\r\nContent-Type: ") + type +
                                       "\r\n\r\n--=_ x\r\nContent-Type: text/plain\r\n\r\n");
    wrapped += "\r\n--=_ x\r\n\r\nlist footer\r\n--=_ x--\r\n";
    check_repair(wrapped, {"strip-last-part"});
  }
}

TEST_CASE("restore-8bit: a relay recoded the body") {
  const auto options =
      signing({"From", "To", "Subject", "Content-Type", "Content-Transfer-Encoding"});
  const std::string message = sign(kEightBit, options);
  const std::string body =
      "Gr\xC3\xBC\xC3\x9F"
      "e = viele\r\nLine\r\n";
  std::string qp = replaced(message, "Encoding: 8bit", "Encoding: quoted-printable");
  qp = replaced(qp, body, "Gr=C3=BC=C3=9Fe =3D vie=\r\nle\r\nLine\r\n");
  check_repair(qp, {"restore-8bit"});
  std::string base64 = replaced(message, "Encoding: 8bit", "Encoding: base64");
  base64 = replaced(base64, body, base64_encode(body) + "\r\n");
  check_repair(base64, {"restore-8bit"});
}

TEST_CASE("several kinds of damage at once are all named, header first") {
  const std::string message = sign(kPlain);
  std::string list = replaced(message, "Subject: Is", "Subject: [list] Is");
  list = with_field(replaced(list, "From: Joe <joe@example.org>", "From: List <l@example.net>"),
                    "X-Original-From: Joe <joe@example.org>");
  list += "-- \r\nlist footer\r\n";
  check_repair(list, {"strip-subject-tag", "restore-from", "strip-footer"});
}

TEST_CASE("a repair shows what was signed, and each line that was not") {
  const std::string message = sign(kPlain);
  std::string damaged = replaced(message, "Subject: Is", "Subject: [Sales] Is");
  damaged = replaced(damaged, "\r\n\r\nHi.", "\r\n\r\nDear customer,\r\n\r\npay now!\r\nHi.");
  const auto v = verify(damaged);
  CHECK(v.verifies_after == Codes{"strip-subject-tag", "strip-banner"});
  REQUIRE(v.repair);
  CHECK(v.repair->changes ==
        std::vector<dkim::Change>{dkim::Change::text_added, dkim::Change::text_added});
  CHECK(v.repair->signed_from == std::string("Joe <joe@example.org>"));
  CHECK(v.repair->signed_subject == std::string("Is dinner ready?"));
  const auto line_of = [&](std::string_view text) {
    const std::string before = damaged.substr(0, damaged.find(text));
    return static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  };
  REQUIRE(v.repair->removed.size() == 3);
  CHECK(v.repair->removed[0].text == "[Sales]");
  CHECK(v.repair->removed[0].line == line_of("[Sales]"));
  CHECK(v.repair->removed[1].text == "Dear customer,");
  CHECK(v.repair->removed[1].line == line_of("Dear"));
  CHECK(v.repair->removed[1].offset == damaged.find("Dear"));
  CHECK(v.repair->removed[2].text == "pay now!");
  CHECK(v.repair->removed[2].line == line_of("pay"));
  CHECK(v.repair->removed_more == 0);
  CHECK_FALSE(verify(message).repair);
  CHECK_FALSE(verify(replaced(message, "Hi.", "Ho.")).repair);
}

TEST_CASE("what a repair tells is bounded") {
  std::string footer = "-- \r\n" + std::string(5'000, 'x') + "\r\n";
  for (int i = 0; i < 100; ++i) footer += "line " + std::to_string(i) + "\r\n";
  const auto v = verify(sign(kPlain) + footer);
  REQUIRE(v.repair);
  CHECK(v.repair->removed.size() == dkim::kMaxRemovedLines);
  CHECK(v.repair->removed_more == 102 - dkim::kMaxRemovedLines);
  CHECK(v.repair->removed[1].text == std::string(dkim::kMaxRemovedText, 'x') + "…");
}

TEST_CASE("a footer is found however long it is, and at any line") {
  std::string footer;
  for (int i = 0; i < 2'000; ++i) footer += "Legal text in line " + std::to_string(i) + ".\r\n";
  for (const SignOptions& options : {SignOptions{}, simple()}) {
    check_repair(sign(kPlain, options) + footer, {"strip-footer"});
  }
}

TEST_CASE("a text inside an encoding is shown decoded, without a line of its own") {
  const auto options =
      signing({"From", "To", "Subject", "Content-Type", "Content-Transfer-Encoding"});
  const std::string header =
      replaced(kEightBit.substr(0, kEightBit.find("Gr\xC3")), "8bit", "base64");
  const std::string body = "Hello\r\n";
  const std::string message = sign(header + base64_encode(body) + "\r\n", options);
  const auto v = verify(replaced(message, base64_encode(body),
                                 base64_encode(body + "To unsubscribe: x@list.example\r\n")));
  CHECK(v.verifies_after == Codes{"strip-footer"});
  REQUIRE(v.repair);
  CHECK(v.repair->changes == std::vector<dkim::Change>{dkim::Change::footer});
  REQUIRE(v.repair->removed.size() == 1);
  CHECK(v.repair->removed[0].text == "To unsubscribe: x@list.example");
  CHECK_FALSE(v.repair->removed[0].line);
}

TEST_CASE("Ed25519 signatures, which give no digest away, are repaired too") {
  SignOptions options;
  options.algorithm = "ed25519-sha256";
  auto how = test::dkim_options();
  how.repair = true;
  const SigningKey& key = SigningKey::ed25519();
  const std::string damaged =
      replaced(test::sign_message(kPlain, key, options), "Subject: Is", "Subject: [list] Is");
  CHECK(test::verify_first(damaged, test::key_line(key, options), how).verifies_after ==
        Codes{"strip-subject-tag"});
  CHECK(test::verify_first(replaced(damaged, "Sue", "Sam"), test::key_line(key, options), how)
            .verifies_after.empty());
}

TEST_CASE("unrelated damage names no repair") {
  for (const SignOptions& options : {SignOptions{}, simple()}) {
    const std::string message = sign(kPlain, options);
    const std::vector<std::string> damaged{
        replaced(message, "Hi.", "Ho."),
        replaced(message, "Sue", "Sux"),
        replaced(message, "Is dinner", "Is lunch"),
        replaced(message, "Joe.\r\n", ""),
        replaced(message, "We lost the game.", ""),
        replaced(message, "Date: Tue", "Date: Wed"),
        replaced(replaced(message, "Hi.", "Ho."), "Sue", "Sux"),
        replaced(message, "Subject: Is dinner\r\n ready?\r\n", ""),
    };
    for (const std::string& text : damaged) {
      CAPTURE(text);
      check_repair(text, {});
    }
  }
}

TEST_CASE("a repair of one half alone is not told") {
  const std::string message = sign(kPlain);
  check_repair(replaced(replaced(message, "Subject: Is", "Subject: [list] Is"), "Hi.", "Ho."), {});
  check_repair(replaced(message, "Sue", "Sux") + "-- \r\nfooter\r\n", {});
}

TEST_CASE("without the signer's key nothing is proved") {
  auto how = test::dkim_options();
  how.repair = true;
  const std::string damaged = sign(kPlain) + "-- \r\nfooter\r\n";
  CHECK(test::verify_first(damaged, test::key_line(SigningKey::rsa(1024, 1)), how)
            .verifies_after.empty());
  CHECK(test::verify_first(damaged, "x. 1 IN TXT x\n", how).verifies_after.empty());
}

TEST_CASE("trials stay bounded for a message made to cause many of them") {
  std::string hostile = "Subject: [a] [b] [c] x\r\nReply-To: a@b.example\r\nList-Id: x\r\n";
  for (int i = 0; i < 5'000; ++i) hostile += "X-Original-From: a" + std::to_string(i) + "\r\n";
  for (int i = 0; i < 20; ++i) hostile += "Sender: x\r\nCc: y\r\nContent-Type: text/plain\r\n";
  std::string message = sign(
      kPlain, signing({"From", "Subject", "Reply-To", "List-Id", "Sender", "Cc", "Content-Type"}));
  message = hostile + message;
  for (int i = 0; i < 20'000; ++i) message += "From me\r\n\r\n>From you\r\n..\r\n";
  CHECK(verify(message).verifies_after.empty());
}
