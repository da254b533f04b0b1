// What the reader makes of each kind of input: one row a kind, as people have it in hand.

#include <string>
#include <vector>

#include "base/base64.hpp"
#include "support/archives.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/reading.hpp"

using namespace emltrace;
using namespace std::string_literals;
using Strings = std::vector<std::string>;

namespace {

const std::string kHeader =
    "Received: from mail.a.example ([192.0.2.1]) by mx.b.example; Tue, 22 Mar 2022 16:12:36 +0000\n"
    "From: a@a.example\nDate: Tue, 22 Mar 2022 16:12:35 +0000\n";
const std::string kMessage = kHeader + "\nbody\n";
const std::string kMbox = "From a@a.example Tue Mar 22 16:12:36 2022\n" + kMessage + "\n";
const std::string kPropertyList =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"x\" \"y\">\n"
    "<plist version=\"1.0\">\n<dict/>\n</plist>\n";
const std::string kFieldsJson =
    R"([{"name":"Received","value":"from a by b; Tue, 22 Mar 2022 16:12:36 +0000"},)"
    R"({"name":"From","value":"a@a.example"}])";

std::string archive(const std::string& format, const std::string& filter, const std::string& name,
                    const std::string& bytes) {
  return test::make_archive({format, filter, "", ""}, {{name, bytes}});
}

struct Row {
  std::string kind;
  std::string bytes;
  Strings items;   ///< `message x` or `headers x`, and the repairs, of each item at path x
  Strings faults;  ///< what is said of the input
};

std::vector<Row> messages() {
  return {
      {"a message", kMessage, {"message x"}, {}},
      {"a header", kHeader, {"headers x"}, {}},
      {"a header of Received alone", "Received: from a by b; x\n", {"headers x"}, {}},
      {"a header of one X- field", "X-Spam-Score: 5\n", {"headers x"}, {}},
      {"an mbox", kMbox + kMbox, {"message x", "message x"}, {}},
      {".emlx",
       std::to_string(kMessage.size()) + "       \n" + kMessage + kPropertyList,
       {"message x apple-mail"},
       {}},
  };
}

std::vector<Row> archives() {
  return {
      {"ZIP", archive("zip", "", "a.eml", kMessage), {"message x!a.eml"}, {}},
      {"7z", archive("7zip", "", "a.eml", kMessage), {"message x!a.eml"}, {}},
      {"tar", archive("ustar", "", "d/a.eml", kMessage), {"message x!d/a.eml"}, {}},
      {"tar.gz", archive("ustar", "gzip", "a.eml", kMessage), {"message x!a.eml"}, {}},
      {"tar.xz", archive("ustar", "xz", "a.eml", kMessage), {"message x!a.eml"}, {}},
      {"gzip", archive("raw", "gzip", "a.eml", kMessage), {"message x"}, {}},
      {"bzip2", archive("raw", "bzip2", "a.eml", kMessage), {"message x"}, {}},
      {"xz", archive("raw", "xz", "a.eml", kMessage), {"message x"}, {}},
      {"Zstandard", archive("raw", "zstd", "a.eml", kMessage), {"message x"}, {}},
      {"lzip", archive("raw", "lzip", "a.eml", kMessage), {"message x"}, {}},
      {"LZ4", archive("raw", "lz4", "a.eml", kMessage), {"message x"}, {}},
      {"compress", archive("raw", "compress", "a.eml", kMessage), {"message x"}, {}},
      {"an mbox in gzip",
       archive("raw", "gzip", "a", kMbox + kMbox),
       {"message x", "message x"},
       {}},
      {"an mbox in ZIP",
       archive("zip", "", "m", kMbox + kMbox),
       {"message x!m", "message x!m"},
       {}},
      {"JSON in ZIP", archive("zip", "", "m", kFieldsJson), {"headers x!m json-headers"}, {}},
      {"ZIP without mail",
       archive("zip", "", "a.txt", "hello\n"),
       {},
       {"is a ZIP archive that holds no message"}},
      {"ZIP without files",
       test::make_archive({}, {}),
       {},
       {"is a ZIP archive that holds no message"}},
      {".docx",
       archive("zip", "", "[Content_Types].xml", "<Types/>"),
       {},
       {"is an Office document that holds no message"}},
      {"gzip of nothing",
       archive("raw", "gzip", "a", ""),
       {},
       {"is a gzip file that holds no message"}},
  };
}

std::vector<Row> exports() {
  return {
      {"JSON of fields", kFieldsJson, {"headers x json-headers"}, {}},
      {"JSON of a raw message",
       R"({"raw":")" + base64_encode(kMessage) + R"("})",
       {"message x json-message"},
       {}},
      {"JSON without mail", R"({"a": [1, "b"]})", {}, {"is JSON, and no message is in it"}},
  };
}

std::vector<Row> others() {
  return {
      {"nothing", "", {}, {"is empty"}},
      {"a letter", "Dear Bob,\nwe met.\n", {}, {"holds no header field"}},
      {"notes like fields",
       "Foo: bar\nStatus: done\nUser-agent: *\n",
       {},
       {"holds no header field"}},
      {"a PDF", "%PDF-1.4\nFrom: a@b.example\nSubject: x\n\nx", {}, {"is a PDF document"}},
      {"a web page", "<!DOCTYPE html>\n<html><p>hello</html>\n", {}, {"is an HTML page"}},
      {"a property list", kPropertyList, {}, {"is a property list"}},
      {"a binary property list", "bplist00\xD1\1\2"s, {}, {"is a property list"}},
      {"other XML", "<?xml version=\"1.0\"?>\n<a/>\n", {}, {"is an XML document"}},
      {"winmail.dat", "\x78\x9F\x3E\x22\1\0\1\x90"s, {}, {"is a TNEF file (winmail.dat)"}},
      {".pst", "!BDN\0\0\0\0SM"s, {}, {"is an Outlook data file (.pst or .ost)"}},
      {"SQLite", "SQLite format 3\0\x10\0"s, {}, {"is an SQLite database"}},
      {"PNG", "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s, {}, {"is a PNG picture"}},
      {"JPEG", "\xFF\xD8\xFF\xE0\0\x10JFIF\0"s, {}, {"is a JPEG picture"}},
      {"GIF", "GIF89a\1\0\1\0"s, {}, {"is a GIF picture"}},
      {"ELF",
       "\x7F"
       "ELF\2\1\1\0"s,
       {},
       {"is a program (ELF)"}},
      {"HTTP",
       "HTTP/1.1 200 OK\nDate: x\nContent-Type: text/html\n\nx",
       {},
       {"is an HTTP response"}},
      {"vCard", "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n", {}, {"is a vCard"}},
      {"unknown bytes", "\1\2\0\3\0\4"s, {}, {"is a binary file, not a message"}},
  };
}

Strings describe(const test::Readings& all, const std::string& path) {
  Strings items;
  for (const auto& item : all.items) {
    const std::string name = item.path.substr(path.size());
    std::string line = std::string(to_string(item.kind)) + " x" + name;
    for (const auto& repair : item.repairs) line += " " + repair.code;
    items.push_back(line);
  }
  return items;
}

void check(const std::vector<Row>& rows) {
  const test::Folder folder;
  for (const Row& row : rows) {
    CAPTURE(row.kind);
    intake::Options options;
    options.paths = {folder.write("x", row.bytes)};
    const auto from_file = test::read_all(options);
    CHECK(describe(from_file, options.paths[0]) == row.items);
    Strings faults;
    for (const auto& fault : from_file.faults) {
      CHECK(fault.path == options.paths[0]);
      CHECK(fault.kind == intake::Fault::Kind::no_message);
      faults.push_back(fault.message);
    }
    CHECK(faults == row.faults);

    const auto pipe = test::piped(row.bytes);
    options.paths = {"-"};
    options.standard_input = pipe.descriptor();
    CHECK(describe(test::read_all(options), "-") == row.items);
  }
}

}  // namespace

TEST_CASE("messages, whatever stands around them, are read") {
  check(messages());
}

TEST_CASE("archives are opened, of a file and of a pipe") {
  check(archives());
}

TEST_CASE("JSON is read, or said to be JSON") {
  check(exports());
}

TEST_CASE("what is no message is told by what it is") {
  check(others());
}

TEST_CASE("no text that could be a message is taken for another kind by its first bytes") {
  for (const char* text :
       {"To: ftyp@a.example\n", "Subject:WEBP\n", "BZh91: x\nFrom: a@b.example\n",
        "RIFF-Id: x\nFrom: a@b.example\n", "MZ-Id: x\nFrom: a@b.example\n",
        "PK-Id: x\nFrom: a@b.example\n", "Rar: x\nFrom: a@b.example\n"}) {
    CAPTURE(text);
    CHECK(test::read_in_memory("x", text).items.size() == 1);
  }
}

TEST_CASE("what is no message is counted in a folder and an archive, and told once") {
  const test::Folder folder;
  folder.write("f/1.eml", kMessage);
  folder.write("f/2.plist", kPropertyList);
  folder.write("f/3.zip", archive("zip", "", "a.txt", "hello\n"));
  folder.write("f/4.txt", "");
  intake::Options options;
  options.paths = {folder.path() + "/f"};
  const auto mixed = test::read_all(options);
  CHECK(mixed.items.size() == 1);
  CHECK(mixed.lines() == Strings{folder.path() + "/f: 3 files hold no message"});
  REQUIRE(mixed.faults.size() == 1);
  CHECK(mixed.faults[0].kind == intake::Fault::Kind::note);

  const auto zip =
      test::make_archive({}, {{"a.eml", kMessage}, {"b.png", "\x89PNG\r\n\x1A\n"}, {"d/", ""}});
  const auto opened = test::read_in_memory("z.zip", zip);
  CHECK(opened.paths() == Strings{"z.zip!a.eml"});
  CHECK(opened.lines() == Strings{"z.zip: 1 file holds no message"});
  CHECK(opened.faults.at(0).kind == intake::Fault::Kind::note);
}

TEST_CASE("a folder in which nothing is a message is a fault; two paths are counted apart") {
  const test::Folder folder;
  folder.write("a/1.txt", "hello\n");
  folder.write("b/1.txt", "hello\n");
  folder.write("b/2.eml", kMessage);
  intake::Options options;
  options.paths = {folder.path() + "/a", folder.path() + "/b", folder.path() + "/b/1.txt"};
  const auto all = test::read_all(options);
  CHECK(all.lines() == Strings{folder.path() + "/a: 1 file holds no message",
                               folder.path() + "/b: 1 file holds no message",
                               folder.path() + "/b/1.txt: holds no header field"});
  REQUIRE(all.faults.size() == 3);
  CHECK(all.faults[0].kind == intake::Fault::Kind::no_message);
  CHECK(all.faults[1].kind == intake::Fault::Kind::note);
  CHECK(all.faults[2].kind == intake::Fault::Kind::no_message);
}
