#include "report/json/names.hpp"
#include "support/catch.hpp"

using emltrace::report::json::Names;

TEST_CASE("a name that comes again gets a number, past those that are taken") {
  Names names;
  CHECK(names.told_apart("a", false) == "a");
  CHECK(names.told_apart("a_3", false) == "a_3");
  CHECK(names.told_apart("a", false) == "a_2");
  CHECK(names.told_apart("a", false) == "a_4");
  CHECK(names.told_apart("a_2", false) == "a_2_2");
  CHECK(names.told_apart("b", false) == "b");
}

TEST_CASE("the name of a twin is taken, and no twin takes another's name") {
  Names names;
  CHECK(names.told_apart("a", true) == "a");
  CHECK(names.told_apart("a_base64", false) == "a_base64_2");
  Names other;
  CHECK(other.told_apart("a_base64", false) == "a_base64");
  CHECK(other.told_apart("a", true) == "a_2");
}

TEST_CASE("names that JSON shows alike are told apart") {
  Names names;
  CHECK(names.told_apart("a\xff", false) == "a\xef\xbf\xbd");
  CHECK(names.told_apart("a\xfe", false) == "a\xef\xbf\xbd_2");
}

TEST_CASE("telling a thousand equal names apart tries each number once") {
  for (const std::size_t count : {500U, 1'000U, 2'000U}) {
    Names names;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string name = names.told_apart("answer", false);
      REQUIRE(name == (i == 0 ? "answer" : "answer_" + std::to_string(i + 1)));
    }
    CHECK(names.tried() == count);
  }
}
