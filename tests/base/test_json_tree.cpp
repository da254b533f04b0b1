#include <string>

#include "base/json_tree.hpp"
#include "support/catch.hpp"

using emltrace::JsonBounds;
using emltrace::JsonValue;
using emltrace::parse_json;
using emltrace::parse_json_sequence;
using Kind = JsonValue::Kind;
using Names = std::vector<std::string>;

namespace {

constexpr JsonBounds kWide{.depth = 8, .values = 100};

}  // namespace

TEST_CASE("each kind of value is told, and of numbers those that count") {
  const auto json =
      parse_json(R"([null,true,7,18446744073709551615,-1,2.5,"a\u00e4",[],{}])", kWide);
  REQUIRE(json.root);
  CHECK(json.root->kind == Kind::list);
  const auto& all = json.root->elements;
  REQUIRE(all.size() == 9);
  CHECK(all[0].kind == Kind::null);
  CHECK(all[1].kind == Kind::other);
  for (const std::size_t at : {2U, 3U, 4U, 5U}) CHECK(all[at].kind == Kind::number);
  CHECK(all[2].text == "7");
  CHECK(all[3].text == "18446744073709551615");
  CHECK(all[4].text.empty());
  CHECK(all[5].text.empty());
  CHECK(all[6].kind == Kind::text);
  CHECK(all[6].text == "a\xc3\xa4");
  CHECK(all[7].kind == Kind::list);
  CHECK(all[8].kind == Kind::object);
}

TEST_CASE("a key that comes again is kept, in step with its value") {
  const auto json = parse_json(R"({"a":"1","b":{"c":"2"},"a":"3"})", kWide);
  REQUIRE(json.root);
  CHECK(json.root->keys == Names{"a", "b", "a"});
  REQUIRE(json.root->elements.size() == 3);
  CHECK(json.root->elements[0].text == "1");
  CHECK(json.root->elements[1].keys == Names{"c"});
  CHECK(json.root->elements[2].text == "3");
}

TEST_CASE("what is no JSON, or more than one value, is none, and nothing too large") {
  for (const std::string text : {"", "{", "[1,]", "{\"a\":1} x", "1 2", "\"\xff\""}) {
    CAPTURE(text);
    const auto json = parse_json(text, kWide);
    CHECK_FALSE(json.root);
    CHECK_FALSE(json.too_large);
  }
  CHECK_FALSE(parse_json(std::string("[1]\0", 4), kWide).root);
}

TEST_CASE("a bound that is met is kept, one that is passed is told") {
  CHECK(parse_json("[[1]]", {.depth = 2, .values = 3}).root);
  for (const JsonBounds bounds : {JsonBounds{.depth = 1, .values = 3}, {.depth = 2, .values = 2}}) {
    const auto json = parse_json("[[1]]", bounds);
    CHECK_FALSE(json.root);
    CHECK(json.too_large);
    CHECK(parse_json_sequence("[[1]]", bounds).values.empty());
  }
}

TEST_CASE("values behind one another are read as far as they go") {
  const auto lines = parse_json_sequence("{\"a\":\"1\"}\n{\"a\":\"2\"} \n", kWide);
  REQUIRE(lines.values.size() == 2);
  CHECK(lines.values[1].elements[0].text == "2");
  CHECK(lines.end == 21);
  const auto broken = parse_json_sequence("[1] [2] rest", kWide);
  CHECK(broken.values.size() == 2);
  CHECK(broken.end == 8);
  CHECK(parse_json_sequence("no", kWide).end == 0);
}
