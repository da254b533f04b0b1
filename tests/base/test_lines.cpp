#include <string>
#include <string_view>
#include <vector>

#include "base/lines.hpp"
#include "support/catch.hpp"

using emltrace::text::Line;
using emltrace::text::line_at;
using emltrace::text::Lines;
using Texts = std::vector<std::string>;

namespace {

Texts texts(const Lines& lines) {
  Texts out;
  for (const Line& line : lines) out.emplace_back(line.text);
  return out;
}

}  // namespace

TEST_CASE("LF or CRLF ends a line, the end of the text too") {
  CHECK(texts(Lines("a\nb\r\n\r\n\nc")) == Texts{"a", "b", "", "", "c"});
  CHECK(texts(Lines("a\n")) == Texts{"a"});
  CHECK(texts(Lines("\n")) == Texts{""});
  CHECK(texts(Lines("")).empty());
}

TEST_CASE("a CR that no LF follows belongs to its line") {
  CHECK(texts(Lines("a\rb\nc\r")) == Texts{"a\rb", "c\r"});
  CHECK(texts(Lines("a\r\r\n")) == Texts{"a\r"});
}

TEST_CASE("a line knows its bytes with the line end, its place and the next line's") {
  const Line line = line_at("a\nbc\r\nd", 2);
  CHECK(line.text == "bc");
  CHECK(line.raw == "bc\r\n");
  CHECK(line.offset == 2);
  CHECK(line.next == 6);
  const Line last = line_at("a\nbc\r\nd", 6);
  CHECK(last.raw == "d");
  CHECK(last.next == 7);
}

TEST_CASE("where CR alone ends the lines an LF is a byte as any other") {
  const Line line = line_at("a\nb\rc", 0, '\r');
  CHECK(line.text == "a\nb");
  CHECK(line.raw == "a\nb\r");
  CHECK(line.next == 4);
}

TEST_CASE("lines are those that begin between two offsets, whole") {
  constexpr std::string_view kText = "one\ntwo\nthree\nfour";
  CHECK(texts(Lines(kText, 4)) == Texts{"two", "three", "four"});
  CHECK(texts(Lines(kText, 4, 9)) == Texts{"two", "three"});
  CHECK(texts(Lines(kText, 4, 8)) == Texts{"two"});
  CHECK(texts(Lines(kText, 4, 4)).empty());
  CHECK(texts(Lines(kText, kText.size(), 100)).empty());
}
