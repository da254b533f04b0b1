#include <limits>
#include <utility>

#include "report/json/writer.hpp"
#include "support/catch.hpp"

using namespace emltrace::report;
using json::Writer;

namespace emltrace::report::json {

struct Pair {
  int first;
  int second;
};

void write(Writer& out, const Pair& pair) {
  const auto array = out.array();
  out.value(pair.first);
  out.value(pair.second);
}

}  // namespace emltrace::report::json

namespace {

template <class Body>
std::string written(JsonLayout layout, const Body& body) {
  Writer out(layout);
  body(out);
  return std::move(out).take();
}

void nested(Writer& out) {
  const auto object = out.object();
  out.member("b", 1);
  out.member("a", "x\n");
  {
    const auto empty = out.object("none");
  }
  {
    const auto empty = out.array("nothing");
  }
  {
    const auto array = out.array("list");
    out.value(true);
    const auto inner = out.object();
    out.member("c", nullptr);
  }
  out.member("last", false);
}

}  // namespace

TEST_CASE("members stand in the order in which they are told, two spaces a level") {
  CHECK(written(JsonLayout::indented, nested) ==
        "{\n"
        "  \"b\": 1,\n"
        "  \"a\": \"x\\n\",\n"
        "  \"none\": {},\n"
        "  \"nothing\": [],\n"
        "  \"list\": [\n"
        "    true,\n"
        "    {\n"
        "      \"c\": null\n"
        "    }\n"
        "  ],\n"
        "  \"last\": false\n"
        "}\n");
}

TEST_CASE("one line holds the same without a blank") {
  CHECK(written(JsonLayout::line, nested) ==
        "{\"b\":1,\"a\":\"x\\n\",\"none\":{},\"nothing\":[],\"list\":[true,{\"c\":null}],"
        "\"last\":false}\n");
}

TEST_CASE("each kind of value has its form in JSON") {
  const auto one = [](const auto& value) {
    return written(JsonLayout::line, [&](Writer& out) { out.value(value); });
  };
  CHECK(one(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808\n");
  CHECK(one(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615\n");
  CHECK(one(std::string("a\"b")) == "\"a\\\"b\"\n");
  CHECK(one(std::string_view()) == "\"\"\n");
  CHECK(one(std::optional<int>()) == "null\n");
  CHECK(one(std::optional<int>(7)) == "7\n");
  CHECK(one(std::optional<bool>(false)) == "false\n");
  CHECK(one(std::vector<std::string>{"a", "b"}) == "[\"a\",\"b\"]\n");
  CHECK(one(std::vector<int>()) == "[]\n");
  CHECK(one(json::Pair{1, 2}) == "[1,2]\n");
  CHECK(one(std::optional(std::vector{json::Pair{1, 2}, json::Pair{3, 4}})) == "[[1,2],[3,4]]\n");
}

TEST_CASE("a name is escaped as a value is") {
  CHECK(written(JsonLayout::line, [](Writer& out) {
          const auto object = out.object();
          out.member("a\x1b\"", 1);
        }) == "{\"a\\u001b\\\"\":1}\n");
}
