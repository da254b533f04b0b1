#include <algorithm>
#include <stdexcept>
#include <string>

#include "message/headers.hpp"
#include "support/catch.hpp"
#include "trace/author/message_findings.hpp"
#include "trace/finding/kinds.hpp"

using namespace emltrace;
using namespace emltrace::trace;

namespace {

const std::string kRest =
    "Date: Tue, 18 Mar 1997 14:39:24 -0800\nMessage-ID: <1@x.example>\nSubject: x\n"
    "To: r@y.example\n\nbody\n";

std::vector<Finding> examine(const std::string& bytes) {
  const Message message = Message::parse(bytes);
  return message_findings(message, read_headers(message));
}

// `code:severity` of all findings, in order of code.
std::string codes(const std::string& bytes) {
  std::vector<std::string> all;
  for (const Finding& finding : examine(bytes))
    all.push_back(std::string(finding.code.text()) + ":" +
                  std::string(to_string(finding.severity)));
  std::sort(all.begin(), all.end());
  std::string out;
  for (const std::string& one : all) out += (out.empty() ? "" : " ") + one;
  return out;
}

std::string with_from(const std::string& from) {
  return codes("From: " + from + "\n" + kRest);
}

struct Case {
  const char* text;
  const char* codes;
};

}  // namespace

TEST_CASE("an ordinary message has nothing to tell about its author") {
  for (const char* from : {
           "Ann <ann@x.example>",
           "ann@x.example (Ann)",
           "\"ann@x.example\" <ann@x.example>",
           "\"Ann@X.example\" <ann@x.example>",
           "=?utf-8?q?Jos=C3=A9?= <jose@x.example>",
           "=?utf-8?b?5piO?= <a@xn--fiq228c.cn>",
           "a@xn--80ak6aa92e.xn--p1ai",
           "a@xn--e1afmkfd.xn--p1ai",
           "=?utf-8?b?16nXnNeV150=?= <a@x.example>",
       }) {
    CAPTURE(from);
    CHECK(with_from(from) == "");
  }
}

TEST_CASE("a From that deceives is told") {
  for (const Case& one : {
           Case{"\"ceo@bank.example\" <x@evil.example>",
                "from-display-address:medium from-quoted-at:low"},
           Case{"ceo@bank.example <x@evil.example>", "from-display-address:medium"},
           Case{"=?utf-8?q?ceo=40bank=2Eexample?= <x@evil.example>", "from-display-address:medium"},
           Case{"ceo\xEF\xBC\xA0"
                "bank.example <x@evil.example>",
                "from-display-address:medium raw-8bit-header:info"},
           Case{"\"a@x.example via List\" <list@l.example>", "from-display-address:low"},
           Case{"a@x.example <a@mail.x.example>", "from-display-address:low"},
           Case{"\"a@b.example\"@evil.example", "from-quoted-at:low"},
           Case{"a@x.example, b@y.example", "from-multiple:medium"},
           Case{"=?utf-8?q?ceo=40bank.example?=",
                "address-incomplete:low encoded-word-address:medium"},
           Case{"Friends: a@x.example;", "group-or-route-address:low"},
           Case{"<@a.example:b@x.example>", "group-or-route-address:low"},
           Case{"Undisclosed:;", "from-missing:medium group-or-route-address:low"},
           Case{"", "from-missing:medium"},
           Case{"root", "address-incomplete:low"},
           Case{"root@localhost", "address-incomplete:low"},
           Case{"root@[192.0.2.1]", ""},
       }) {
    CAPTURE(one.text);
    CHECK(with_from(one.text) == one.codes);
  }
}

TEST_CASE("of several `@` in a name the address is what stands around the last one alone") {
  const auto shown = [](const std::string& display) {
    for (const Finding& finding : examine("From: \"" + display + "\" <x@evil.example>\n" + kRest)) {
      if (finding.code.text() == "from-display-address") return finding.message;
    }
    return std::string();
  };
  const std::string told =
      "The name shown is localhost@bank.example, the address behind it is "
      "x@evil.example.";
  CHECK(shown("localhost@bank.example") == told);
  CHECK(shown("ceo@localhost@bank.example") == told);
  CHECK(shown("a@b@c@localhost@bank.example") == told);
  CHECK(shown("ceo@localhost") == "");
}

TEST_CASE("several authors are allowed with a Sender, two From fields never") {
  CHECK(codes("From: a@x.example, b@y.example\nSender: a@x.example\n" + kRest) ==
        "from-multiple:low");
  CHECK(codes("From: a@x.example\nFrom: b@y.example\n" + kRest) ==
        "duplicate-header:medium from-multiple:medium");
}

