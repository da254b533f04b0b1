#include <functional>

#include "auth/dkim/encoders.hpp"
#include "base/base64.hpp"
#include "base/crypto.hpp"
#include "base/quoted_printable.hpp"
#include "base/text.hpp"
#include "complaint_case.hpp"
#include "message/charset.hpp"
#include "message/encoded_word.hpp"
#include "message/message.hpp"
#include "message/mime.hpp"
#include "report/exchange/redact_header.hpp"
#include "report/exchange/redaction.hpp"
#include "report/html/html.hpp"
#include "support/catch.hpp"
#include "support/mail.hpp"

using namespace emltrace;
using report::PrivateStrings;
using report::Redaction;
using Forms = PrivateStrings::Forms;

namespace {

// HMAC-SHA-256("potatoes", "mia"), worked out by another program.
constexpr std::string_view kToken = "CQHrwNkCfTFZWr581TRS";

PrivateStrings mia() {
  PrivateStrings hidden;
  hidden.add({"mia", "receiver.example", std::string(kToken)});
  return hidden;
}
std::string replaced(std::string_view text, Forms forms = Forms::address) {
  return mia().replaced(text, forms);
}
std::string with_token(std::string text) {
  for (std::size_t at = text.find('*'); at != std::string::npos; at = text.find('*', at + 1))
    text.replace(at, 1, kToken);
  return text;
}

bool has(std::string_view text, std::string_view part) {
  return text::ifind(text, part) != std::string_view::npos;
}

/// A message with more header fields, and what becomes of it.
struct Hidden {
  test::ComplaintCase made;
  Redaction redaction;

  explicit Hidden(const std::string& fields, const std::string& body = "")
      : made(with(fields, body)), redaction(made.report, made.item.text, {}, "potatoes") {}
  static std::string with(const std::string& fields, const std::string& body) {
    std::string message = test::kParcel;
    message.insert(message.find("From: "), fields);
    return body.empty() ? message : message.substr(0, message.find("\r\n\r\n") + 4) + body;
  }
  [[nodiscard]] std::string message() const { return redaction.message(made.message); }
  [[nodiscard]] std::string field(const std::string& name) const {
    const std::string all = message();
    const Message parsed = Message::parse(all);
    const Field* found = parsed.find(name);
    return found == nullptr ? "-" : unfold(found->body);
  }
};

/// Every text of a message: header fields as written and decoded, parts decoded.
void each_text(std::string_view bytes, const std::function<void(std::string_view)>& see) {
  see(bytes);
  const Message message = Message::parse(bytes);
  for (const Field& field : message.fields()) {
    const std::string value = unfold(field.body);
    see(decode_encoded_words(value));
    see(text::without_space(value));
    for (const auto part : text::split(value, '|')) {
      if (const auto plain = base64_decode(part, true)) see(*plain);
    }
  }
  const std::function<void(const mime::Part&)> walk = [&](const mime::Part& part) {
    const std::string decoded = part.decoded().value_or("");
    see(decoded);
    see(text::decode_octets(decoded, '%'));
    if (part.type == "message/rfc822" && decoded.size() < bytes.size()) each_text(decoded, see);
    for (const auto& inner : part.parts) walk(inner);
  };
  walk(mime::read(bytes));
}

}  // namespace

TEST_CASE("a token is base64url of 15 bytes of HMAC-SHA-256 over the local part") {
  CHECK(report::redaction_token("potatoes", "mia") == kToken);
  CHECK(report::redaction_token("potatoes", "MIA") == kToken);
  CHECK(report::redaction_token("other", "mia").size() == 20);
  CHECK(report::redaction_token("other", "mia") != kToken);
}

