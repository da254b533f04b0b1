#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "intake/reader.hpp"
#include "message/message.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/mail.hpp"

using namespace emltrace;
using intake::Fault;
using intake::Item;
using intake::Options;
using test::Folder;

namespace {

const std::string kMessage = "From: a@b.example\nDate: Tue, 22 Mar 2022 16:12:36 +0000\n\nbody\n";

struct Outcome {
  std::vector<Item> items;
  std::vector<Fault> faults;

  [[nodiscard]] std::vector<std::string> paths_below(const std::string& folder) const {
    std::vector<std::string> names;
    for (const Item& item : items) names.push_back(item.path.substr(folder.size() + 1));
    return names;
  }
};

Outcome read_all(const Options& options) {
  Outcome outcome;
  intake::Reader reader(options);
  while (auto entry = reader.next()) {
    if (auto* item = std::get_if<Item>(&*entry)) {
      outcome.items.push_back(std::move(*item));
    } else {
      outcome.faults.push_back(std::get<Fault>(*entry));
    }
  }
  return outcome;
}

Outcome read_paths(std::vector<std::string> paths) {
  Options options;
  options.paths = std::move(paths);
  return read_all(options);
}

}  // namespace

TEST_CASE("several paths are read in their order, and a bad one does not stop the others") {
  const Folder folder;
  const auto first = folder.write("first.eml", kMessage);
  const auto empty = folder.write("empty.eml", "");
  const auto letter = folder.write("letter.txt", "Dear all,\n\nno header here.\n");
  const auto binary = folder.write("picture.png", std::string("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 17));
  const auto last = folder.write("last.eml", kMessage);
  const auto outcome =
      read_paths({first, empty, folder.path() + "/absent.eml", letter, binary, last});
  REQUIRE(outcome.items.size() == 2);
  CHECK(outcome.items[0].path == first);
  CHECK(outcome.items[1].path == last);
  REQUIRE(outcome.faults.size() == 4);
  CHECK(outcome.faults[0].path == empty);
  CHECK(outcome.faults[0].message == "is empty");
  CHECK(outcome.faults[1].message == "No such file or directory");
  CHECK(outcome.faults[2].message == "holds no header field");
  CHECK(outcome.faults[3].message == "is a PNG picture");
}

TEST_CASE("an item keeps its bytes when the reader has gone on and is gone") {
  const Folder folder;
  std::string large = kMessage + std::string(400'000, 'x') + "\n";
  Item kept;
  {
    Options options;
    options.paths = {folder.write("large.eml", large), folder.write("small.eml", kMessage)};
    intake::Reader reader(options);
    kept = std::get<Item>(*reader.next());
    while (reader.next()) {
    }
  }
  CHECK(kept.text == large);
  CHECK(kept.original.data() == kept.text.data());
  CHECK(kept.places.empty());
}

TEST_CASE("a folder gives its files by name, sub-folders included, hidden ones not") {
  const Folder folder;
  for (const char* name : {"b.eml", "a/2.eml", "a/1.eml", ".hidden", ".git/x.eml", "c/d/e.eml"}) {
    folder.write(name, kMessage);
  }
  std::filesystem::create_directory_symlink(folder.path(), folder.path() + "/loop");
  std::filesystem::create_symlink(folder.path() + "/b.eml", folder.path() + "/link.eml");
  const auto outcome = read_paths({folder.path()});
  CHECK(outcome.faults.empty());
  CHECK(outcome.paths_below(folder.path()) ==
        std::vector<std::string>{"a/1.eml", "a/2.eml", "b.eml", "c/d/e.eml", "link.eml"});
}

TEST_CASE("a Maildir gives what is new, what was read and its sub-folders, never tmp") {
  const Folder folder;
  for (const char* name : {"cur/1.a:2,S", "new/2.b", "tmp/3.c", ".Sent/cur/4.d:2,",
                           ".Sent/new/.keep", "dovecot.index"}) {
    folder.write(name, kMessage);
  }
  const auto outcome = read_paths({folder.path()});
  CHECK(outcome.faults.empty());
  CHECK(outcome.paths_below(folder.path()) ==
        std::vector<std::string>{"new/2.b", "cur/1.a:2,S", ".Sent/cur/4.d:2,"});
}

TEST_CASE("a folder without messages is said to be one") {
  const Folder folder;
  folder.make_folder("deep/inside");
  const auto outcome = read_paths({folder.path()});
  REQUIRE(outcome.faults.size() == 1);
  CHECK(outcome.faults[0].path == folder.path());
  CHECK(outcome.faults[0].message == "a folder without messages");
}

TEST_CASE("a file that may not be read is said to be one") {
  if (::geteuid() == 0) return;  // root may read everything
  const Folder folder;
  const auto secret = folder.write("secret.eml", kMessage);
  ::chmod(secret.c_str(), 0);
  const auto outcome = read_paths({secret});
  REQUIRE(outcome.faults.size() == 1);
  CHECK(outcome.faults[0].message == "Permission denied");
}

TEST_CASE("no path, or a hyphen, is standard input") {
  for (const bool hyphen : {false, true}) {
    const auto pipe = test::piped(kMessage);
    Options options;
    options.standard_input = pipe.descriptor();
    if (hyphen) options.paths = {"-"};
    const auto outcome = read_all(options);
    REQUIRE(outcome.items.size() == 1);
    CHECK(outcome.items[0].path == "-");
    CHECK(outcome.items[0].text == kMessage);
  }
}

TEST_CASE("names come from a file, one a line or ended by NUL, and after the paths") {
  const Folder folder;
  const auto one = folder.write("one.eml", kMessage);
  const auto odd = folder.write("two\nlines.eml", kMessage);
  Options options;
  options.paths = {one};
  options.files_from = folder.write("names", one + "\n\n" + one);
  CHECK(read_all(options).items.size() == 3);

  options.files_from = folder.write("names0", odd + std::string(1, '\0') + one);
  options.null_separated = true;
  const auto outcome = read_all(options);
  REQUIRE(outcome.items.size() == 3);
  CHECK(outcome.items[1].path == odd);

  const auto pipe = test::piped(odd + std::string(1, '\0'));
  options.paths.clear();
  options.files_from = "-";
  options.standard_input = pipe.descriptor();
  CHECK(read_all(options).items.size() == 1);

  options.files_from = folder.path() + "/absent";
  CHECK(read_all(options).faults.size() == 1);
}

TEST_CASE("whether a body is there is told, and a signature over an empty one believed") {
  const auto kind_of = [](const std::string& bytes, intake::InputKind input) {
    Options options;
    options.input = input;
    return std::get<Item>(intake::read_bytes("-", bytes, options).front()).kind;
  };
  using intake::InputKind;
  using intake::Kind;
  CHECK(kind_of(kMessage, InputKind::automatic) == Kind::message);
  CHECK(kind_of("From: a@b.example\n", InputKind::automatic) == Kind::headers);
  CHECK(kind_of("From: a@b.example\n\n\n", InputKind::automatic) == Kind::headers);
  CHECK(kind_of("From: a@b.example\n\n\n", InputKind::message) == Kind::message);
  CHECK(kind_of(kMessage, InputKind::headers) == Kind::headers);
  CHECK(kind_of("DKIM-Signature: v=1; bh=47DEQpj8HBSa+/TIm\n W+5JCeuQeRkm5NMpJWZG3hSuFU=; b=x\n\n",
                InputKind::automatic) == Kind::message);
}

TEST_CASE("an mbox is one only where that is asked or its first line says so") {
  const Folder folder;
  Options options;
  options.paths = {folder.write("a", "From a@b.example Tue Mar 22 16:12:36 2022\n" + kMessage)};
  options.input = intake::InputKind::mbox;
  CHECK(read_all(options).items.size() == 1);
  options.paths = {folder.write("b", kMessage)};
  REQUIRE(read_all(options).faults.size() == 1);
  CHECK(read_all(options).faults[0].message.starts_with("is no mbox"));
}

TEST_CASE("a valid message comes through with the same bytes, from memory, file and pipe") {
  const Folder folder;
  for (unsigned seed = 0; seed < 200; ++seed) {
    const std::string message = test::random_message(seed);
    Options options;
    options.attached = intake::AttachedMode::never;
    const auto pipe = test::piped(message);
    options.standard_input = pipe.descriptor();
    options.paths = {folder.write("m.eml", message), "-"};
    const auto outcome = read_all(options);
    REQUIRE(outcome.items.size() == 2);
    for (const Item& item : outcome.items) {
      CHECK(item.text == message);
      CHECK(item.repairs.empty());
    }
  }
}

TEST_CASE("hostile input ends in items or faults, never in anything else") {
  std::mt19937 random(11);
  const auto mail = test::clean_mail();
  for (int round = 0; round < 600; ++round) {
    std::string bytes = mail[random() % mail.size()].bytes;
    for (int change = 0; change < 20; ++change) {
      const std::size_t at = random() % bytes.size();
      switch (random() % 4) {
        case 0:
          bytes[at] = static_cast<char>(random() % 256);
          break;
        case 1:
          bytes.erase(at, random() % 40);
          break;
        case 2:
          bytes.insert(at, 1 + random() % 3, "\n\r\0 >=<&:\t"[random() % 10]);
          break;
        default:
          bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 60));
      }
      if (bytes.empty()) bytes = "x";
    }
    Options options;
    options.attached = intake::AttachedMode::all;
    const auto entries = intake::read_bytes("-", bytes, options);
    REQUIRE(!entries.empty());
    for (const auto& entry : entries) {
      if (const auto* item = std::get_if<Item>(&entry)) (void)Message::parse(item->text);
    }
  }
}

TEST_CASE("a header of a hundred thousand fields or of one long line is read in one go") {
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "Received: from a by b\nstray line here\n";
  CHECK(intake::read_bytes("-", many, Options{}).size() == 1);
  const std::string line = "Subject: " + std::string(10'000'000, '>') + "\n";
  CHECK(intake::read_bytes("-", line, Options{}).size() == 1);
  std::string marks;
  for (int i = 0; i < 200'000; ++i) marks += "a: <mailto: &lt; =3D\n";
  CHECK(intake::read_bytes("-", "From: x <\n" + marks, Options{}).size() == 1);
}

TEST_CASE("two header blocks, repeated From fields, NUL and bare CR stay where they are") {
  const std::string message =
      "From: a@b.example\nFrom : c@d.example\nDate: Tue, 22 Mar 2022 16:12:36 +0000\n"
      "Subject: x" +
      std::string(1, '\0') +
      "y\rz\n\nbody\n.\nMAIL FROM:<x@y.example>\nFrom: e@f.example\n\nmore\n";
  const auto entries = intake::read_bytes("-", message, Options{});
  REQUIRE(entries.size() == 1);
  CHECK(std::get<Item>(entries[0]).text == message);
}
