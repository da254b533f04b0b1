#include <string_view>

#include "base/char_set.hpp"
#include "support/catch.hpp"

using emltrace::text::CharSet;

TEST_CASE("The first byte of a set, and the first of no set, is found from a place on") {
  constexpr CharSet brackets("<[\x80");
  CHECK(brackets.find_in("a<b[c") == 1);
  CHECK(brackets.find_in("a<b[c", 2) == 3);
  CHECK(brackets.find_in("a<b[c", 4) == std::string_view::npos);
  CHECK(brackets.find_in("a<b[c", 9) == std::string_view::npos);
  CHECK(brackets.find_in("\xFF\x80") == 1);
  CHECK(brackets.find_other("<[a<") == 2);
  CHECK(brackets.find_other("<[") == std::string_view::npos);
  CHECK(brackets.find_other("") == std::string_view::npos);
}

TEST_CASE("A set of bytes that a rule takes holds those and no other") {
  constexpr CharSet upper([](char c) { return c >= 'A' && c <= 'Z'; });
  CHECK(upper.has('A'));
  CHECK(upper.has('Z'));
  CHECK_FALSE(upper.has('@'));
  CHECK_FALSE(upper.has('['));
  CHECK_FALSE(upper.has('\xC4'));
}
