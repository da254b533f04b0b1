#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "intake/mend/mend.hpp"
#include "message/message.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using intake::Mended;

namespace {

const std::string kTrace =
    "Received: from a.example (a.example [192.0.2.1])\n\tby b.example with ESMTP id A1\n"
    "\tfor <bob@b.example>; Tue, 22 Mar 2022 16:12:36 -0800\n";
const std::string kAuthor =
    "From: Ann <ann@a.example>\nTo: bob@b.example\nSubject: hi\n"
    "Date: Tue, 22 Mar 2022 16:12:30 -0800\nMessage-ID: <m1@a.example>\n";
const std::string kHeader = kTrace + kAuthor;

std::vector<std::string_view> header_lines() {
  return text::split(std::string_view(kHeader).substr(0, kHeader.size() - 1), '\n');
}

std::string codes(const Mended& mended) {
  std::vector<std::string> all;
  for (const auto& repair : mended.repairs) all.push_back(repair.code);
  return text::join(all, " ");
}

std::string value(const Mended& mended, std::string_view name) {
  const Message message = Message::parse(mended.text);
  const Field* field = message.find(name);
  return field == nullptr ? "none" : unfold(field->body);
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// The message with one line put in the place of another that begins so.
Mended with(std::string_view old, const std::string& line) {
  return intake::mend(replaced(kHeader + "\nbody\n", old, line));
}

}  // namespace

TEST_CASE("names written against links are written out where they can be nothing else") {
  const Mended mended = intake::mend(
      replaced(replaced(kHeader, "a.example", "a[.]example"), "192.0.2.1", "192[.]0[.]2[.]1"));
  CHECK(codes(mended) == "defanged");
  CHECK(mended.text == kHeader);
  CHECK(value(with("Ann <ann@a.example>", "Ann <ann[at]a(dot)example>"), "From") ==
        "Ann <ann@a.example>");
  CHECK(codes(with("Subject: hi", "List-Archive: <hxxps[:]//a[.]example/x>")) == "defanged");
  CHECK(codes(with("Subject: hi", "List-Archive: <https://a.example/hxxp>")).empty());
  // An address literal, a subject, a name for people.
  CHECK(codes(with("a.example (", "[192.0.2.1] (")).empty());
  CHECK(codes(with("Subject: hi", "Subject: see a[.]example (at) hxxp://b[.]example")).empty());
  CHECK(codes(with("Ann <", "Ann (at)home.example <")).empty());
  CHECK(codes(with("Ann <", "\"A(.)B\" <")).empty());
}

TEST_CASE("an author written with 'at' is an author, where no other address stands") {
  const std::string mailman = "jo at other.example.net (Jo)";
  CHECK(codes(with("Ann <ann@a.example>", mailman)) == "obscured-address");
  CHECK(value(with("Ann <ann@a.example>", mailman), "From") == "jo@other.example.net (Jo)");
  CHECK(value(with("Ann <ann@a.example>", "Jo <jo () other ! example ! net>"), "From") ==
        "Jo <jo@other.example.net>");
  CHECK(codes(with("Ann <ann@a.example>", "Jo at work <jo@other.example>")).empty());
  CHECK(codes(with("Ann <ann@a.example>", "meet at noon")).empty());
}

TEST_CASE("invisible characters before names go, in a name for people they stay") {
  const std::string mark = "\xE2\x80\x8B";
  const Mended mended = intake::mend(mark + replaced(kHeader, "\nFrom", "\n" + mark + "From"));
  CHECK(codes(mended) == "invisible-characters");
  CHECK(mended.text == kHeader);
  CHECK(mended.repairs[0].count == 2);
  CHECK(codes(with("Ann <", "An" + mark + "n <")).empty());
  CHECK(value(intake::mend(mark + replaced(kHeader, "Ann <", "An" + mark + "n <")), "From") ==
        "An" + mark + "n <ann@a.example>");
}

TEST_CASE("a dash before a zone is its sign; in a text it is a dash") {
  for (const std::string dash : {"\xE2\x80\x93", "\xE2\x88\x92"}) {
    const Mended mended = intake::mend(replaced(kHeader, "-0800", dash + "0800"));
    CHECK(codes(mended) == "typographic-dashes");
    CHECK(mended.text == kHeader);
    CHECK(codes(with("Subject: hi", "Subject: 10:00 " + dash + "0800")).empty());
    CHECK(codes(with("(a.example [", "(Foo" + dash + "Bar [")).empty());
  }
}

TEST_CASE("full-width signs of servers' lines are made plain, in names for people they are text") {
  const Mended mended =
      intake::mend(replaced(replaced(kHeader, "Received: ", "Received："),
                            "(a.example [192.0.2.1])", "（a.example ［192.0.2.1］）"));
  CHECK(codes(mended) == "full-width-signs");
  CHECK(value(mended, "Received").starts_with("from a.example (a.example [192.0.2.1])"));
  CHECK(codes(with("Ann <", "仓储（上海）：安 <")).empty());
  CHECK(codes(with("Subject: hi", "Subject: （会议）：安")).empty());
}

TEST_CASE("prefixes that all lines share are taken off, the numbers of a list are not") {
  std::size_t number = 0;
  std::string numbered;
  std::string logged;
  for (const auto line : header_lines()) {
    numbered += std::to_string(++number) + ":" + std::string(line) + "\n";
    logged += "Nov 10 10:00:0" + std::to_string(number % 10) +
              " gw smtpd[7]: " + std::string(line) + "\n";
  }
  CHECK(codes(intake::mend(numbered)) == "line-numbers");
  CHECK(intake::mend(numbered).text == kHeader);
  CHECK(codes(intake::mend(logged)) == "line-prefixes");
  CHECK(intake::mend(logged).text == kHeader);
  CHECK(intake::mend(logged).repairs[0].count == number);
  CHECK(codes(intake::mend(kHeader + "\n1:Received: from x\n2:From: y\n3:To: z\n")).empty());
}

TEST_CASE("words of a chat before the first field go, a field of another name stays") {
  CHECK(codes(intake::mend("[10:32] Jo: " + kHeader)) == "words-before-field");
  CHECK(intake::mend("[10:32] Jo: " + kHeader).text == kHeader);
  CHECK(codes(intake::mend("X-Note: Received: from here\n" + kHeader)).empty());
  CHECK(codes(intake::mend("Note: Received: from here\n" + kHeader)).empty());
}

TEST_CASE("a fence and what stands around it go; a fence in a body stays") {
  const Mended mended = intake::mend("here:\n\n```text\n" + kHeader + "```\n\nthanks\n");
  CHECK(codes(mended) == "leading-text code-fence");
  CHECK(mended.text == kHeader);
  CHECK(mended.repairs[0].count == 3);  // the words, an empty line, the mark that opens
  CHECK(mended.repairs[1].count == 3);  // the mark that closes, an empty line, the thanks
  CHECK(intake::mend(kHeader + "```\nthanks\n").text == kHeader);
  CHECK(codes(intake::mend(kHeader + "\n```\n" + kHeader + "```\n")).empty());
}

TEST_CASE("a cell and a string give what they hold") {
  const std::string quoted = replaced(kHeader, "Ann <", "\"Ann\" <");
  const std::string cell = replaced(quoted, "\"", "\"\"");
  CHECK(intake::mend("\"" + cell + "\"\n").text == quoted);
  CHECK(intake::mend("id,header\n7,\"" + cell + "\",x\n").text == quoted);
  CHECK(codes(intake::mend("\"" + cell + "\"\n")) == "quoted-cell");
  const std::string string = replaced(replaced(kHeader, "\t", "\\t"), "\n", "\\r\\n");
  CHECK(codes(intake::mend("b'" + string + "'")) == "escaped-line-ends");
  CHECK(intake::mend("b'" + string + "'").text == kHeader);
  CHECK(intake::mend("\"" + string + "\"").text == kHeader);
  CHECK(intake::mend(replaced(replaced(kHeader, "\t", "\\t"), "\n", "\\n")).text == kHeader);
  CHECK(codes(with("Subject: hi", "Subject: \\nFrom: and \\nTo: are escapes")).empty());
}

TEST_CASE("a record of a session gives the message that was sent, its dots unstuffed") {
  const std::string message = kHeader + "\nbody\n.hidden\n";
  const std::string sent = replaced(message, "\n.", "\n..");
  const std::string commands = "EHLO a.example\nMAIL FROM:<ann@a.example>\nRCPT TO:<b@b.example>\n";
  const Mended mended = intake::mend(commands + "DATA\n" + sent + ".\nQUIT\n");
  CHECK(codes(mended) == "smtp-session");
  CHECK(mended.text == message);
  CHECK_FALSE(mended.repairs[0].touches_signed_bytes);
  CHECK(codes(intake::mend(kHeader + "\nThey say:\n" + commands + "DATA\n.\nQUIT\n")).empty());
}

TEST_CASE("bytes before the first field go, a control inside a field stays") {
  const std::string head("\0\0\1Outl\x7f", 8);
  CHECK(codes(intake::mend(head + kHeader)) == "leading-bytes");
  CHECK(intake::mend(head + kHeader).text == kHeader);
  CHECK(codes(intake::mend(replaced(kHeader, "Subject: hi", "Subject: h\1i"))).empty());
}

TEST_CASE("marks of emphasis around names go") {
  std::string bold;
  for (const auto line : header_lines()) {
    const std::size_t colon = line.starts_with('\t') ? std::string_view::npos : line.find(':');
    bold += colon == std::string_view::npos ? std::string(line) + "\n"
                                            : "**" + std::string(line.substr(0, colon)) + ":**" +
                                                  std::string(line.substr(colon + 1)) + "\n";
  }
  CHECK(codes(intake::mend(bold)) == "emphasis-marks");
  CHECK(intake::mend(bold).text == kHeader);
  CHECK(codes(with("Subject: hi", "Subject: *From:* and **To:**")).empty());
}

TEST_CASE("links of chats, of Markdown and of Outlook are the text they show") {
  for (const std::string link :
       {"<mailto:ann@a.example|ann@a.example>", "<[ann@a.example](mailto:ann@a.example)>"}) {
    CHECK(codes(with("<ann@a.example>", link)) == "text-links");
    CHECK(value(with("<ann@a.example>", link), "From") == "Ann <ann@a.example>");
  }
  for (const std::string link : {"<http://b.example|b.example>", "[b.example](http://b.example/)",
                                 "b.example<http://b.example>"}) {
    CHECK(with("by b.example", "by " + link).text == kHeader + "\nbody\n");
  }
  CHECK(codes(with("<ann@a.example>", "<mailto:eve@e.example|ann@a.example>")) != "text-links");
  CHECK(codes(with("Subject: hi", "List-Help: <http://c.example/?a|b>")).empty());
}

TEST_CASE("lines of a web page without the page lose their tags") {
  const std::string html = replaced(replaced(kHeader, "<", "&lt;"), ">", "&gt;");
  CHECK(codes(intake::mend(replaced(html, "\n", "<br>\n"))) == "html-lines");
  CHECK(intake::mend(replaced(html, "\n", "<br>\n")).text == kHeader);
  CHECK(codes(with("Subject: hi", "Subject: hi<br>")).empty());
}

TEST_CASE("fields that ran together are parted where the first one's value has ended") {
  CHECK(value(with("Message-ID: <m1@a.example>", "Message-ID: <m1@a.example>MIME-Version: 1.0"),
              "Message-ID") == "<m1@a.example>");
  CHECK(codes(with("-0800\nFrom: ", "-0800From: ")) == "fields-run-together");
  CHECK(with("-0800\nFrom: ", "-0800From: ").text == kHeader + "\nbody\n");
  CHECK(
      codes(with("Subject: hi", "Subject: +0800X-QQ-mid: and (CST)Date: and <a>From: x")).empty());
  CHECK(codes(with("Ann <", "\"Re: X-Mailer: Ann\" <")).empty());
}

TEST_CASE("a header that stands in one line without any gap is cut at known names") {
  const Mended mended = intake::mend(
      "Received: from a.example ([192.0.2.1])by b.example id 6; Thu, 17 Oct 2024 11:24:01 +0800"
      "X-QQ-mid: xyztX-QQ-XMRINFO: AAAA=Date: Thu, 17 Oct 2024 11:24:01 +0800From: a@a.example");
  CHECK(value(mended, "X-QQ-mid") == "xyzt");
  CHECK(value(mended, "X-QQ-XMRINFO") == "AAAA=Date: Thu, 17 Oct 2024 11:24:01 +0800");
  CHECK(value(mended, "From") == "a@a.example");
}

TEST_CASE("the declared boundary ends a header whose empty line is lost") {
  const std::string type = "Content-Type: multipart/mixed; boundary=\"=_1\"\n";
  const Mended mended =
      intake::mend(kHeader + type + "--=_1\nSubject: inner\nX: y\n\ntext\n--=_1--\n");
  CHECK(codes(mended) == "boundary-without-blank");
  CHECK(mended.text == kHeader + type + "\n--=_1\nSubject: inner\nX: y\n\ntext\n--=_1--\n");
  CHECK(codes(intake::mend(kHeader + type + "\n--=_1\nSubject: inner\n\ntext\n--=_1--\n")).empty());
}

TEST_CASE("lines of the names in h= whose folds are lost stay in the signature, up to its ';'") {
  const std::string body =
      " v=1;\nd=a.example; s=s;\nh=Received:\nSubject:Date:\nFrom:Message-ID:\nTo; b=x";
  const Mended mended = intake::mend("DKIM-Signature:" + body + "\n" + kHeader);
  CHECK(codes(mended) == "fold-lost");
  CHECK(mended.text == "DKIM-Signature:" + replaced(body, "\n", "\n ") + "\n" + kHeader);
  // The list is closed, or is the value of another tag: what looks like a field is one.
  for (const std::string list : {"h=From:To;", "bh=From:"}) {
    const Mended closed =
        intake::mend("DKIM-Signature: v=1;\nd=a.example;\n" + list + "\nSubject: two\n" + kTrace);
    CHECK(value(closed, "Subject") == "two");
  }
}

TEST_CASE("groups of fields are one header whatever number of empty lines parts them") {
  const std::string first = "MIME-Version: 1.0\n";
  const Mended mended = intake::mend(first + "\n\n\n\n" + kTrace + "\n\n\n" + kAuthor);
  CHECK(codes(mended) == "blank-line-in-header");
  CHECK(mended.text == first + kHeader);
  CHECK(mended.repairs[0].count == 7);
  CHECK(codes(intake::mend(kHeader + "\n\n\n" + kTrace)).empty());
}

TEST_CASE("a From field written as >From is the author where there is no other") {
  CHECK(codes(with("From: Ann", ">From: Ann")) == "escaped-from-field");
  CHECK(codes(with("Subject: hi", ">From: Eve <eve@e.example>")).empty());
}

TEST_CASE("no-break spaces in a server's line are plain ones, in a Subject they stay") {
  for (const std::string space : {"\xC2\xA0", "\xA0"}) {
    CHECK(codes(with("\tby", space + "by")) == "no-break-spaces");
    CHECK(codes(with("by b", "by" + space + "b")) == "no-break-spaces");
    CHECK(codes(with("Subject: hi", "Subject: h" + space + "i")).empty());
  }
}

TEST_CASE("UTF-16 touches signed bytes only where it holds more than ASCII") {
  const auto wide = [](std::string_view text) {
    std::string out;
    for (const char c : text) out += std::string{c, '\0'};
    return out;
  };
  const Mended ascii = intake::mend(wide(kHeader));
  CHECK(ascii.text == kHeader);
  CHECK_FALSE(ascii.repairs.at(0).touches_signed_bytes);
  const std::string accent =
      wide(kHeader) + wide("X-Note: caf") + "\xE9" + std::string(1, '\0') + wide("\n");
  CHECK(intake::mend(accent).repairs.at(0).touches_signed_bytes);
}
