// Inputs of other kinds than a message, through the command itself.

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "support/archives.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/process.hpp"

using namespace emltrace;
using Json = nlohmann::ordered_json;
using Strings = std::vector<std::string>;
using test::Outcome;
using test::TemporaryDirectory;

namespace {

const std::string kMessage =
    "Received: from mail.sender.example (mail.sender.example [124.211.3.78])\r\n"
    "\tby mx.recipient.example (Postfix) with ESMTP id 88BFF24001F0\r\n"
    "\tfor <r@recipient.example>; Tue, 5 May 2026 10:00:03 +0000 (UTC)\r\n"
    "From: Someone <a@sender.example>\r\nDate: Tue, 5 May 2026 09:59:59 +0000\r\n\r\nHello.\r\n";

Outcome trace(Strings arguments, std::string input = "",
              std::vector<std::pair<std::string, std::string>> environment = {}) {
  arguments.insert(arguments.begin(), {"--offline", "-f", "ndjson"});
  return test::run(test::command(),
                   {std::move(arguments), std::move(input), std::move(environment), ""});
}

Strings paths(const Outcome& outcome) {
  Strings out;
  for (const std::string_view line : text::split(outcome.out, '\n')) {
    if (!line.empty()) out.push_back(Json::parse(line)["input"]["path"]);
  }
  return out;
}

std::string zip(const std::vector<std::pair<std::string, std::string>>& files,
                const std::string& password = "") {
  const std::string options = password.empty() ? "" : "zip:encryption=aes256";
  return test::make_archive({"zip", "", options, password}, files);
}

}  // namespace

TEST_CASE("the messages of an archive are traced, from a file and from standard input") {
  const TemporaryDirectory dir;
  const std::string bytes = zip({{"a.eml", kMessage}, {"b.txt", "hello\n"}, {"c.eml", kMessage}});
  const std::string path = dir.write("m.zip", bytes);
  const auto from_file = trace({path});
  CHECK(from_file.status == 0);
  CHECK(paths(from_file) == Strings{path + "!a.eml", path + "!c.eml"});
  CHECK(from_file.err == "emltrace: " + path + ": 1 file holds no message\n");
  const auto from_input = trace({}, bytes);
  CHECK(from_input.status == 0);
  CHECK(paths(from_input) == Strings{"-!a.eml", "-!c.eml"});
}

TEST_CASE("--password opens an encrypted archive; without it one line names the option") {
  const TemporaryDirectory dir;
  const std::string path = dir.write("m.zip", zip({{"a.eml", kMessage}}, "secret"));
  CHECK(paths(trace({"--password", "no", "--password", "secret", path})) ==
        Strings{path + "!a.eml"});
  const auto locked = trace({path});
  CHECK(locked.status == 3);
  CHECK(locked.out.empty());
  CHECK(locked.err == "emltrace: " + path +
                          ": holds an encrypted file that no password given opens: "
                          "name it with --password\n");
  const std::string usual = dir.write("u.zip", zip({{"a.eml", kMessage}}, "infected"));
  CHECK(trace({usual}).status == 0);
}

TEST_CASE("a folder of mixed files is traced with status 0 and one line") {
  const TemporaryDirectory dir;
  dir.write("f/1.eml", kMessage);
  dir.write("f/Info.plist", "<?xml version=\"1.0\"?>\n<plist version=\"1.0\"/>\n");
  dir.write("f/x.pdf", "%PDF-1.4\n");
  dir.write("f/z.zip", zip({{"2.eml", kMessage}, {"notes.txt", "hello\n"}}));
  const auto outcome = trace({dir.file("f")});
  CHECK(outcome.status == 0);
  CHECK(paths(outcome) == Strings{dir.file("f/1.eml"), dir.file("f/z.zip!2.eml")});
  CHECK(outcome.err == "emltrace: " + dir.file("f") + ": 3 files hold no message\n");
}

TEST_CASE("a file that is no message is told by what it is, with status 3") {
  const TemporaryDirectory dir;
  const std::vector<std::pair<std::string, std::string>> cases{
      {zip({{"a.txt", "hello\n"}}), "is a ZIP archive that holds no message"},
      {"{\"a\": 1}", "is JSON, and no message is in it"},
      {"%PDF-1.7\n", "is a PDF document"},
      {"<!doctype html><p>x", "is an HTML page"},
      {"<?xml version=\"1.0\"?><plist/>", "is a property list"},
      {"Foo: bar\n", "holds no header field"}};
  for (const auto& [bytes, line] : cases) {
    const std::string path = dir.write("x", bytes);
    const auto outcome = trace({path});
    CHECK(outcome.status == 3);
    CHECK(outcome.out.empty());
    CHECK(outcome.err == "emltrace: " + path + ": " + line + "\n");
  }
}

TEST_CASE("a member's name cannot write to the terminal nor make a line of its own") {
  const TemporaryDirectory dir;
  const std::string path = dir.write("m.zip", zip({{"\x1b[31m\nb.zip", "PK\3\4broken"}}));
  const auto outcome = trace({path});
  CHECK(outcome.status == 3);
  CHECK(outcome.err.find('\x1b') == std::string::npos);
  CHECK(outcome.err.starts_with("emltrace: " + path + "!\\x1b[31m\\x0ab.zip: "));
  CHECK(!std::filesystem::exists(dir.file("b.zip")));
}

TEST_CASE("a report never takes the place of the archive it is about") {
  const TemporaryDirectory dir;
  const std::string bytes = zip({{"a.eml", kMessage}});
  const std::string path = dir.write("m.zip", bytes);
  const auto outcome = trace({"-o", path, path});
  CHECK(outcome.status == 2);
  CHECK(outcome.err.starts_with("emltrace: --output: "));
  CHECK(test::slurp(path) == bytes);
}

TEST_CASE("JSON of a mail service is traced as a header") {
  const Json list = Json::array({{{"name", "Received"},
                                  {"value",
                                   "from mail.sender.example ([124.211.3.78]) by "
                                   "mx.recipient.example; Tue, 5 May 2026 10:00:03 +0000"}},
                                 {{"name", "From"}, {"value", "a@sender.example"}}});
  const auto outcome = trace({}, Json{{"internetMessageHeaders", list}}.dump());
  CHECK(outcome.status == 0);
  const auto report = Json::parse(outcome.out);
  CHECK(report["input"]["kind"] == "headers");
  CHECK(report["input"]["repairs"][0]["code"] == "json-headers");
  CHECK(report["hops"][0]["from"]["ip"] == "124.211.3.78");
}