TEST_CASE("an address is found in the forms in which mail writes it") {
  const std::vector<std::pair<std::string, std::string>> rows{
      {"mia@receiver.example", "*@receiver.example"},
      {"<MIA@Receiver.Example>", "<*@Receiver.Example>"},
      {"for mia@receiver.example;", "for *@receiver.example;"},
      {"mia+shop@receiver.example", "*@receiver.example"},
      {"\"mia\"@receiver.example", "\"*\"@receiver.example"},
      {"mia @ receiver.example", "* @ receiver.example"},
      {"bounces+13160000-ab87-mia=receiver.example@em.shop.example",
       "bounces+13160000-ab87-*=receiver.example@em.shop.example"},
      {"local+caf_=mia=receiver.example@gmail.com", "local+caf_=*=receiver.example@gmail.com"},
      {"SRS0=HHHH=TT=receiver.example=mia@f.example", "SRS0=HHHH=TT=receiver.example=*@f.example"},
      {"http://x.example/u?e=mia%40receiver.example&x=1",
       "http://x.example/u?e=*%40receiver.example&x=1"},
      {"u=mia%2540receiver.example", "u=*%2540receiver.example"},
      {"u=%6dia%40receiver%2Eexample", "u=*%40receiver%2Eexample"},
      {"=3Dmia=40receiver.example", "=3D*=40receiver.example"},
      {"mia&#64;receiver.example", "*&#64;receiver.example"},
      {"mia&commat;receiver.example", "*&commat;receiver.example"},
      {"m&#x69;a&#x40;receiver.example", "*&#x40;receiver.example"},
      {"\"to\":\"mia\\u0040receiver.example\"", "\"to\":\"*\\u0040receiver.example\""},
      {"mi=\r\na@receiver.exam=\r\nple", "*@receiver.exam=\r\nple"},
      {"mia(at)receiver.example", "*(at)receiver.example"},
      {"&#109;&#105;&#97;&#64;&#114;eceiver&period;example", "*&#64;&#114;eceiver&period;example"}};
  for (const auto& [written, expected] : rows) {
    CAPTURE(written);
    CHECK(replaced(written) == with_token(expected));
    CHECK_FALSE(mia().found_in(replaced(written)));
  }
}

TEST_CASE("letters beyond US-ASCII, and such as begin an escape, are found in every form") {
  PrivateStrings hidden;
  hidden.add({"j.m\xc3\xbcller", "receiver.example", "T"});
  hidden.add({"tom&jerry=50%", "receiver.example", "U"});
  hidden.add({"\xd0\xb8\xd0\xb2\xd0\xb0\xd0\xbd", "receiver.example", "V"});
  const std::vector<std::pair<std::string, std::string>> rows{
      {"j.m\xc3\xbcller@receiver.example", "T@receiver.example"},
      {"J.M\xc3\x9cLLER@receiver.example", "T@receiver.example"},
      {"?e=j.m%C3%BCller%40receiver.example", "?e=T%40receiver.example"},
      {"?e=j.m%25c3%25bcller%2540receiver.example", "?e=T%2540receiver.example"},
      {"j.m=C3=BCller=40receiver.example", "T=40receiver.example"},
      {"j.m=C3=\r\n=BCller@receiver.example", "T@receiver.example"},
      {"j.m&#252;ller@receiver.example", "T@receiver.example"},
      {"j.m&#xFC;ller@receiver.example", "T@receiver.example"},
      {"j.m&uuml;ller@receiver.example", "T@receiver.example"},
      {"\"j.m\\u00fcller@receiver.example\"", "\"T@receiver.example\""},
      {"\xd0\x98\xd0\x92\xd0\x90\xd0\x9d@receiver.example", "V@receiver.example"},
      {"%d0%98\xd0\xb2%D0%B0\xd0\xbd@receiver.example", "V@receiver.example"},
      {"tom&jerry=50%@receiver.example", "U@receiver.example"},
      {"tom&amp;jerry=50%@receiver.example", "U@receiver.example"},
      {"tom&#x26;jerry&#61;50&percnt;@receiver.example", "U@receiver.example"},
      {"?e=tom%26jerry%3D50%25%40receiver.example", "?e=U%40receiver.example"},
      {"j.muller@receiver.example", "j.muller@receiver.example"},
      {"j.m%C3%A4ller@receiver.example", "j.m%C3%A4ller@receiver.example"},
      {"j.m%C3ller@receiver.example", "j.m%C3ller@receiver.example"},
      {"tom&nbsp;jerry=50%@receiver.example", "tom&nbsp;jerry=50%@receiver.example"}};
  for (const auto& [written, expected] : rows) {
    CAPTURE(written);
    CHECK(hidden.replaced(written, Forms::address) == expected);
  }
}

TEST_CASE("another's address and other words stay") {
  for (const char* text :
       {"maria@receiver.example", "xmia@receiver.example", "mia@other.example", "mia",
        "miami receiver.example", "notice@sender-host.example", "mia@receiver.examples"}) {
    CAPTURE(text);
    CHECK(replaced(text) == text);
  }
}