TEST_CASE("a domain of look-alike letters is a homograph") {
  // Cyrillic а in Latin; a whole label of look-alikes under .com (аррӏе); Greek ο; phonetic ɑ.
  CHECK(with_from("a@xn--pypal-4ve.com") == "from-homograph:high");
  CHECK(with_from("a@xn--80ak6aa92e.com") == "from-homograph:high");
  CHECK(with_from("a@g\xCE\xBF\xCE\xBFgle.com") == "from-homograph:high raw-8bit-header:info");
  CHECK(with_from("a@p\xC9\x91ypal.com") == "from-homograph:high raw-8bit-header:info");
  // Mathematical letters, and those of an input method; an ideographic full stop is a dot.
  CHECK(with_from("a@\xF0\x9D\x97\xAF.example") == "from-homograph:high raw-8bit-header:info");
  CHECK(with_from("a@\xEF\xBD\x82.example") == "from-homograph:medium raw-8bit-header:info");
  CHECK(with_from("a@b\xE3\x80\x82jp") == "raw-8bit-header:info");
  CHECK(with_from("=?utf-8?q?ceo=40p=D0=B0ypal=2Ecom?= <ceo@x.example>") ==
        "from-display-address:medium from-homograph:high");
  // An ordinary Russian word under .com, and Japanese with Latin.
  CHECK(with_from("a@xn--e1afmkfd.com") == "");
  CHECK(with_from("a@\xE6\x97\xA5\xE6\x9C\xAC"
                  "abc.jp") == "raw-8bit-header:info");
}

TEST_CASE("hidden characters are told where they are not part of the spelling") {
  for (const Case& one : {
           Case{"=?utf-8?q?Ann=E2=80=AEgpj?= <a@x.example>", "bidi-control:medium"},
           Case{"=?utf-8?q?Pay=E2=80=8BPal?= <a@x.example>", "bidi-control:medium"},
           Case{"=?utf-8?q?Pay=C2=ADPal?= <a@x.example>", "bidi-control:medium"},
           Case{"=?utf-8?q?Dampf=C2=ADschiff?= <a@x.example>", "bidi-control:info"},
           Case{"=?utf-8?q?PayPal=E2=80=8B?= <a@x.example>", "bidi-control:low"},
           Case{"=?utf-8?q?=EF=BB=BFPayPal?= <a@x.example>", ""},
           Case{"=?utf-8?q?Ann=E2=80=8F?= <a@x.example>", "bidi-control:low"},
           Case{"=?utf-8?b?16nXnNeV150=?= =?utf-8?q?=E2=80=8F?= <a@x.example>", ""},
           Case{"=?utf-8?b?2YXbjOKAjNix2YjZhQ==?= <a@x.example>", ""},
           Case{"=?utf-8?b?8J+RqOKAjfCfkak=?= <a@x.example>", ""},
           Case{"Ann <a\xE2\x80\x8B@x.example>", "bidi-control:medium raw-8bit-header:info"},
       }) {
    CAPTURE(one.text);
    CHECK(with_from(one.text) == one.codes);
  }
  CHECK(codes("From: a@x.example\nDate: Tue, 18 Mar 1997 14:39:24 -0800\n"
              "Message-ID: <1@x.example>\nSubject: =?utf-8?q?a=E2=80=AEtxt.exe?=\n\n") ==
        "bidi-control:medium");
}

TEST_CASE("fields missing, repeated or misplaced are told") {
  const std::string from = "From: a@x.example\n";
  for (const auto& [bytes, expected] : std::vector<std::pair<std::string, std::string>>{
           {"To: a@y.example\n\nbody\n",
            "date-missing:low from-missing:medium message-id-missing:low"},
           {"Received: from a by b; Tue, 18 Mar 1997 14:39:24 -0800\n\n", ""},
           {"Received: from a by b; Tue, 18 Mar 1997 14:39:24 -0800\n\nbody",
            "date-missing:low from-missing:medium message-id-missing:low"},
           {from + "Date: ...\nMessage-ID: <1@x>\n\n", "date-missing:low"},
           {from + "Subject: x\n" + kRest, "duplicate-header:low"},
           {from + "Subject: y\n" + kRest, "duplicate-header:medium"},
           {from + "Date: Tue, 18 Mar 1997 14:39:24 -0800\n" + kRest, "duplicate-header:low"},
           {from + "MIME-Version: 1.0\nMIME-Version: 1.1\n" + kRest, "duplicate-header:low"},
           {"From : a@x.example\n" + kRest, "header-name-space:medium"},
           {"X-Mailer : y\n" + from + kRest, "header-name-space:low"},
           {"Return-Path: <a@x.example>\nReceived: from a by b\n" + from + kRest, ""},
           {"Received: from a by b\nReturn-Path: <a@x.example>\nReceived: from a by b\n" + from +
                kRest,
            ""},
           {"Received: from a by b\nReturn-Path: <a@x.example>\n" + from + kRest,
            "return-path-misplaced:low"},
           {"MIME-Version: 1.0\nReturn-Path: <a@x.example>\n" + from + kRest,
            "return-path-misplaced:low"},
           {from + "Return-Path: <a@x.example>\nX-MS-Exchange-Organization-SCL: 1\n" + kRest, ""},
           {"Return-Path: <a@x.example>\nReturn-Path: <b@x.example>\n" + from + kRest,
            "return-path-misplaced:low"},
           {"From b@z.example Tue Mar 18 14:36:14 1997\n" + from + kRest, "from-line-differs:info"},
           {"From a@X.example Tue Mar 18 14:36:14 1997\n" + from + kRest, ""},
           {"From - Tue Mar 18 14:36:14 1997\n" + from + kRest, ""},
           {"From b@z.example Tue\nReturn-Path: <b@z.example>\n" + from + kRest, ""},
           {">From b@z.example\n" + from + kRest, "from-line-differs:info"},
           {from + "Cc: demo@hotmail\n" + kRest, "address-incomplete:low"},
           {from + "Cc: (recipient list suppressed)\n" + kRest, ""},
           {from + "X-Note: caf\xE9\n" + kRest, "raw-8bit-header:info"},
       }) {
    CAPTURE(bytes);
    CHECK(codes(bytes) == expected);
  }
}

