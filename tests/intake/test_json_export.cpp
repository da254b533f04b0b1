#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/base64.hpp"
#include "support/catch.hpp"
#include "support/reading.hpp"

using namespace emltrace;
using Strings = std::vector<std::string>;
using Json = nlohmann::ordered_json;

namespace {

// Two Received fields and a fold: what an export must keep in order.
const std::vector<std::pair<std::string, std::string>> kFields{
    {"Received", "from a.example by b.example; Tue, 22 Mar 2022 16:12:37 +0000"},
    {"Received", "from c.example by a.example; Tue, 22 Mar 2022 16:12:36 +0000"},
    {"From", "\"A, B\" <a@c.example>"},
    {"Date", "Tue, 22 Mar 2022 16:12:35 +0000"},
    {"X-Note", "one"}};
const std::string kHeader =
    "Received: from a.example by b.example; Tue, 22 Mar 2022 16:12:37 +0000\r\n"
    "Received: from c.example by a.example; Tue, 22 Mar 2022 16:12:36 +0000\r\n"
    "From: \"A, B\" <a@c.example>\r\n"
    "Date: Tue, 22 Mar 2022 16:12:35 +0000\r\n"
    "X-Note: one\r\n";
const std::string kMessage = kHeader + "\r\nbody\r\n";

Json pairs(const char* name, const char* value) {
  Json list = Json::array();
  for (const auto& [n, v] : kFields) list.push_back({{name, n}, {value, v}});
  return list;
}

Json lists() {
  Json list = Json::array();
  for (const auto& [n, v] : kFields) list.push_back(Json::array({n, v}));
  return list;
}

std::string base64url(const std::string& bytes) {
  std::string text = base64_encode(bytes);
  for (char& c : text) c = c == '+' ? '-' : (c == '/' ? '_' : c);
  return text.substr(0, text.find('='));
}

test::Readings read(const std::string& bytes) {
  return test::read_in_memory("x.json", bytes);
}

Strings texts(const std::string& bytes) {
  const auto all = read(bytes);
  CHECK(all.faults.empty());
  Strings out;
  for (const auto& item : all.items) out.emplace_back(item.text);
  return out;
}

const std::string kUtf16 = [] {
  std::string out = "\xFF\xFE";
  for (const char c : Json{{"InternetMessageHeaders", pairs("Name", "Value")}}.dump(2)) {
    out += {c, '\0'};
  }
  return out;
}();

}  // namespace

TEST_CASE("fields are read in their order from each form in which services give them") {
  Json by_name = {{"received", {kFields[0].second, kFields[1].second}}};
  const std::vector<std::pair<std::string, std::string>> forms{
      {"Microsoft Graph", Json{{"id", "A"},
                               {"subject", "other"},
                               {"from", {{"emailAddress", {{"address", "x@y.example"}}}}},
                               {"internetMessageHeaders", pairs("name", "value")}}
                              .dump(2)},
      {"Graph by PowerShell, in UTF-16", kUtf16},
      {"the bare list", pairs("name", "value").dump()},
      {"Gmail", Json{{"id", "1"},
                     {"payload",
                      {{"headers", pairs("name", "value")},
                       {"parts", {{{"headers", {{{"name", "Content-Type"}, {"value", "x"}}}}}}}}}}
                    .dump()},
      {"Amazon SES", Json{{"mail",
                           {{"headers", pairs("name", "value")},
                            {"commonHeaders", {{"from", {"q@r.example"}}, {"date", "x"}}}}}}
                         .dump()},
      {"Amazon SNS around it",
       Json{{"Type", "Notification"},
            {"Message", Json{{"mail", {{"headers", pairs("name", "value")}}}}.dump()}}
           .dump()},
      {"Mailgun", Json{{"recipient", "x@y.example"},
                       {"from", "q@r.example"},
                       {"body-plain", "Received: from evil by x\r\nFrom: q@r.example\r\n\r\nz"},
                       {"message-headers", lists().dump()}}
                      .dump()},
      {"SparkPost",
       [] {
         Json list = Json::array();
         for (const auto& [n, v] : kFields) list.push_back({{n, v}});
         return Json{{"headers", list}}.dump();
       }()},
      {"lines",
       [] {
         Json list = Json::array();
         for (const auto& [n, v] : kFields) list.push_back(n + ": " + v);
         return Json{{"headers", list}}.dump();
       }()},
      {"an object of fields", Json{{"envelope", {{"from", "q@r.example"}, {"to", "s@t.example"}}},
                                   {"headers",
                                    {{"Received", {kFields[0].second, kFields[1].second}},
                                     {"From", kFields[2].second},
                                     {"Date", kFields[3].second},
                                     {"X-Note", "one"},
                                     {"size", 5}}}}
                                  .dump()},
      {"a folded value", [] {
         Json list = pairs("name", "value");
         list[0]["value"] = "from a.example by b.example;\r\n\tTue, 22 Mar 2022 16:12:37 +0000";
         return list.dump();
       }()}};
  for (const auto& [name, bytes] : forms) {
    CAPTURE(name);
    const auto all = read(bytes);
    CHECK(all.faults.empty());
    REQUIRE(all.items.size() == 1);
    std::string expected = kHeader;
    if (name == "a folded value") expected.replace(expected.find("; ") + 1, 1, "\r\n\t");
    CHECK(all.items[0].text == expected);
    CHECK(all.items[0].kind == intake::Kind::headers);
    CHECK(all.items[0].original == bytes);
    REQUIRE(all.items[0].repairs.size() == 1);
    CHECK(all.items[0].repairs[0].code == "json-headers");
    CHECK(all.items[0].repairs[0].touches_signed_bytes);
    CHECK(all.items[0].repairs[0].count == 5);
  }
}

