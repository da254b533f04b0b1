#include <string>

#include "base/tag_list.hpp"
#include "support/catch.hpp"

using emltrace::TagList;

TEST_CASE("RFC 6376 section 3.2: folding white space around names and values does not count") {
  const auto list = TagList::parse(" v = 1 ;\r\n\ta=rsa-sha256; b = ab\r\n cd ;");
  CHECK(list.problem.empty());
  REQUIRE(list.tags.size() == 3);
  CHECK(list.find("v") == "1");
  CHECK(list.find("a") == "rsa-sha256");
  CHECK(list.find("b") == "ab\r\n cd");
  CHECK(list.tags[0].offset == 1);
}

TEST_CASE("an empty value is there, an absent tag is not") {
  const auto list = TagList::parse("p=; k=rsa");
  CHECK(list.problem.empty());
  CHECK(list.find("p") == "");
  CHECK_FALSE(list.find("P").has_value());
  CHECK_FALSE(list.find("x").has_value());
}

TEST_CASE("a value may hold equal signs and a comma makes no new tag") {
  const auto list = TagList::parse("d=fake.com,b=adceabkekd12");
  CHECK(list.problem.empty());
  REQUIRE(list.tags.size() == 1);
  CHECK(list.find("d") == "fake.com,b=adceabkekd12");
}

TEST_CASE("what is wrong is named with its place, and the rest is still read") {
  struct Case {
    std::string text;
    std::string problem;
    std::size_t offset;
    std::size_t tags;
  };
  const Case cases[] = {
      {"", "empty tag", 0, 0},
      {"v=1;;a=b", "empty tag", 4, 2},
      {"v=1; ;", "empty tag", 4, 1},
      {"v=1; junk; a=b", "missing '='", 5, 2},
      {"v=1; 1a=b", "invalid tag name", 5, 2},
      {"v=1; =b", "invalid tag name", 4, 2},
      {"v=1; a b=c", "invalid tag name", 5, 2},
      {"v=1; a-b=c", "invalid tag name", 5, 2},
      {"v=1; a=x; v=1", "duplicate tag", 10, 3},
      {"v=1; a=x\x01y", "invalid character in value", 5, 2},
      {"v=1; a=x\xFFy", "invalid character in value", 5, 2},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const auto list = TagList::parse(c.text);
    CHECK(list.problem == c.problem);
    CHECK(list.problem_offset == c.offset);
    CHECK(list.tags.size() == c.tags);
  }
  CHECK(TagList::parse(std::string_view("a=x\0y", 5)).problem == "invalid character in value");
}

TEST_CASE("of two tags with one name the first counts, and names are case-sensitive") {
  const auto list = TagList::parse("s=one; S=two; s=three");
  CHECK(list.find("s") == "one");
  CHECK(list.find("S") == "two");
}

TEST_CASE("RFC 8616: values may hold UTF-8") {
  const auto list = TagList::parse(
      "d=b\xC3\xBC"
      "cher.example");
  CHECK(list.problem.empty());
  CHECK(list.find("d") ==
        "b\xC3\xBC"
        "cher.example");
}

TEST_CASE("a last semicolon may stand with white space behind it") {
  CHECK(TagList::parse("a=b; \r\n\t").problem.empty());
  CHECK(TagList::parse("a=b; \r\n\t").tags.size() == 1);
}

TEST_CASE("a hundred thousand tags are read in reasonable time") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "t" + std::to_string(i) + "=v;";
  const auto list = TagList::parse(text);
  CHECK(list.problem.empty());
  CHECK(list.tags.size() == 100'000);
}
