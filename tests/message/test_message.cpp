#include <fstream>
#include <sstream>
#include <string>

#include "message/message.hpp"
#include "support/catch.hpp"

using namespace emltrace;

namespace {

std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  out.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

}  // namespace

TEST_CASE("a message keeps its own >From line below the separator of a mailbox") {
  const Message message =
      Message::parse("From MAILER-DAEMON Thu Jan  1 00:00:00 2026\n>From a@b.example\nTo: c\n\n");
  CHECK(message.from_line() == ">From a@b.example");
  CHECK(message.stray().empty());
  CHECK(message.fields().size() == 1);
}

TEST_CASE("fields know their name, body, raw bytes, offset and line") {
  const std::string bytes = "Received: from a\r\n by b;\r\n\tdate\r\nSubject:  x \r\n\r\nbody\r\n";
  const Message message = Message::parse(bytes);
  REQUIRE(message.fields().size() == 2);
  const Field& received = message.fields()[0];
  CHECK(received.name == "Received");
  CHECK(received.body == " from a\r\n by b;\r\n\tdate");
  CHECK(received.raw == "Received: from a\r\n by b;\r\n\tdate\r\n");
  CHECK(received.line == 1);
  const Field& subject = message.fields()[1];
  CHECK(subject.offset == 33);
  CHECK(subject.line == 4);
  CHECK(subject.body == "  x ");
  CHECK(message.has_body());
  CHECK(message.body() == "body\r\n");
  CHECK(message.line_ending() == LineEnding::crlf);
  CHECK(message.span_of(subject.name) == Span{33, 7});
  CHECK(bytes.substr(message.span_of(message.body()).offset) == "body\r\n");
}

TEST_CASE("each kind of line end cuts the same fields") {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const std::string bytes = "A: 1" + end + " 2" + end + "B: 3" + end + end + "text" + end;
    CAPTURE(end);
    const Message message = Message::parse(bytes);
    REQUIRE(message.fields().size() == 2);
    CHECK(unfold(message.fields()[0].body) == "1 2");
    CHECK(message.fields()[1].line == 3);
    CHECK(message.body() == "text" + end);
    CHECK_FALSE(message.defects().bare_cr);
    CHECK_FALSE(message.defects().bare_lf);
  }
  CHECK(Message::parse("A: 1\rB: 2\r").line_ending() == LineEnding::cr);
  CHECK(Message::parse("A: 1\nB: 2\n").line_ending() == LineEnding::lf);
  CHECK(Message::parse("A: 1\r\nB: 2\n").line_ending() == LineEnding::mixed);
  CHECK(Message::parse("A: 1").line_ending() == LineEnding::none);
}

TEST_CASE("a header without an empty line has no body") {
  const Message message = Message::parse("A: 1\nB: 2");
  CHECK(message.fields().size() == 2);
  CHECK_FALSE(message.has_body());
  CHECK(message.body().empty());
  CHECK(Message::parse("A: 1\n\n").has_body());
  CHECK_FALSE(Message::parse("").has_body());
  CHECK(Message::parse("\nbody").body() == "body");
}

TEST_CASE("white space before the colon is kept apart from the name") {
  const Message message = Message::parse("From : a@b.example\nTo\t: c\n\n");
  REQUIRE(message.fields().size() == 2);
  CHECK(message.from_line().empty());
  CHECK(message.fields()[0].name == "From");
  CHECK(message.fields()[0].space_before_colon);
  CHECK(message.fields()[1].space_before_colon);
  CHECK(message.find("FROM") == &message.fields()[0]);
  CHECK(message.find("cc") == nullptr);
}

TEST_CASE("a leading From line of an mbox is no field") {
  CHECK(Message::parse("From a@b Tue Mar 18 14:36:14 1997\nTo: c\n\n").from_line() ==
        "From a@b Tue Mar 18 14:36:14 1997");
  const Message quoted = Message::parse(">From a@b\r\nTo: c\r\n\r\n");
  CHECK(quoted.from_line() == ">From a@b");
  REQUIRE(quoted.fields().size() == 1);
  CHECK(quoted.fields()[0].line == 2);
  CHECK(quoted.stray().empty());
}