TEST_CASE("fields that a service keeps beside its list are put behind it") {
  Json list = Json::array({Json{{"Name", "Received-SPF"}, {"Value", "pass"}},
                           Json{{"Name", "Subject"}, {"Value", "in the list"}}});
  CHECK(texts(Json{{"From", "a@c.example"},
                   {"Subject", "beside it"},
                   {"MessageID", "no field"},
                   {"Headers", list}}
                  .dump()) ==
        Strings{"Received-SPF: pass\r\nSubject: in the list\r\nFrom: a@c.example\r\n"});
}

TEST_CASE("a whole message is read as it was sent") {
  for (const std::string& bytes :
       {Json{{"id", "1"}, {"raw", base64url(kMessage)}}.dump(),
        Json{{"content", base64_encode(kMessage)}, {"mail", {{"headers", lists()}}}}.dump(),
        Json{{"body-mime", kMessage}, {"subject", "x"}}.dump(), Json(kMessage).dump()}) {
    CAPTURE(bytes);
    const auto all = read(bytes);
    REQUIRE(all.items.size() == 1);
    CHECK(all.items[0].text == kMessage);
    CHECK(all.items[0].kind == intake::Kind::message);
    REQUIRE(all.items[0].repairs.size() == 1);
    CHECK(all.items[0].repairs[0].code == "json-message");
    CHECK(!all.items[0].repairs[0].touches_signed_bytes);
  }
}

TEST_CASE("a header as a text of JSON is a header, without a body") {
  for (const std::string& bytes : {Json(kHeader).dump(), Json{{"headers", kHeader}}.dump(),
                                   Json{{"text", "hello"}, {"headers", kHeader}}.dump()}) {
    const auto all = read(bytes);
    REQUIRE(all.items.size() == 1);
    CHECK(all.items[0].text == kHeader);
    CHECK(all.items[0].kind == intake::Kind::headers);
  }
}

TEST_CASE("lists of messages give each, whatever holds them") {
  const Json one = {{"internetMessageHeaders", pairs("name", "value")}};
  const Strings twice{kHeader, kHeader};
  CHECK(texts(Json{{"@odata.context", "x"}, {"value", {one, one}}}.dump(1)) == twice);
  CHECK(texts(Json::array({one, one}).dump()) == twice);
  CHECK(texts(one.dump() + "\n" + one.dump() + "\n") == twice);
  CHECK(texts(one.dump(2) + "\n" + one.dump(2) + "\n") == twice);
  CHECK(texts(Json{{"m1", one}, {"m2", one}}.dump()) == twice);
  const auto all = read(Json::array({one, one}).dump());
  CHECK(all.items[0].index == 1);
  CHECK(all.items[1].index == 2);
  CHECK(all.items[0].original.size() + all.items[1].original.size() ==
        Json::array({one, one}).dump().size());
}

