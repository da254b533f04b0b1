#include <string>

#include "intake/typed_text.hpp"
#include "support/catch.hpp"

using emltrace::intake::EditKeys;
using emltrace::intake::TypedText;
using namespace std::string_literals;

namespace {

struct Seen {
  std::string text;
  std::string echo;
  bool ended;
};

// In one piece, and byte by byte: both must be the same.
Seen typed(const std::string& keys) {
  TypedText whole{EditKeys{}};
  TypedText single{EditKeys{}};
  whole.feed(keys);
  for (const char key : keys) single.feed({&key, 1});
  whole.finish();
  single.finish();
  Seen seen{whole.take_text(), whole.take_echo(), whole.ended()};
  CHECK(single.take_text() == seen.text);
  CHECK(single.take_echo() == seen.echo);
  CHECK(single.ended() == seen.ended);
  return seen;
}

const std::string kOpen = "\x1B[200~";
const std::string kClose = "\x1B[201~";

}  // namespace

TEST_CASE("a line is as long as it is, and CR, LF and CR LF end it") {
  const std::string line(100'000, 'x');
  CHECK(typed(line + "\r").text == line + "\n");
  CHECK(typed(line + "\r").echo == line + "\n");
  CHECK(typed("a\rb\nc\r\nd\r\re").text == "a\nb\nc\nd\n\ne");
}

TEST_CASE("the key for the end ends the text at once, in a line too") {
  CHECK(typed("a\r\x04more").text == "a\n");
  CHECK(typed("a\r\x04").ended);
  CHECK(typed("abc\x04").text == "abc");
  CHECK(typed("abc\x04").echo == "abc\n");
  CHECK(typed("\x04").text.empty());
  CHECK(!typed("abc").ended);
}

TEST_CASE("a paste in brackets is text without the brackets, whatever keys are in it") {
  CHECK(typed(kOpen + "a\x04\x7f\x15" + "b\r" + kClose + "c\r").text ==
        "a\x04\x7f\x15"
        "b\nc\n");
  CHECK(typed(kOpen + "a\r\nb" + kClose).text == "a\nb");
  CHECK(typed(kOpen + "a" + kClose + "\x04").ended);
  CHECK(typed(kOpen + "a" + kClose).echo == "a");
  CHECK(typed(kOpen + kOpen + "a" + kClose).text == kOpen + "a");
}

TEST_CASE("what only begins like a bracket is text") {
  CHECK(typed("\x1B[200x\r").text == "\x1B[200x\n");
  CHECK(typed("\x1B\x1B[200~a" + kClose).text ==
        "\x1B"
        "a");
  CHECK(typed("\x1B[20").text == "\x1B[20");
  CHECK(typed(kOpen + "\x1B[201\x1B[201~").text == "\x1B[201");
}

TEST_CASE("control characters are shown as such and sent to no terminal") {
  CHECK(typed("a\x1B]0;x\a\r").echo == "a^[]0;x^G\n");
  CHECK(typed("a\tb\r").echo == "a\tb\n");
  CHECK(typed("\0"s).text == "\0"s);
  CHECK(typed("\0"s).echo == "^@");
}

TEST_CASE("a line being typed can be edited, a line that ended cannot") {
  CHECK(typed("ab\x7f"
              "c\r")
            .text == "ac\n");
  CHECK(typed("ab\x7f").echo == "ab\b \b");
  CHECK(typed("a\r\x7f\x7f"
              "b\r")
            .text == "a\nb\n");
  CHECK(typed("\xC3\xBC\x7f"
              "u\r")
            .text == "u\n");
  CHECK(typed("\xE6\x98\x8E\x7f").echo == "\xE6\x98\x8E\b \b\b \b");
  CHECK(typed("one two  \x17"
              "2\r")
            .text == "one 2\n");
  CHECK(typed("one two\x15"
              "2\r")
            .text == "2\n");
  CHECK(typed("\x01\x7f").echo == "^A\b \b\b \b");
}

TEST_CASE("a key that the terminal does not have is text") {
  TypedText none{EditKeys{'\0', '\0', '\0', '\0'}};
  none.feed("\0\x04\x7f"s);
  none.finish();
  CHECK(none.take_text() == "\0\x04\x7f"s);
  CHECK(!none.ended());
}
