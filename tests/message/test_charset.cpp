#include <string>

#include "message/charset.hpp"
#include "support/catch.hpp"

using namespace emltrace;

TEST_CASE("ill-formed bytes of a charset become U+FFFD") {
  CHECK(to_utf8("a\xFFz", "utf-8") == "a\xEF\xBF\xBDz");
  CHECK(to_utf8("a\x80", "us-ascii") == "a\xEF\xBF\xBD");
  CHECK(to_utf8("\xD6", "gb18030") == "\xEF\xBF\xBD");
  CHECK_FALSE(to_utf8("a", ""));
  CHECK_FALSE(to_utf8("a", "klingon"));
  CHECK_FALSE(to_utf8("a", "utf-16//IGNORE"));
}

TEST_CASE("text is written in a charset where that has all its letters") {
  CHECK(from_utf8("M\xC3\xBCller", "iso-8859-1") == "M\xFCller");
  CHECK(from_utf8("a\xC3\xBC", "utf-16be") == std::string("\0a\0\xFC", 4));
  CHECK(from_utf8("M\xC3\xBCller", "UTF-8") == "M\xC3\xBCller");
  CHECK_FALSE(from_utf8("\xD0\xB8", "iso-8859-1"));
  CHECK_FALSE(from_utf8("\xC3\xBC", "us-ascii"));
  CHECK_FALSE(from_utf8("a\xFF", "utf-16be"));
  CHECK_FALSE(from_utf8("a", "klingon"));
  CHECK_FALSE(from_utf8("a", "utf-16//IGNORE"));
}

TEST_CASE("a million ill-formed bytes take linear time") {
  CHECK(to_utf8(std::string(1'000'000, '\xA0'), "gb18030")->size() >= 1'000'000);
}
