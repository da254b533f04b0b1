#include <unistd.h>

#include <random>
#include <string>
#include <vector>

#include "intake/mbox.hpp"
#include "intake/reader.hpp"
#include "message/message.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/mail.hpp"
#include "support/mailbox.hpp"

using namespace emltrace;
using test::Dialect;
using test::Folder;

namespace {

constexpr const char* kFromLine = "From MAILER-DAEMON Tue Mar 22 16:12:36 2022\n";

intake::Options options_for(const std::string& path, int standard_input = 0) {
  intake::Options options;
  options.paths = {path};
  options.attached = intake::AttachedMode::never;
  options.standard_input = standard_input;
  return options;
}

// Each message as it stands in the input.
std::vector<std::string> read_all(const intake::Options& options) {
  intake::Reader reader(options);
  std::vector<std::string> texts;
  while (auto entry = reader.next()) {
    const auto* item = std::get_if<intake::Item>(&*entry);
    REQUIRE(item != nullptr);
    CHECK(item->index == texts.size() + 1);
    texts.emplace_back(item->original);
  }
  return texts;
}

std::vector<std::string> cut(const std::string& file) {
  const Folder folder;
  return read_all(options_for(folder.write("mail.mbox", file)));
}

std::vector<std::string> cut_piped(const std::string& file) {
  const auto pipe = test::piped(file);
  return read_all(options_for("-", pipe.descriptor()));
}

struct Case {
  std::string file;
  std::vector<std::string> messages;
};

Case made(Dialect dialect, unsigned seed, std::size_t count, bool cut_at_end = false) {
  Case one;
  for (std::size_t i = 0; i < count; ++i) {
    const bool last = cut_at_end && i + 1 == count;
    const auto message = test::tricky_message(seed + static_cast<unsigned>(i), dialect, last);
    one.messages.push_back(test::stored(message, dialect, i));
  }
  one.file = test::mailbox(one.messages, dialect);
  return one;
}

void check_same(const std::vector<std::string>& out, const std::vector<std::string>& in) {
  REQUIRE(out.size() == in.size());
  for (std::size_t i = 0; i < in.size(); ++i) {
    INFO(i);
    REQUIRE(out[i] == in[i]);
  }
}

const std::string kPlain = "From: a@b.example\nDate: Tue, 10 Nov 2026 10:00:00 +0000\n\n";

}  // namespace

