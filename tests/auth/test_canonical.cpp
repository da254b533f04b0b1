#include <string>
#include <vector>

#include "auth/dkim/canonical.hpp"
#include "auth/dkim/selection.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using dkim::Canonicalization;
using dkim::FieldText;
using dkim::LineEnds;

namespace {

std::string body(std::string_view text, Canonicalization c, LineEnds ends = LineEnds::crlf) {
  return dkim::canonical_body(text, c, ends);
}
std::string simple(std::string_view text, LineEnds ends = LineEnds::crlf) {
  return body(text, Canonicalization::simple, ends);
}
std::string relaxed(std::string_view text, LineEnds ends = LineEnds::crlf) {
  return body(text, Canonicalization::relaxed, ends);
}
std::string field(std::string_view name, std::string_view raw, Canonicalization c,
                  LineEnds ends = LineEnds::crlf) {
  return dkim::canonical_field({name, raw}, c, ends);
}

}  // namespace

TEST_CASE("RFC 6376 section 3.4.5: the examples") {
  // A: X / B : Y\t, folded; body " C ", "D \t E", two empty lines.
  CHECK(field("A", "A: X\r\n", Canonicalization::relaxed) == "a:X\r\n");
  CHECK(field("B", "B : Y\t\r\n\tZ  \r\n", Canonicalization::relaxed) == "b:Y Z\r\n");
  CHECK(relaxed(" C \r\nD \t E\r\n\r\n\r\n") == " C\r\nD E\r\n");
  CHECK(field("A", "A: X\r\n", Canonicalization::simple) == "A: X\r\n");
  CHECK(field("B", "B : Y\t\r\n\tZ  \r\n", Canonicalization::simple) == "B : Y\t\r\n\tZ  \r\n");
  CHECK(simple(" C \r\nD \t E\r\n\r\n\r\n") == " C \r\nD \t E\r\n");
}

TEST_CASE("RFC 6376 section 3.4.3: simple bodies end in one CRLF, an empty body is CRLF") {
  CHECK(simple("") == "\r\n");
  CHECK(simple("\r\n\r\n\r\n") == "\r\n");
  CHECK(simple("a") == "a\r\n");
  CHECK(simple("a\r\n") == "a\r\n");
  CHECK(simple("a\r\n\r\n") == "a\r\n");
  CHECK(simple("\r\n\r\na\r\n\r\nb\r\n\r\n") == "\r\n\r\na\r\n\r\nb\r\n");
  CHECK(simple(" \r\n") == " \r\n");
  CHECK(simple("a \t\r\n") == "a \t\r\n");
}

TEST_CASE("RFC 6376 section 3.4.4: white space is reduced at whatever place of a line it stands") {
  for (const std::string_view run : {"  ", "\t", " \t", "\t ", "   "}) {
    for (std::size_t before = 1; before <= 18; ++before) {
      for (std::size_t behind = 1; behind <= 10; ++behind) {
        const std::string line =
            std::string(before, 'a') + std::string(run) + "b c" + std::string(behind, 'd');
        CHECK(relaxed(line + "\r\n") ==
              std::string(before, 'a') + " b c" + std::string(behind, 'd') + "\r\n");
        CHECK(relaxed(std::string(before, 'a') + " c" + std::string(run) + "\r\n") ==
              std::string(before, 'a') + " c\r\n");
      }
    }
  }
}

TEST_CASE("RFC 6376 section 3.4.4: a line whose white space is single is left as it is") {
  std::string words;
  for (std::size_t size = 1; size <= 12; ++size) {
    words += std::string(size, 'w') + ' ';
    const std::string line = words + "\xC3\xA4";
    CHECK(relaxed(line + "\r\n") == line + "\r\n");
    CHECK(relaxed(" " + line + " \r\n") == " " + line + "\r\n");
  }
}

TEST_CASE("RFC 6376 section 3.4.4: relaxed bodies lose white space, an empty body is nothing") {
  CHECK(relaxed("").empty());
  CHECK(relaxed("\r\n\r\n").empty());
  CHECK(relaxed(" \r\n\t\r\n").empty());
  CHECK(relaxed("a") == "a\r\n");
  CHECK(relaxed(" a \t b\t\r\n \r\nc") == " a b\r\n\r\nc\r\n");
  CHECK(relaxed("\t\ta\r\n") == " a\r\n");
  CHECK(relaxed("\r\na\r\n") == "\r\na\r\n");
  CHECK(relaxed("a\xC2\xA0 \xC2\xA0\r\n") == "a\xC2\xA0 \xC2\xA0\r\n");
}

TEST_CASE("a bare CR or LF in a CRLF message is a byte as any other") {
  CHECK(simple("a\nb\r\n") == "a\nb\r\n");
  CHECK(simple("a\rb\r\n") == "a\rb\r\n");
  CHECK(simple("a\r\r\n") == "a\r\r\n");
  CHECK(simple("a\r\n\n") == "a\r\n\n\r\n");
  CHECK(simple("a\r\n\r") == "a\r\n\r\r\n");
  CHECK(relaxed("a \nb \r\n") == "a \nb\r\n");
  CHECK(relaxed("a\r \r\n") == "a\r\r\n");
}

TEST_CASE("lines of a file that end in LF are read as CRLF, a CR before is not doubled") {
  for (const auto c : {Canonicalization::simple, Canonicalization::relaxed}) {
    CHECK(body("a\n\nb\n\n\n", c, LineEnds::lf) == "a\r\n\r\nb\r\n");
    CHECK(body("a\r\nb\n", c, LineEnds::lf) == "a\r\nb\r\n");
    CHECK(body("a\rb\n", c, LineEnds::lf) == "a\rb\r\n");
    CHECK(body("a\rb\nc\r\nd\r", c, LineEnds::any) == "a\r\nb\r\nc\r\nd\r\n");
    CHECK(body("\n\n", c, LineEnds::lf) == body("", c));
  }
}

