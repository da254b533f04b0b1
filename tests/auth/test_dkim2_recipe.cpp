// What a recipe may say, and what undoing it gives (draft-ietf-dkim-dkim2-spec).
#include <iterator>

#include "auth/dkim2/recipe.hpp"
#include "auth/dkim2/undo.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using dkim2::Change;
using dkim2::Rules;

namespace {

bool is_recipe(std::string_view json) {
  return dkim2::read_recipe(json).recipe.has_value();
}

constexpr std::string_view kMail =
    "Comments: upper\r\nSubject: [list] Hello\r\nComments: lower\r\nX-Spam: no\r\n"
    "From: a@a.example\r\n\r\none\r\ntwo\r\nthree\r\n--\r\nfooter\r\n";

struct Back {
  dkim2::Undone undone;
  dkim2::State state;
  dkim2::Recipe recipe;

  std::vector<std::string> values(const std::string& name) const {
    std::vector<std::string> out;
    for (const auto& field : state.fields(name)) out.push_back(field.value);
    return out;
  }
  std::vector<std::string> lines() { return {state.lines().begin(), state.lines().end()}; }
};

Back back(std::string_view json) {
  static std::vector<dkim2::Recipe> kept;  // states look into recipes
  kept.reserve(100);
  const Message message = Message::parse(kMail);
  dkim2::State state(message, dkim::LineEnds::crlf);
  auto read = dkim2::read_recipe(json);
  REQUIRE(read.recipe);
  kept.push_back(*read.recipe);
  auto undone = dkim2::undo(kept.back(), Rules::draft_09, state);
  return {std::move(undone), std::move(state), kept.back()};
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a recipe is an object of header and body steps", "[dkim2]") {
  CHECK(is_recipe(R"({"h":{"subject":[{"d":["x"]}]}})"));
  CHECK(is_recipe(R"({"b":[{"c":[1,4]}]})"));
  CHECK(is_recipe(R"({"b":[]})"));
  CHECK(is_recipe(R"({"h":{"list-id":[]},"b":[{"c":[1,2]},{"d":["a","b"]},{"c":[3,3]}]})"));
  CHECK(is_recipe(R"({"b":null})"));
  CHECK(is_recipe(R"({"b":[{"u":["/w=="]}]})"));
  CHECK(is_recipe(R"({"b":[{"C":[1,1]}],"z":1})"));
}

TEST_CASE("what the drafts call invalid JSON is no recipe", "[dkim2]") {
  const std::string_view json = GENERATE(
      as<std::string_view>(), "", "hello", "[]", "{}", R"({"z":1})", R"({"h":{}})", R"({"h":null})",
      R"({"h":[]})", R"({"b":{}})", R"({"b":[1]})", R"({"b":[{}]})",
      R"({"b":[{"c":[1,2],"d":["x"]}]})", R"({"b":[{"x":["y"]}]})", R"({"b":[{"c":[1,2],"x":1}]})",
      R"({"b":[{"c":["1","2"]}]})", R"({"b":[{"c":[0,1]}]})", R"({"b":[{"c":[2,1]}]})",
      R"({"b":[{"c":[1]}]})", R"({"b":[{"c":[1,2,3]}]})", R"({"b":[{"c":[1.0,2]}]})",
      R"({"b":[{"c":[-1,2]}]})", R"({"b":[{"c":[1,2]},{"c":[2,3]}]})",
      R"({"b":[{"c":[3,4]},{"c":[1,2]}]})", R"({"b":[{"d":[]}]})", R"({"b":[{"d":"x"}]})",
      R"({"b":[{"d":[1]}]})", R"({"b":[{"d":["a\r\nb"]}]})", R"({"b":[{"d":["a\n"]}]})",
      R"({"b":[{"u":["@"]}]})", R"({"b":[{"u":["/x=="]}]})", R"({"b":[{"u":["DQo="]}]})",
      R"({"b":[],"b":[]})", R"({"b":[],"B":[]})", R"({"h":{"subject":[],"Subject":[]}})",
      R"({"h":{"sub ject":[]}})", R"({"h":{"":[]}})", "{\"b\":[{\"d\":[\"\xff\"]}]}",
      R"({"b":[]} x)", R"({"b":[{"c":[1,99999999999999999999]}]})");
  INFO(json);
  CHECK_FALSE(is_recipe(json));
}

TEST_CASE("NUL and depth do not end the reading of a recipe early", "[dkim2]") {
  CHECK_FALSE(is_recipe(std::string_view("{\"b\":[]}\0{", 10)));
  const auto deep = dkim2::read_recipe(R"({"b":[[[[[[[[[[]]]]]]]]]]})");
  CHECK_FALSE(deep.recipe);
  CHECK(deep.too_large);
  CHECK_FALSE(dkim2::read_recipe("{").too_large);
}

TEST_CASE("fields of a name are counted from the lowest up, and later steps stand above",
          "[dkim2]") {
  auto first = back(R"({"h":{"comments":[{"c":[1,1]},{"d":["new"]},{"c":[2,2]}]}})");
  CHECK(first.undone.applies);
  CHECK(first.values("comments") == Texts{"lower", "new", "upper"});
  REQUIRE(first.undone.changes.size() == 1);
  CHECK(first.undone.changes[0].what == Change::What::header_changed);
  CHECK(first.undone.changes[0].before == Texts{"upper", "new", "lower"});
  CHECK(first.undone.changes[0].after == Texts{"upper", "lower"});
}

TEST_CASE("a field is changed, added or taken off, and the rest stays", "[dkim2]") {
  auto there = back(R"({"h":{"Subject":[{"d":[" Hello"]}],"comments":[],"to":[{"d":["b@b"]}]}})");
  CHECK(there.values("subject") == Texts{"Hello"});
  CHECK(there.state.fields("subject")[0].line == "subject:Hello\r\n");
  CHECK(there.values("comments").empty());
  CHECK(there.values("from") == Texts{"a@a.example"});
  REQUIRE(there.undone.changes.size() == 3);
  CHECK(there.undone.changes[0].what == Change::What::header_added);    // comments
  CHECK(there.undone.changes[1].what == Change::What::header_changed);  // subject
  CHECK(there.undone.changes[2].what == Change::What::header_removed);  // to
}

TEST_CASE("fields that are not hashed are left alone", "[dkim2]") {
  auto there = back(R"({"h":{"x-spam":[{"c":[5,9]}]}})");
  CHECK(there.undone.applies);
  CHECK(there.undone.changes.empty());
  CHECK(there.values("x-spam") == Texts{"no"});
}

TEST_CASE("body lines are counted from the top down", "[dkim2]") {
  auto there = back(R"({"b":[{"c":[1,1]},{"d":["2","2b"]},{"c":[3,3]}]})");
  CHECK(there.lines() == Texts{"one", "2", "2b", "three"});
  REQUIRE(there.undone.changes.size() == 1);
  const Change& change = there.undone.changes[0];
  CHECK(change.what == Change::What::body);
  CHECK(change.after == Texts{"two", "--", "footer"});
  CHECK(change.before == Texts{"2", "2b"});
  CHECK(change.lines_added == 3);
  CHECK(change.lines_removed == 2);
}

TEST_CASE("lines that a recipe writes again as they stand are no change", "[dkim2]") {
  auto there = back(R"({"b":[{"d":["one","two","THREE","--","footer"]}]})");
  REQUIRE(there.undone.changes.size() == 1);
  CHECK(there.undone.changes[0].after == Texts{"three"});
  CHECK(there.undone.changes[0].before == Texts{"THREE"});
  CHECK(back(R"({"b":[{"c":[1,5]}]})").undone.changes.empty());
}

TEST_CASE("a step that copies past the last line or field does not apply", "[dkim2]") {
  CHECK(back(R"({"b":[{"c":[5,5]}]})").undone.applies);
  CHECK_FALSE(back(R"({"b":[{"c":[5,6]}]})").undone.applies);
  CHECK(back(R"({"h":{"comments":[{"c":[1,2]}]}})").undone.applies);
  CHECK_FALSE(back(R"({"h":{"comments":[{"c":[1,3]}]}})").undone.applies);
}

TEST_CASE("a From that a hop wrote again unchanged is not of its making", "[dkim2]") {
  CHECK(back(R"({"h":{"from":[{"d":["a@a.example"]}]}})").undone.new_from.empty());
  CHECK(back(R"({"h":{"from":[{"d":["b@b.example"]}]}})").undone.new_from ==
        std::vector<std::size_t>{0});
}

TEST_CASE("octets that are no UTF-8 come back as they were", "[dkim2]") {
  CHECK(back(R"({"b":[{"u":["/w=="]}]})").lines() == Texts{"\xff"});
}