TEST_CASE("a mailbox of each dialect gives the messages that were put in, byte for byte") {
  for (const Dialect dialect : test::kDialects) {
    const auto one = made(dialect, 1, 1'000);
    INFO(test::to_string(dialect));
    check_same(cut(one.file), one.messages);
    check_same(cut_piped(one.file), one.messages);
  }
}

TEST_CASE("a mailbox of a few messages gives just those, however it begins and ends") {
  for (const Dialect dialect : test::kDialects) {
    INFO(test::to_string(dialect));
    for (unsigned seed = 1; seed < 200; ++seed) {
      CAPTURE(seed);
      const auto one = made(dialect, seed * 31, 1 + seed % 4);
      check_same(cut_piped(one.file), one.messages);
    }
  }
}

TEST_CASE("the last message keeps its bytes where the file breaks off in a line") {
  for (const Dialect dialect : test::kDialects) {
    INFO(test::to_string(dialect));
    for (unsigned seed = 1; seed < 40; ++seed) {
      CAPTURE(seed);
      const auto one = made(dialect, seed * 57, 3, true);
      const std::string file = one.file.substr(0, one.file.rfind("no line end") + 11);
      check_same(cut_piped(file), one.messages);
    }
  }
}

TEST_CASE("being one of many in an mbox does not change how a message is parsed") {
  const auto mail = test::clean_mail();
  std::vector<std::string> in;
  for (std::size_t i = 0; i < mail.size(); ++i) {
    in.push_back(test::stored(mail[i].bytes, Dialect::mboxrd, i));
  }
  const auto texts = cut(test::mailbox(in, Dialect::mboxrd));
  REQUIRE(texts.size() == mail.size());
  for (std::size_t i = 0; i < mail.size(); ++i) {
    const Message alone = Message::parse(mail[i].bytes);
    const Message among = Message::parse(texts[i]);
    REQUIRE(among.fields().size() == alone.fields().size());
    for (std::size_t f = 0; f < alone.fields().size(); ++f) {
      CHECK(among.fields()[f].raw == alone.fields()[f].raw);
    }
    CHECK(among.body() == alone.body());
    CHECK(among.stray().size() == alone.stray().size());
  }
}

TEST_CASE("bytes of an escaped From line stay as the file has them") {
  const auto texts = cut(std::string(kFromLine) + kPlain + "one\n>From two\n>>From three\n");
  REQUIRE(texts.size() == 1);
  CHECK(texts[0].ends_with("one\n>From two\n>>From three\n"));
}

TEST_CASE("a From line of prose, even behind an empty line, ends no message") {
  const auto texts = cut(std::string(kFromLine) + kPlain +
                         "Hello\n\nFrom my point of view\nNote: this is text\n\n"
                         "From Tuesday on: nothing\n\n" +
                         kFromLine + kPlain + "second\n");
  REQUIRE(texts.size() == 2);
  CHECK(texts[0].ends_with("nothing\n"));
}

TEST_CASE("a separator without a header behind it is text") {
  const auto texts = cut(std::string(kFromLine) + kPlain + "see\n\n" + kFromLine +
                         "\nis what separates.\n\n" + kFromLine + kPlain + "second\n");
  REQUIRE(texts.size() == 2);
  CHECK(texts[0].ends_with("is what separates.\n"));
}

TEST_CASE("a separator of another shape than the first is text") {
  const std::string quoted =
      "From jo@a.example Tue Nov 10 10:00:05 2026\nReturn-Path: <x@y.z>\n" + kPlain + "quoted\n\n";
  for (const std::string first : {"From - Tue Nov 10 10:00:05 2026", "From ", "From jo@a.example",
                                  "From 15857263@xxx Tue Nov 10 10:00:05 +0000 2026"}) {
    CAPTURE(first);
    const std::string one = first + "\nReturn-Path: <x@y.z>\n" + kPlain;
    CHECK(cut(one + "hello\n\n" + quoted + one + "second\n").size() == 2);
  }
}

TEST_CASE("mailboxes of several programs in one file are each cut where the first is dated") {
  const std::string fields = "\nReturn-Path: <x@y.z>\n" + kPlain + "text\n\n";
  CHECK(cut("From jo@a.example Tue Nov 10 10:00:05 2026" + fields +
            "From - Tue Nov 10 10:00:05 2026" + fields +
            "From 15857263@xxx Tue Nov 10 10:00:05 +0000 2026" + fields)
            .size() == 3);
}

TEST_CASE("a patch begins a message where the file begins with one, and nowhere else") {
  const std::string patch =
      "From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\n" + kPlain +
      "---\n a.c | 2 +-\n\n";
  CHECK(cut(patch + patch).size() == 2);
  CHECK(cut(kFromLine + kPlain + "patch:\n\n" + patch + kFromLine + kPlain + "x\n").size() == 2);
}

TEST_CASE("a From line behind text is a separator where this writer puts no empty line") {
  const std::string one = "From jo@a.example Tue Nov 10 10:00:05 2026\n" + kPlain;
  check_same(cut(one + "a\n" + one + "b\n\n" + one + "c\n"),
             {one + "a\n", one + "b\n\n", one + "c\n"});
  // The innocent twin: quoted in a paragraph of a mailbox that has empty lines.
  CHECK(cut(one + "quote:\n" + one + "b\n\n" + one + "c\n\n").size() == 2);
  CHECK(cut(one + "quote:\n" + one + "b\n\n").size() == 1);
}

TEST_CASE("a mailbox whose first message is larger than what is looked ahead is cut as others") {
  const std::string one = "From jo@a.example Tue Nov 10 10:00:05 2026\n" + kPlain;
  std::string large = one;
  while (large.size() < 600'000) large += "From here on: a line of text\n";
  check_same(cut_piped(large + one + "b\n" + one + "c\n"), {large, one + "b\n", one + "c\n"});
  check_same(cut_piped(large + "\n" + one + "b\n\n" + one + "c\n\n"),
             {large, one + "b\n", one + "c\n"});
}

TEST_CASE("a Content-Length that does not end before a separator is not believed") {
  const auto with = [](const std::string& length, const std::string& body) {
    return std::string(kFromLine) + "Content-Length: " + length + "\n" + kPlain + body + "\n\n";
  };
  for (const std::string length : {"3", "14", "200", "999999999999", "-1", "x", ""}) {
    CAPTURE(length);
    const std::string file = with(length, "first message") + with(length, "second");
    for (const auto& texts : {cut(file), cut_piped(file)}) {
      REQUIRE(texts.size() == 2);
      CHECK(texts[0].ends_with("first message\n"));
      CHECK(texts[1].ends_with("second\n"));
    }
  }
}

TEST_CASE("a Content-Length spans what looks like a separator, in a file and in a pipe") {
  const std::string nested = std::string(kFromLine) + kPlain + std::string(300'000, 'x') + "\n\n" +
                             kFromLine + kPlain + "nested\n";
  const std::string one = std::string(kFromLine) +
                          "Content-Length: " + std::to_string(nested.size()) + "\n" + kPlain +
                          nested;
  const std::string two = std::string(kFromLine) + kPlain + "second\n";
  check_same(cut(one + "\n" + two + "\n"), {one, two});
  check_same(cut_piped(one + "\n" + two + "\n"), {one, two});
}

TEST_CASE("empty lines and a byte order mark before the first separator belong to no message") {
  const std::string one = std::string(kFromLine) + kPlain + "one\n";
  for (const std::string front : {"\n\n", "\r\n", "\xEF\xBB\xBF"}) {
    check_same(cut(front + one + "\n" + one), {one, one});
  }
}

TEST_CASE("a header with its separator, alone in a file, is a header and no message with no body") {
  const Folder folder;
  const auto kind_of = [&](const std::string& bytes, intake::InputKind input) {
    auto options = options_for(folder.write("m", bytes));
    options.input = input;
    intake::Reader reader(options);
    return std::get<intake::Item>(*reader.next()).kind;
  };
  const std::string header = kFromLine + kPlain.substr(0, kPlain.size() - 1);
  CHECK(kind_of(header, intake::InputKind::automatic) == intake::Kind::headers);
  CHECK(kind_of(header, intake::InputKind::mbox) == intake::Kind::message);
  CHECK(kind_of(header + "\nbody\n", intake::InputKind::automatic) == intake::Kind::message);
  CHECK(kind_of(header + "\n" + header, intake::InputKind::automatic) == intake::Kind::message);
}

TEST_CASE("what is said to be an mbox is cut at any From line with a known field behind it") {
  const Folder folder;
  const std::string one = "From jo, le 10 novembre\n" + kPlain;
  auto options = options_for(folder.write("m", one + "a\n\n" + one + "b\n\nFrom here\nit: ends\n"));
  CHECK(read_all(options).size() == 1);
  options.input = intake::InputKind::mbox;
  CHECK(read_all(options).size() == 2);
}

TEST_CASE("an mbox of noise ends, and loses no byte") {
  std::mt19937 random(7);
  const std::string alphabet = "From \n>:\r\tab@1 Mar 2022 16:12\1";
  for (int round = 0; round < 300; ++round) {
    std::string file = std::string(kFromLine) + "Subject: x\n";
    for (int i = 0; i < 400; ++i) file.push_back(alphabet[random() % alphabet.size()]);
    const auto pipe = test::piped(file);
    intake::Input input{Descriptor(::dup(pipe.descriptor()))};
    mbox::Splitter splitter(input);
    std::size_t total = 0;
    while (auto slice = splitter.next()) {
      CHECK(slice->offset - total <= 4);
      total = slice->offset + slice->chunk.bytes.size();
    }
    CHECK(total + 4 >= file.size());
  }
}

TEST_CASE("a mailbox that becomes shorter while it is read gives what was there, and says so") {
  const Folder folder;
  const auto one = made(Dialect::mboxrd, 1, 4'000);
  const std::string path = folder.write("mail.mbox", one.file);
  intake::Reader reader(options_for(path));
  std::vector<std::string> faults;
  std::size_t items = 0;
  while (auto entry = reader.next()) {
    if (items == 3) REQUIRE(::truncate(path.c_str(), 100'000) == 0);
    if (const auto* fault = std::get_if<intake::Fault>(&*entry)) {
      faults.push_back(fault->message);
    } else if (items++ < 3) {
      CHECK(std::get<intake::Item>(*entry).original == one.messages[items - 1]);
    }
  }
  CHECK(items > 3);
  CHECK(items < one.messages.size());
  CHECK(faults == std::vector<std::string>{"became shorter while it was read"});
}

TEST_CASE("a mailbox that grows while it is read gives what is there") {
  const Folder folder;
  const auto one = made(Dialect::mboxrd, 1, 4'000);
  const auto more = made(Dialect::mboxrd, 900, 5);
  const std::string path = folder.write("mail.mbox", one.file);
  intake::Reader reader(options_for(path));
  REQUIRE(reader.next());
  folder.write("mail.mbox", one.file + more.file);
  std::size_t items = 1;
  while (auto entry = reader.next()) {
    CHECK(std::holds_alternative<intake::Item>(*entry));
    ++items;
  }
  CHECK(items == 4'005);
}