TEST_CASE("how lines end is told by the message, in a mixed one by the more usual kind") {
  const auto ends = [](std::string_view text) { return dkim::line_ends_of(Message::parse(text)); };
  CHECK(ends("A: b\r\n\r\nx\r\n") == LineEnds::crlf);
  CHECK(ends("A: b\n\nx\n") == LineEnds::lf);
  CHECK(ends("A: b\r\rx\r") == LineEnds::any);
  CHECK(ends("A: b\r\nC: d\r\n\r\nx\ny\r\n") == LineEnds::crlf);
  CHECK(ends("A: b\nC: d\n\nx\r\ny\n") == LineEnds::lf);
  CHECK(ends("A: b\r\n\n") == LineEnds::crlf);
  CHECK(ends("A: b") == LineEnds::crlf);
}

TEST_CASE("RFC 6376 section 3.4.2: a relaxed field is unfolded, lower-cased, its white space one") {
  const auto relaxed_field = [](std::string_view name, std::string_view raw) {
    return field(name, raw, Canonicalization::relaxed);
  };
  CHECK(relaxed_field("SUBject", "SUBject:  AbC\t \r\n") == "subject:AbC\r\n");
  CHECK(relaxed_field("X", "X:\r\n") == "x:\r\n");
  CHECK(relaxed_field("X", "X: \r\n \r\n\t\r\n") == "x:\r\n");
  CHECK(relaxed_field("X", "X:\r\n a\r\n\t\tb\r\n") == "x:a b\r\n");
  CHECK(relaxed_field("X", "X \t: a:b \r\n") == "x:a:b\r\n");
  CHECK(relaxed_field("X", "X: a") == "x:a\r\n");
  CHECK(field("X", "X: a\n\tb\n", Canonicalization::relaxed, LineEnds::lf) == "x:a b\r\n");
}

TEST_CASE("RFC 6376 section 3.4.1: a simple field is as it stands, with CRLF at its line ends") {
  CHECK(field("X", "X : a\r\n\t b \r\n", Canonicalization::simple) == "X : a\r\n\t b \r\n");
  CHECK(field("X", "X: a\n b\n", Canonicalization::simple, LineEnds::lf) == "X: a\r\n b\r\n");
  CHECK(field("X", "X: a", Canonicalization::simple) == "X: a\r\n");
}

TEST_CASE("a field of a CRLF message that ends in a bare LF did not end there on the wire") {
  CHECK(field("X", "X: a\n", Canonicalization::relaxed) != "x:a\r\n");
  CHECK(field("X", "X: a\n", Canonicalization::simple) != "X: a\r\n");
}

TEST_CASE("RFC 6376 section 3.7: the signature field has no b= value and no line end") {
  const std::string raw = "Sig: a=1; b=xyz\r\n\tw; c=2\r\n";
  const Span value{raw.find("xyz"), std::string("xyz\r\n\tw").size()};
  const FieldText text{"Sig", raw};
  CHECK(dkim::canonical_signature_field(text, value, Canonicalization::relaxed, LineEnds::crlf) ==
        "sig:a=1; b=; c=2");
  CHECK(dkim::canonical_signature_field(text, value, Canonicalization::simple, LineEnds::crlf) ==
        "Sig: a=1; b=; c=2");
}

TEST_CASE("RFC 6376 section 5.4.2: instances are taken from the bottom up, absent ones are none") {
  const std::vector<FieldText> fields{{"A", "A: 1\r\n"},
                                      {"B", "B: 1\r\n"},
                                      {"a", "a: 2\r\n"},
                                      {"A", "A: 3\r\n"},
                                      {"Sig", "Sig: x\r\n"}};
  using Indexes = std::vector<std::size_t>;
  CHECK(dkim::select_fields(fields, {"a"}, 4) == Indexes{3});
  CHECK(dkim::select_fields(fields, {"a", "b", "a"}, 4) == Indexes{3, 1, 2});
  CHECK(dkim::select_fields(fields, {"a", "a", "a", "a", "a"}, 4) == Indexes{3, 2, 0});
  CHECK(dkim::select_fields(fields, {"c", "A"}, 4) == Indexes{3});
  CHECK(dkim::select_fields(fields, {}, 4).empty());
  SECTION("the signature field itself is never one of them") {
    CHECK(dkim::select_fields(fields, {"sig"}, 4).empty());
    CHECK(dkim::select_fields(fields, {"sig"}, 5) == Indexes{4});
  }
  SECTION("what is signed is those fields and the signature field behind them") {
    CHECK(dkim::signed_header(fields, {"a", "x", "b"}, 4, {}, Canonicalization::relaxed,
                              LineEnds::crlf) == "a:3\r\nb:1\r\nsig:x");
  }
}

TEST_CASE("a body of ten million blanks and empty lines stays linear") {
  const std::string blanks(10'000'000, ' ');
  CHECK(relaxed(blanks).empty());
  CHECK(relaxed(blanks + "x").size() == 4);
  std::string lines;
  for (int i = 0; i < 1'000'000; ++i) lines += "\r\n";
  CHECK(simple(lines) == "\r\n");
  CHECK(simple(lines + "x").size() == lines.size() + 3);
  CHECK(simple(std::string(5'000'000, '\n')).size() == 5'000'002);
}