TEST_CASE("in what people read, the local part is hidden as a word and as a parameter") {
  CHECK(replaced("Hello Mia, your parcel", Forms::words) == with_token("Hello *, your parcel"));
  CHECK(replaced("http://x.example/?user=mia&a=1", Forms::words) ==
        with_token("http://x.example/?user=*&a=1"));
  CHECK(replaced("a miasma of <mia> /mia", Forms::words) == "a miasma of <mia> /mia");
  PrivateStrings role;
  role.add({"info", "receiver.example", "T"});
  CHECK(role.replaced("For more info, see info@receiver.example", Forms::words) ==
        "For more info, see T@receiver.example");
}

TEST_CASE("an address in base64 or hexadecimal is cut with what it stands in") {
  const std::string coded = base64_encode("0|mia@receiver.example|1");
  CHECK(has(replaced("http://x.example/?t=" + coded), "http://x.example/?t=[redacted]"));
  CHECK_FALSE(has(replaced("u?e=" + coded + "&x"), coded));
  CHECK_FALSE(has(replaced("id=" + crypto::hex("mia@receiver.example") + ";"), "6d6961"));
  CHECK(replaced(base64_encode("somebody@else.example")) == base64_encode("somebody@else.example"));
}

TEST_CASE("of a link with a coded address in its path the host and the other folders stay") {
  const std::string hex = crypto::hex("mia@receiver.example");
  const std::string coded = base64_encode("mia@receiver.example");
  CHECK(replaced("http://t.evil.example/" + hex) == "http://t.evil.example/[redacted]");
  CHECK(replaced("http://t.evil.example/track/" + hex + "/open") ==
        "http://t.evil.example/track/[redacted]/open");
  CHECK(replaced("http://t.evil.example/u_" + hex + "-7") ==
        "http://t.evil.example/u_[redacted]-7");
  CHECK(has(replaced("http://t.evil.example/track/" + coded), "http://t.evil.example/track/[red"));
  CHECK(has(replaced("http://t.evil.example/a/b/" + coded + "&x"), "example/a/b/[redacted]"));
  // Signs that part words are letters of the coding as well.
  for (const char* text :
       {"?>?>?>mia@receiver.example", "\xff\xfe\xfd\xfc\xfb mia@receiver.example"}) {
    for (const auto& whole : {base64_encode(text), base64_encode(std::string("<") + text)}) {
      std::string url = whole;
      std::ranges::replace(url, '+', '-');
      std::ranges::replace(url, '/', '_');
      CAPTURE(whole);
      CHECK_FALSE(mia().found_in(replaced("http://t.evil.example/" + url)));
      CHECK(has(replaced("http://t.evil.example/" + url), "http://t.evil.example/"));
      CHECK_FALSE(has(replaced("http://t.evil.example/x/" + whole), whole));
    }
  }
  const std::string other = "http://t.evil.example/track/" + crypto::hex("kim@else.example");
  CHECK(replaced(other) == other);
}

TEST_CASE("fields that hold the recipient in a coding keep their names alone") {
  const Hidden made(
      "X-Mailgun-Sid: WyJhYjEyYyIsIm1pYUByZWNlaXZlci5leGFtcGxlIiwiZGUzNGY1Il0=\r\n"
      "X-MSFBL: "
      "Abc1Def/GhI2JkL345mNopq6RsTuVwXyZ789/a0bCdE=|eyJzdWJhY2NvdW50X2lkIjoiMSIsInRlbmFud\r\n"
      "\tF9pZCI6InNwYyIsIm1lc3NhZ2VfaWQiOiIwMGExYjJjM2Q0ZTVmNjA3MTgyOSIsInIiOiJtaWFAcmVjZWl2ZXIuZX"
      "\r\n"
      "\thhbXBsZSIsImN1c3RvbWVyX2lkIjoiNzI2MDAifQ==\r\n"
      "X-PM-RCPT: |bTB8MzA4NjB8MTU0NDU5fG1pYUByZWNlaXZlci5leGFtcGxl|\r\n"
      "X-Vade-Spamcause: gggruggvucftvghtrhhoucdtuddrgedvuddr\r\n"
      "X-SG-EID: u001.Tm9ib2R5IGNhbiByZWFkIHRoaXM=\r\n");
  CHECK(made.field("X-Mailgun-Sid") == "[redacted]");
  CHECK(made.field("X-MSFBL") == "[redacted]");
  CHECK(made.field("X-PM-RCPT") == "[redacted]");
  CHECK(made.field("X-Vade-Spamcause") == "[redacted]");
  CHECK(made.field("X-SG-EID") == "u001.Tm9ib2R5IGNhbiByZWFkIHRoaXM=");
}

