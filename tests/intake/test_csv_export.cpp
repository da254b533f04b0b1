#include <string>
#include <vector>

#include "base/base64.hpp"
#include "support/catch.hpp"
#include "support/reading.hpp"

using namespace emltrace;
using Strings = std::vector<std::string>;

namespace {

const std::string kHeader =
    "Received: from a by b; Tue, 22 Mar 2022 16:12:36 +0000\n"
    "From: \"A, B\" <a@c.example>\nDate: Tue, 22 Mar 2022 16:12:35 +0000\n";
const std::string kMessage = kHeader + "\nbody; of, it\n";

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

test::Readings read(const std::string& bytes) {
  return test::read_in_memory("x.csv", bytes);
}

}  // namespace

TEST_CASE("each row of a table gives the header or message in one of its cells") {
  for (const std::string separator : {",", ";", "\t"}) {
    for (const std::string line_end : {"\n", "\r\n"}) {
      CAPTURE(separator, line_end);
      const auto all = read("id" + separator + "headers" + separator + "note" + line_end + "1" +
                            separator + quoted(kHeader) + separator + "x" + line_end + "2" +
                            separator + quoted(kMessage) + separator + line_end + line_end);
      CHECK(all.faults.empty());
      REQUIRE(all.items.size() == 2);
      CHECK(all.items[0].text == kHeader);
      CHECK(all.items[0].kind == intake::Kind::headers);
      CHECK(all.items[1].text == kMessage);
      CHECK(all.items[1].kind == intake::Kind::message);
      CHECK(all.items[1].index == 2);
      REQUIRE(all.items[1].repairs.size() == 1);
      CHECK(all.items[1].repairs[0].code == "csv-cell");
      CHECK(all.items[1].repairs[0].line == 6);  // the first row ends in line 5
    }
  }
}

TEST_CASE("a cell may hold line ends as escapes, base64, or JSON") {
  const std::string json = R"([{"name":"Received","value":"from a by b"},{"name":"From",)"
                           R"("value":"a@c.example"}])";
  const auto all = read("id,raw\n1," + quoted(replaced(kHeader, "\n", "\\n")) + "\n2," +
                        base64_encode(kMessage) + "\n3," + quoted(json) + "\n");
  REQUIRE(all.items.size() == 3);
  CHECK(all.items[0].text == kHeader);
  CHECK(all.items[1].text == kMessage);
  CHECK(all.items[2].text == "Received: from a by b\r\nFrom: a@c.example\r\n");
  CHECK(all.items[2].repairs.at(0).code == "json-headers");
}

TEST_CASE("a table that breaks off is told, and the rows before are read") {
  const auto all = read("id,headers\n1," + quoted(kHeader) + "\n2,\"Received: from");
  CHECK(all.items.size() == 1);
  CHECK(all.lines() ==
        Strings{"x.csv: cannot be read to its end: it is damaged as JSON or as a table"});
}

TEST_CASE("a table of what is no header, and a header with commas, are no tables of messages") {
  CHECK(read("from,to,subject\na@b.example,c@d.example,x\n").items.empty());
  CHECK(read("id,text\n1,\"Dear Bob,\nwe met: soon.\n\"\n").items.empty());
  CHECK(read(kMessage).items.at(0).repairs.empty());
  CHECK(read("Hello, see below\n\n" + kHeader).items.at(0).repairs.at(0).code == "leading-text");
}