TEST_CASE("raw bytes that the header's own charset reads are told so, others not") {
  const auto read_as = [](const std::string& content_type) {
    for (const Finding& finding :
         examine("From: a@x.example\n" + content_type + "X-Note: caf\xE9\n" + kRest)) {
      if (finding.code == "raw-8bit-header") return finding.evidence.back().first == "read_as";
    }
    throw std::runtime_error("not told");
  };
  CHECK(read_as("Content-Type: text/plain; charset=iso-8859-1\n"));
  CHECK_FALSE(read_as(""));
}

TEST_CASE("the Date field's shape is told") {
  const auto with_date = [](const std::string& date) {
    return codes("From: a@x.example\nMessage-ID: <1@x>\nDate: " + date + "\n\n");
  };
  CHECK(with_date("Tue, 18 Mar 1997 14:39:24 -0800 (PST)") == "");
  CHECK(with_date("18 Mar 97 14:39:24 GMT") == "");
  CHECK(with_date("Tue, Mar 18 1997 14:36:14 PST") == "date-syntax:info");
  CHECK(with_date("Mon, 18 Mar 1997 14:39:24 -0800") == "weekday-wrong:low");
  CHECK(with_date("Tue, 18 Mar 1997 14:39:24 +1900") == "zone-impossible:low");
  CHECK(with_date("Tue, 18 Mar 1997 14:39:24 +0800 (PST)") == "zone-name-mismatch:low");
  CHECK(with_date("Wed, 30 Jul 1997 14:39:24 -0800 (PST)") == "zone-name-mismatch:info");
  CHECK(with_date("Tue, 18 Mar 1997 14:39:24") == "date-syntax:info");
}

TEST_CASE("odd bytes are told with their place and bounded evidence") {
  using namespace std::string_literals;
  const std::string head = "From: a@x.example\n" + kRest;
  CHECK(codes("X: a\0b\n"s + head) == "nul-byte:medium");
  CHECK(codes("X: a\x1b[1m\n" + head) == "control-char:low");
  CHECK(codes("X: a\rBcc: b\n" + head) == "bare-cr-lf:medium");
  CHECK(codes(head + "a\rb\n") == "bare-cr-lf:low");
  CHECK(codes("X: a\r\nFrom: a@x.example\r\nDate: Tue, 18 Mar 1997 14:39:24 -0800\r\n"
              "Message-ID: <1@x>\r\n\r\na\nb\r\n") == "bare-cr-lf:low");
  CHECK(codes(head + ".\nFrom: b@y.example\nTo: c@z.example\n") == "smuggling-trace:medium");
  CHECK(codes("no field\n" + head) == "stray-line:low");
  CHECK(codes(head + std::string(1'000, 'x') + "\n") == "overlong-line:info");

  const auto findings = examine(head + "x\n.\nFrom: b@y.example\nTo: c@z.example\n");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].line == 10);
  CHECK(findings[0].offset == head.size() + 4);

  std::string many;
  for (int i = 0; i < 20'000; ++i) many += "X: y\n";
  CHECK(codes("From: a@x.example\nDate: Tue, 18 Mar 1997 14:39:24 -0800\nMessage-ID: <1@x>\n" +
              many + "\n") == "header-bomb:medium");

  for (const Finding& finding :
       examine("From: \"" + std::string(100'000, '@') +
               "\" <a@x.example>\nSubject : " + std::string(100'000, 's') + "\n" + kRest)) {
    CAPTURE(finding.code);
    for (const auto& [name, value] : finding.evidence) CHECK(value.size() <= kMaxEvidence + 3);
    CHECK(finding.message.size() <= 3 * kMaxEvidence);
  }
}

TEST_CASE("every finding told here is in the catalogue") {
  for (const Finding& finding :
       examine("stray\nFrom : \"a@b.example\" <c@d>\nFrom: e@f.example\nX: \x1b\n.\n\n"))
    CHECK(find_kind(finding.code) != nullptr);
}