TEST_CASE("fields of delivery, lists of recipients and links bear the token") {
  const Hidden made(
      "Delivered-To: mia@receiver.example\r\n"
      "X-Original-To: <mia@receiver.example>\r\n"
      "List-Unsubscribe: <mailto:u-mia=receiver.example@l.example>,\r\n"
      " <https://l.example/u?e=mia%40receiver.example>\r\n"
      "Cc: tom@receiver.example, \"Mia Example\" <mia@receiver.example>, Zed "
      "<z@other.example>\r\n");
  CHECK(made.field("Delivered-To") == with_token("*@receiver.example"));
  CHECK(made.field("X-Original-To") == with_token("<*@receiver.example>"));
  CHECK(made.field("List-Unsubscribe") ==
        with_token("<mailto:u-*=receiver.example@l.example>, "
                   "<https://l.example/u?e=*%40receiver.example>"));
  CHECK(made.field("To") == with_token("<*@receiver.example>"));
  const std::string tom = report::redaction_token("potatoes", "tom");
  CHECK(made.field("Cc") ==
        tom + "@receiver.example, " + with_token("<*@receiver.example>, Zed <z@other.example>"));
  CHECK(has(made.field("Received"), with_token("for <*@receiver.example>")));
}

TEST_CASE("the author stays, unless the message was sent to that very address") {
  const Hidden made("");
  CHECK(made.field("From") == "\"Parcel Service\" <notice@sender-host.example>");
  std::string self = test::kParcel;
  self.replace(self.find("\"Parcel Service\" <notice@sender-host.example>"), 45,
               "\"Me\" <mia@receiver.example>");
  const test::ComplaintCase spoofed(self);
  const Redaction redaction(spoofed.report, spoofed.item.text, {}, "potatoes");
  CHECK_FALSE(has(redaction.message(spoofed.message), "mia@receiver.example"));
}

TEST_CASE("encoded words are opened, changed and closed again") {
  const Hidden made(
      "X-Note: =?utf-8?Q?f=C3=BCr_mia=40receiver.example?=\r\n"
      "Thread-Topic: =?utf-8?B?SMOkbGxvIE1pYSE=?=\r\n"
      "X-Other: =?utf-8?Q?gr=C3=BC=C3=9Fe?=\r\n");
  CHECK(decode_encoded_words(made.field("X-Note")) == with_token("f\xc3\xbcr *@receiver.example"));
  CHECK(decode_encoded_words(made.field("Thread-Topic")) == with_token("H\xc3\xa4llo *!"));
  CHECK(made.field("X-Other") == "=?utf-8?Q?gr=C3=BC=C3=9Fe?=");
}

TEST_CASE("parts are changed through their transfer encodings, the others stay byte for byte") {
  const std::string untouched =
      "--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
      base64_encode("nothing to hide here, nothing") + "\r\n";
  const std::string body =
      "preamble\r\n" + untouched +
      "--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
      base64_encode("write to mia@receiver.example now") + "\r\n" +
      "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
      "<a href=3D\"http://x.example/?e=3Dmia%40recei=\r\nver.example\">Mia</a>\r\n" +
      "--b\r\nContent-Type: message/rfc822\r\n\r\n" +
      "To: mia@receiver.example\r\n\r\nmia(at)"
      "receiver.example\r\n--b--\r\nend\r\n";
  const Hidden made("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n", body);
  const std::string out = made.message();
  const auto whole = mime::read(out);
  REQUIRE(whole.parts.size() == 4);
  CHECK(has(out, untouched));
  CHECK(*whole.parts[1].decoded() == with_token("write to *@receiver.example now"));
  CHECK(has(*whole.parts[2].decoded(), with_token("?e=*%40receiver.example")));
  CHECK(whole.parts[3].body == with_token("To: *@receiver.example\r\n\r\n*(at)receiver.example"));
  CHECK(out.ends_with("--b--\r\nend\r\n"));
}

