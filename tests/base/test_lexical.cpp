#include <string>

#include "base/lexical.hpp"
#include "support/catch.hpp"

using namespace emltrace;

constexpr std::size_t kNone = std::string_view::npos;

TEST_CASE("a quoted-string ends at the first quote that no backslash guards") {
  CHECK(quoted_string_end("x\"a b\"y", 1) == 6);
  CHECK(quoted_string_end("\"a\\\"b\"", 0) == 6);
  CHECK(quoted_string_end("\"\"", 0) == 2);
  CHECK(quoted_string_end("\"a\\\"", 0) == kNone);
  CHECK(quoted_string_end("\"a", 0) == kNone);
}

TEST_CASE("a comment ends with its own parenthesis, those inside it counted") {
  CHECK(comment_end("a (b (c) d) e", 2) == 11);
  CHECK(comment_end("(a\\)b)", 0) == 6);
  CHECK(comment_end("(a (b)", 0) == kNone);
  CHECK(comment_end(std::string(1'000'000, '('), 0) == kNone);
}

TEST_CASE("a quoted pair stands for its second character") {
  CHECK(without_quoted_pairs("a\\\"b\\\\c") == "a\"b\\c");
  CHECK(without_quoted_pairs("a\\") == "a\\");
}

TEST_CASE("quoted strings and comments are blanked out at the same length, line ends kept") {
  CHECK(blank_quoted_and_comments("a \"b;c\" d (e(f)\r\n g) h") == "a       d      \r\n    h");
  CHECK(blank_quoted_and_comments("\"a\\\"b\" c") == "       c");
  CHECK(blank_quoted_and_comments("a (b") == "a   ");
}