TEST_CASE("ends of lines in a value are no lines of the JSON, and lead to no place behind it") {
  auto list = pairs("name", "value");
  list.push_back({{"name", "X-Long"}, {"value", "a\n b\n c\n" + std::string(400, 'd')}});
  const std::string bytes = Json{{"internetMessageHeaders", list}}.dump();
  const auto item = read(bytes).items.at(0);
  const std::size_t long_field = item.text.find("X-Long:");
  REQUIRE(long_field != std::string::npos);
  for (const std::size_t at : {long_field, item.text.size()}) {
    CHECK(item.places.input_offset(at) == bytes.find("\"X-Long\""));
    CHECK(item.places.input_line(at, 9) == 1);
  }
}

TEST_CASE("a field stands in the line of the JSON that names it") {
  const std::string bytes = Json{{"internetMessageHeaders", pairs("name", "value")}}.dump(1);
  const auto item = read(bytes).items.at(0);
  const std::size_t from = item.text.find("From:");
  // {, the list's line, then four lines a field: { name value }.
  CHECK(item.places.input_line(from, 3) == 2 + 2 * 4 + 2);
  CHECK(item.original.substr(item.places.input_offset(from), 5) == "\"From");
}

TEST_CASE("a value cannot make a field of its own, and a name that is none is counted") {
  Json list = pairs("name", "value");
  list[4]["value"] = "one\r\nReceived: from evil.example by x\n\nBcc: x";
  list.push_back({{"name", "not a name"}, {"value", "x"}});
  const auto item = read(list.dump()).items.at(0);
  CHECK(item.text.substr(item.text.find("X-Note")) ==
        "X-Note: one\r\n Received: from evil.example by x\r\n Bcc: x\r\n");
  CHECK(item.repairs.at(0).detail.ends_with("Fields left out, whose name is none: 1."));
}

TEST_CASE("JSON without the names of mail fields is no message") {
  for (const std::string& bytes :
       {Json{{"headers",
              {{{"name", "Content-Type"}, {"value", "x"}}, {{"name", "Date"}, {"value", "y"}}}}}
            .dump(),
        Json{{"from", "2020-01-01"}, {"to", "2020-02-01"}, {"subject", "x"}}.dump(),
        Json{{"name", "to"}, {"value", "x"}}.dump(),
        Json{{"body", {{"content", "From: a@b.example\nSent: x\nTo: c\nSubject: d\n\ne"}}}}.dump(),
        Json{{"data", base64_encode(std::string(300, 'x'))}}.dump(), std::string("{}"),
        std::string("[1]")}) {
    CAPTURE(bytes);
    const auto all = read(bytes);
    CHECK(all.items.empty());
    CHECK(all.lines() == Strings{"x.json: is JSON, and no message is in it"});
  }
}

TEST_CASE("text that begins as JSON does is left to the mends of pastes") {
  const auto all = read("[1] Copied from the ticket\n\n" + kMessage);
  REQUIRE(all.items.size() == 1);
  CHECK(all.items[0].repairs.at(0).code == "leading-text");
}

TEST_CASE("JSON that breaks off is told, and what stands before is read") {
  const std::string one = Json{{"internetMessageHeaders", pairs("name", "value")}}.dump();
  const auto all = read(one + "\n" + one.substr(0, one.size() / 2));
  REQUIRE(all.items.size() == 1);
  CHECK(all.items[0].text == kHeader);
  CHECK(all.lines() ==
        Strings{"x.json: cannot be read to its end: it is damaged as JSON or as a table"});
  CHECK(all.faults[0].kind == intake::Fault::Kind::unread);
}

TEST_CASE("a line end that was escaped twice is one") {
  std::string escaped;
  for (const char c : kHeader)
    escaped += c == '\r' ? "\\r" : (c == '\n' ? "\\n" : std::string(1, c));
  CHECK(texts(Json{{"headers", escaped}}.dump()) == Strings{kHeader});
}

TEST_CASE("JSON of any depth, width or damage ends in items or faults") {
  CHECK(read(std::string(5'000'000, '[')).items.empty());
  CHECK(read(std::string(100'000, '[') + std::string(100'000, ']')).items.empty());
  std::string wide = "[1";
  for (int i = 0; i < 3'000'000; ++i) wide += ",1";
  CHECK(read(wide + "]").items.empty());
  const std::string whole = Json{
      {"payload", {{"headers", pairs("name", "value")}}},
      {"message-headers",
       lists().dump()}}.dump();
  for (std::size_t at = 1; at < whole.size(); at += 3) {
    CHECK(!intake::read_bytes("x", whole.substr(0, at), {}).empty());
    std::string bad = whole;
    bad[at] = static_cast<char>(bad[at] ^ 0x15);
    CHECK(!intake::read_bytes("x", bad, {}).empty());
  }
}