TEST_CASE("a part in another charset is changed in that charset") {
  const auto part = [](const char* charset, const std::string& bytes) {
    const std::string fields = std::string("Content-Type: text/plain; charset=") + charset +
                               "\r\nContent-Transfer-Encoding: base64\r\n";
    const Hidden made("MIME-Version: 1.0\r\n" + fields, base64_encode(bytes) + "\r\n");
    return *mime::read(made.message()).decoded();
  };
  const auto coded = [](const char* charset, const char* text) {
    return *from_utf8(with_token(text), charset);
  };
  for (const char* charset : {"utf-16", "utf-16le", "utf-16be", "utf-32", "iso-2022-jp", "utf-7"}) {
    CAPTURE(charset);
    CHECK(part(charset, *from_utf8("An mia@receiver.example, schnell", charset)) ==
          coded(charset, "An *@receiver.example, schnell"));
    const std::string other = *from_utf8("An kim@else.example, schnell", charset);
    CHECK(part(charset, other) == other);
  }
  // Bytes that are no text of the charset stay where nothing is hidden, and nothing is left else.
  CHECK(part("x-unknown", "An mia@receiver.example \xff") ==
        with_token("An *@receiver.example \xff"));
  CHECK(part("iso-8859-1", "F\xfcr mia@receiver.example") ==
        with_token("F\xfcr *@receiver.example"));
}

TEST_CASE("a recipient beyond US-ASCII is found in the charset of a part, and in both domains") {
  std::string message = test::kParcel;
  for (std::size_t at = message.find("mia@receiver.example"); at != std::string::npos;
       at = message.find("mia@receiver.example"))
    message.replace(at, 20, "m\xc3\xbcller@empf\xc3\xa4nger.example");
  message.insert(message.find("From: "),
                 "Content-Type: text/plain; charset=iso-8859-1\r\nX-Path: "
                 "m\xc3\xbcller@xn--empfnger-3za.example\r\n");
  message =
      message.substr(0, message.find("\r\n\r\n") + 4) + "F\xfcr M\xdcLLER@empf\xe4nger.example\r\n";
  const test::ComplaintCase made(message);
  const Redaction redaction(made.report, made.item.text, {}, "potatoes");
  const std::string token = report::redaction_token("potatoes", "m\xc3\xbcller");
  const std::string out = redaction.message(made.message);
  CHECK(has(out, "X-Path: " + token + "@xn--empfnger-3za.example"));
  CHECK(out.ends_with("F\xfcr " + token + "@empf\xe4nger.example\r\n"));
}

TEST_CASE("a header that is shown line by line keeps its lines") {
  const std::string header =
      "X-MSFBL: Abc1Def|bWlhQHJlY2VpdmVyLmV4\r\n\tYW1wbGU=\r\nTo: \"Mia Example\"\r\n"
      " <mia@receiver.example>\r\nSubject: a\r\n";
  const std::string shown = report::redacted_header(header, mia(), report::CutLines::keep);
  CHECK(std::ranges::count(shown, '\n') == std::ranges::count(header, '\n'));
  CHECK(shown.starts_with("X-MSFBL: [redacted]\r\n\t[redacted]\r\nTo:"));
  CHECK(shown.ends_with("Subject: a\r\n"));
}

TEST_CASE("where nothing else names a recipient, To is whom the message was for") {
  const std::string message =
      "From: a@b.example\r\nTo: \"Kim Lee\" <kim@c.example>\r\nSubject: x\r\n\r\nHi\r\n";
  const test::ComplaintCase made(message, "");
  const Redaction redaction(made.report, made.item.text, {}, "k");
  CHECK_FALSE(has(redaction.message(message), "kim@"));
  CHECK_FALSE(has(redaction.message(message), "Kim Lee"));
}