TEST_CASE("a line that is no field does not lose the rest") {
  const Message message = Message::parse(
      " leading\nA: 1\nno colon here\n and more\nB: 2\n>From x@y\nBad Name: 3\n: 4\nC: 5\n\n");
  REQUIRE(message.fields().size() == 3);
  CHECK(message.fields()[2].name == "C");
  REQUIRE(message.stray().size() == 6);
  CHECK(message.stray()[0].text == " leading");
  CHECK(message.stray()[0].line == 1);
  CHECK(message.stray()[1].text == "no colon here");
  CHECK(message.stray()[2].text == " and more");
  CHECK(message.stray()[5].text == ": 4");
  CHECK(message.stray()[5].line == 8);
}

TEST_CASE("a line of white space alone continues the field (RFC 5322 4.2)") {
  const Message message = Message::parse("A: 1\n \t\n 2\nB: 3\n\n");
  REQUIRE(message.fields().size() == 2);
  CHECK(unfold(message.fields()[0].body) == "1 \t 2");
}

TEST_CASE("bytes that readers see differently are noted at the first place") {
  using namespace std::string_literals;
  CHECK(Message::parse("A: x\0y\n\n\0"s).defects().nul == 4);
  CHECK_FALSE(Message::parse("A: x\n\n\0"s).defects().nul);
  CHECK(Message::parse("A: \x1b[31m\n\n").defects().control == 3);
  CHECK_FALSE(Message::parse("A:\tb\r\n\r\n\x1b").defects().control);
  CHECK(Message::parse("A: x\rFrom: y\r\n\r\n").defects().bare_cr == 4);
  CHECK(Message::parse("A: x\rFrom: y\r\n\r\n").fields().size() == 1);
  CHECK(Message::parse("A: x\r\n\r\nab\rc\r\n").defects().bare_cr == 10);
  CHECK(Message::parse("A: x\r\n\r\nab\nc\r\n").defects().bare_lf == 10);
  CHECK_FALSE(Message::parse("A: x\n\nab\nc\n").defects().bare_lf);
  CHECK(Message::parse("A: " + std::string(996, 'x') + "\n").defects().overlong_line == 0);
  CHECK_FALSE(Message::parse("A: " + std::string(995, 'x') + "\r\n\r\n").defects().overlong_line);
  CHECK(Message::parse("A: b\r\n\r\n" + std::string(999, 'x') + "\r\n").defects().overlong_line ==
        8);
}

TEST_CASE("a header block after a lone dot in the body is a smuggling trace") {
  const std::string head = "From: a\r\n\r\ntext\r\n";
  for (const std::string dot : {"\r\n.\r\n", "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r"}) {
    CAPTURE(dot);
    const std::string bytes = head + "end" + dot + "From: admin@x.example\r\nTo: y\r\n\r\nhi\r\n";
    CHECK(Message::parse(bytes).defects().second_header == head.size() + 3 + dot.size());
  }
  CHECK(Message::parse(head + ".\r\nMAIL FROM:<x@y>\r\nRCPT TO:<z@z>\r\nDATA\r\nFrom: q\r\n")
            .defects()
            .second_header);
  CHECK_FALSE(Message::parse(head + ".\r\nplain text\r\n").defects().second_header);
  CHECK_FALSE(Message::parse(head + ".\r\nNote: this\r\nis text\r\n").defects().second_header);
  CHECK_FALSE(Message::parse(head + ".x\r\nFrom: a\r\nTo: b\r\n").defects().second_header);
}

TEST_CASE("long lines and many fields are bounded") {
  const std::string line = "Subject: " + std::string(10'000'000, 'x') + "\nTo: a\n\nbody";
  const Message longest = Message::parse(line);
  REQUIRE(longest.fields().size() == 2);
  CHECK_FALSE(longest.truncated());

  const std::string many = repeated("Received: from a by b; c\n", 100'000) + "\nbody";
  const Message bomb = Message::parse(many);
  CHECK(bomb.truncated());
  CHECK(bomb.fields().size() == Message::kMaxFields);
  CHECK(bomb.body() == "body");

  const std::string junk = repeated("x\n", 1'000'000);
  CHECK(Message::parse(junk).stray().size() <= Message::kMaxFields + 1);
  CHECK(Message::parse(repeated("y\n.\n", 1'000'000)).truncated());
}

TEST_CASE("unfolding takes the line ends out and leaves a lone CR to be seen") {
  CHECK(unfold("  a\r\n b\n\tc \r\n") == "a b\tc");
  CHECK(unfold("a\rFrom: b") == "a\rFrom: b");
  CHECK(unfold("a\r b") == "a b");
  CHECK(unfold("").empty());
}