TEST_CASE("no recipient's address is left in any part of 200 made messages") {
  std::size_t hidden = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    const std::string local = seed % 2 == 0 ? "mia" : "tom.e-" + std::to_string(seed);
    const std::string address = local + "@receiver.example";
    std::string made = test::random_message(seed);
    const std::string encoded = base64_encode("to " + address);
    std::string fields =
        "Delivered-To: " + address + "\n" +
        "Received: from m.example (m.example [203.0.113.25]) by mx.receiver.example "
        "(Postfix) with ESMTP id 88BFF24001F0\n\tfor <" +
        address + ">; Tue, 17 Nov 2026 09:14:07 +0000\n" + "X-PM-RCPT: |" + encoded + "|\n" +
        "Subject: =?utf-8?B?" + encoded + "?=\n" + "Return-Path: <b-" + local +
        "=receiver.example@v.example>\n" + "To: \"" + address + "\" <" + address + ">\n";
    switch (seed % 4) {
      case 0:
        fields += "Content-Transfer-Encoding: base64\n\n" +
                  dkim::base64_lines("Dear " + address + ",\n" + made, 76, "\n") + "\n";
        break;
      case 1:
        fields += "Content-Transfer-Encoding: quoted-printable\n\n" +
                  dkim::quoted_printable("Dear " + address + ", =\n" + made, 0) + "\n";
        break;
      case 2:
        fields +=
            "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n" +
            std::string("To: ") + address + "\n" + made + "\n--x--\n";
        break;
      default:
        fields +=
            made + "\nhttp://x.example/?e=" + local + "%40receiver.example&f=" + encoded + "\n";
    }
    const test::ComplaintCase traced(fields, "");
    const Redaction redaction(traced.report, traced.item.text, {}, "potatoes");
    const std::string token = report::redaction_token("potatoes", local);
    const std::string out = redaction.message(traced.message);
    if (has(out, token + "@receiver.example")) ++hidden;
    each_text(out, [&](std::string_view text) {
      CHECK_FALSE(has(text, address));
      CHECK_FALSE(has(text, local + "=receiver.example"));
      CHECK_FALSE(has(text, local + "%40receiver.example"));
    });
    CHECK(has(out, "Delivered-To: " + token + "@receiver.example"));
    CHECK(has(out, "for <" + token + "@receiver.example>"));
    CHECK(has(out, "<b-" + token + "=receiver.example@v.example>"));
  }
  CHECK(hidden == 200);
}

TEST_CASE("a header that is hidden by line keeps its lines, the last one without an end too") {
  const Hidden made("");
  const auto by_line = [&](const std::string& header) {
    return made.redaction.header_by_line(header);
  };
  const std::string cause = "X-VADE-SPAMCAUSE: abc\r\n def\r\n ghi";
  CHECK(by_line(cause) == "X-VADE-SPAMCAUSE: [redacted]\r\n\t[redacted]\r\n\t[redacted]");
  CHECK(by_line(cause + "\r\n") ==
        "X-VADE-SPAMCAUSE: [redacted]\r\n\t[redacted]\r\n\t[redacted]\r\n");
  CHECK(by_line("X-VADE-SPAMCAUSE: abc") == "X-VADE-SPAMCAUSE: [redacted]");
  CHECK(by_line("X-VADE-SPAMCAUSE: abc\nFrom: a@b.example\n") ==
        "X-VADE-SPAMCAUSE: [redacted]\nFrom: a@b.example\n");
}

TEST_CASE("a report in ARF or XARF and a page hide whom they are about") {
  test::ComplaintCase made;
  made.redact("potatoes");
  const std::string arf = made.arf();
  CHECK(has(arf, with_token("Original-Rcpt-To: <*@receiver.example>")));
  CHECK(has(arf, with_token("for <*@receiver.example>")));
  CHECK(
      has(arf, with_token("Reported-URI: http://parcel-fee.example/pay?u=*%40receiver.example\n")));
  CHECK_FALSE(has(arf, "mia@"));
  CHECK_FALSE(has(arf, "Mia Example"));
  CHECK(has(arf, "judged on the original"));
  const std::string xarf = made.xarf();
  CHECK(has(xarf, with_token("\"smtp_to\": \"*@receiver.example\"")));
  CHECK_FALSE(has(xarf, "mia@"));
  report::HtmlDocument page(true);
  const std::string shown = made.hidden->text(
      page.add(made.report, made.item, made.hidden->header_by_line(made.item.text)));
  CHECK_FALSE(has(shown, "mia@"));
  CHECK_FALSE(has(shown, "Mia Example"));
  CHECK(has(shown, with_token("*@receiver.example")));
}

TEST_CASE("a run without a key makes tokens that nobody can make again, and says so") {
  test::ComplaintCase made;
  made.redact("");
  made.options.key_of_run = true;
  const std::string first = made.arf();
  CHECK(has(first, "was made for this report alone"));
  test::ComplaintCase again;
  again.redact("");
  CHECK(first != again.arf());
}
