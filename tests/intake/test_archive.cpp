#include <string>
#include <vector>

#include "intake/container/archive.hpp"
#include "intake/unpacker.hpp"
#include "support/archives.hpp"
#include "support/catch.hpp"
#include "support/files.hpp"
#include "support/reading.hpp"

using namespace emltrace;
using namespace std::string_literals;
using intake::container::Archive;
using intake::container::Budget;
using intake::container::Format;
using intake::container::Limits;
using Strings = std::vector<std::string>;

namespace {

const std::string kMessage = "From: a@b.example\nDate: Tue, 22 Mar 2022 16:12:36 +0000\n\nbody\n";
constexpr std::size_t kMega = std::size_t{1} << 20;

std::string zip(const std::vector<std::pair<std::string, std::string>>& files,
                const std::string& password = "", const std::string& cipher = "zipcrypt") {
  return test::make_archive(
      {"zip", "", password.empty() ? "" : "zip:encryption=" + cipher, password}, files);
}

test::Readings read(const std::string& bytes, Strings passwords = {}) {
  intake::Options options;
  options.passwords = std::move(passwords);
  return test::read_in_memory("x", bytes, options);
}

intake::Input input_of(std::string bytes) {
  return intake::Input(
      [bytes = std::move(bytes), at = std::size_t{0}](char* into, std::size_t size) mutable {
        const std::size_t count = bytes.copy(into, size, at);
        at += count;
        return Result<std::size_t>(count);
      });
}

// What becomes of the members: their sizes, then what is told.
Strings unpack(const std::string& bytes, const Limits& limits) {
  intake::Unpacker unpacker({}, limits);
  Strings out;
  const auto* kind = intake::container::find_magic(bytes);
  REQUIRE(kind != nullptr);
  if (auto fault = unpacker.enter("x", input_of(bytes), *kind)) return {fault->message};
  while (unpacker.is_open()) {
    auto found = unpacker.next();
    if (!found) continue;
    if (auto* fault = std::get_if<intake::Fault>(&*found)) {
      out.push_back(fault->path + ": " + fault->message);
      continue;
    }
    auto& member = std::get<intake::Unpacker::Member>(*found);
    member.input.grow_to(64 * kMega);
    out.push_back(member.path + " " +
                  (member.input.status() ? std::to_string(member.input.view().size())
                                         : member.input.status().error()));
  }
  return out;
}

}  // namespace

TEST_CASE("members are named by the way to them, archives inside archives too") {
  const std::string tar = test::make_archive({"ustar", "gzip", "", ""}, {{"c.eml", kMessage}});
  const auto all =
      read(zip({{"b.tar.gz", tar},
                {"d/e.eml", kMessage},
                {"f.eml.gz", test::make_archive({"raw", "gzip", "", ""}, {{"f", kMessage}})}}));
  CHECK(all.paths() == Strings{"x!b.tar.gz!c.eml", "x!d/e.eml", "x!f.eml.gz"});
  CHECK(all.faults.empty());
  for (const auto& item : all.items) CHECK(item.text == kMessage);
}

TEST_CASE("a member's name is kept whatever it is") {
  const auto all =
      read(test::make_archive({"ustar", "", "", ""}, {{"../../etc/x\x1b[31m.eml", kMessage},
                                                      {"J\xC3\xBCrgen.eml", kMessage}}));
  CHECK(all.paths() == Strings{"x!../../etc/x\x1b[31m.eml", "x!J\xC3\xBCrgen.eml"});
}

TEST_CASE("an encrypted ZIP archive is opened by `infected`, by a word given, by the second word") {
  for (const char* cipher : {"zipcrypt", "aes128", "aes256"}) {
    CAPTURE(cipher);
    CHECK(read(zip({{"a.eml", kMessage}}, "infected", cipher)).items.size() == 1);
    const std::string secret = zip({{"a.eml", kMessage}, {"b.eml", kMessage}}, "secret", cipher);
    CHECK(read(secret, {"secret"}).items.size() == 2);
    CHECK(read(secret, {"other", "secret"}).items.size() == 2);
    const auto locked = read(secret, {"other"});
    CHECK(locked.items.empty());
    CHECK(locked.lines() ==
          Strings{
              "x: holds 2 encrypted files that no password given opens: name it with --password"});
    REQUIRE(locked.faults.size() == 1);
    CHECK(locked.faults[0].kind == intake::Fault::Kind::unread);
  }
}

TEST_CASE("a wrong password that passes the one byte of check does not shut out the right one") {
  // Not compressed, and of several blocks: its checksum alone shows that it was decrypted wrongly.
  const std::string bytes = zip({{"a.eml", kMessage + std::string(20'000, 'x')}}, "right",
                                "zipcrypt,zip:compression=store");
  Budget budget;
  std::string near;
  for (int n = 0; n < 20'000 && near.empty(); ++n) {
    const std::string word = "w" + std::to_string(n);
    auto archive = Archive::open(Format::zip, {{}, bytes}, {word}, budget);
    REQUIRE(archive);
    if (archive->next()) near = word;
  }
  REQUIRE(!near.empty());
  const auto all = read(bytes, {near, "right"});
  CHECK(all.items.size() == 1);
  CHECK(all.faults.empty());
}

TEST_CASE("files that are not encrypted are read beside files that are") {
  std::string open = zip({{"a.eml", kMessage}});
  const auto all = read(zip({{"open.zip", open}, {"locked.zip", zip({{"b.eml", kMessage}}, "p")}}));
  CHECK(all.paths() == Strings{"x!open.zip!a.eml"});
  CHECK(all.lines() ==
        Strings{"x!locked.zip: holds an encrypted file that no password given opens: "
                "name it with --password"});
}

TEST_CASE("a member that grows without end is refused, and all others are read") {
  const auto all = read(zip({{"a.eml", kMessage},
                             {"bomb.eml", kMessage + std::string(20 * kMega, 'x')},
                             {"z.eml", kMessage}}));
  CHECK(all.paths() == Strings{"x!a.eml", "x!z.eml"});
  CHECK(all.lines() == Strings{"x!bomb.eml: unpacks to more than is safe: it is not read"});
}

TEST_CASE("a large message that shrinks as mail does is no bomb") {
  std::string block;
  unsigned state = 1;
  while (block.size() < kMega / 4) {
    state = state * 1'103'515'245U + 12'345U;
    block += std::to_string(state) + "\n";
  }
  // Deflate looks back 32,768 bytes: it does not see that the block comes again.
  std::string body;
  while (body.size() < 20 * kMega) body += block;
  const auto all = read(test::make_archive({"raw", "gzip", "", ""}, {{"a", kMessage + body}}));
  REQUIRE(all.items.size() == 1);
  CHECK(all.items[0].text.size() == kMessage.size() + body.size());
}

TEST_CASE("all members together have a limit too, and so has their number") {
  const std::string bytes = zip({{"a", std::string(kMega, 'x')},
                                 {"b", std::string(kMega, 'x')},
                                 {"c", std::string(kMega, 'x')},
                                 {"d", "x"}});
  Limits limits;
  limits.free_total = 2 * kMega;
  CHECK(unpack(bytes, limits) ==
        Strings{"x!a 1048576", "x!b 1048576", "x!c unpacks to more than is safe: it is not read",
                "x: unpacks to more than is safe: the rest of it is not read"});
  limits = {};
  limits.total = 3 * kMega;
  CHECK(unpack(bytes, limits).back() ==
        "x: unpacks to more than is safe: the rest of it is not read");
  limits = {};
  limits.members = 3;
  CHECK(unpack(bytes, limits) ==
        Strings{"x!a 1048576", "x!b 1048576", "x!c 1048576",
                "x: unpacks to more than is safe: the rest of it is not read"});
  limits.members = 4;
  CHECK(unpack(bytes, limits).back() == "x!d 1");
}

TEST_CASE("archives inside archives end at a depth, and what stands beside them is read") {
  std::string bytes = zip({{"m.eml", kMessage}});
  for (std::size_t depth = 1; depth < intake::Unpacker::kMaxDepth; ++depth) {
    bytes = zip({{"n", bytes}});
  }
  CHECK(read(bytes).items.size() == 1);
  const auto all = read(zip({{"n", bytes}, {"z.eml", kMessage}}));
  CHECK(all.paths() == Strings{"x!z.eml"});
  REQUIRE(all.faults.size() == 1);
  CHECK(all.faults[0].message == "is a ZIP archive that lies too deep: archives inside archives");
}

TEST_CASE("a damaged archive is told in a line, and what stands before the damage is read") {
  std::string tar =
      test::make_archive({"ustar", "", "", ""}, {{"a.eml", kMessage}, {"b.eml", kMessage}});
  tar[1'024 + 150] ^= 0x5A;  // in the checksum of the second header
  const auto all = read(tar);
  CHECK(all.paths() == Strings{"x!a.eml"});
  CHECK(all.lines() == Strings{"x: is damaged: files of it may be lost"});
}

TEST_CASE("files behind a damaged header are found") {
  std::string tar = test::make_archive(
      {"ustar", "", "", ""}, {{"a.eml", kMessage}, {"b.eml", kMessage}, {"c.eml", kMessage}});
  tar[1'024 + 150] ^= 0x5A;
  const auto all = read(tar);
  CHECK(all.paths() == Strings{"x!a.eml", "x!c.eml"});
  CHECK(all.lines() == Strings{"x: is damaged: files of it may be lost"});
}

TEST_CASE("every cut and many a flipped byte of an archive ends in items or faults") {
  for (const auto& style :
       std::vector<test::ArchiveStyle>{{"zip", "", "", ""},
                                       {"7zip", "", "", ""},
                                       {"ustar", "gzip", "", ""},
                                       {"zip", "", "zip:encryption=zipcrypt", "infected"}}) {
    const std::string whole = test::make_archive(style, {{"a.eml", kMessage}, {"b", kMessage}});
    for (std::size_t size = 8; size < whole.size(); size += 7) {
      CHECK(!intake::read_bytes("x", whole.substr(0, size), {}).empty());
    }
    for (std::size_t at = 8; at < whole.size(); at += 3) {
      std::string bad = whole;
      bad[at] = static_cast<char>(bad[at] ^ 0x5A);
      CHECK(!intake::read_bytes("x", bad, {}).empty());
    }
  }
}

TEST_CASE("an item of an archive keeps its bytes when the archive is gone") {
  const test::Folder folder;
  intake::Options options;
  options.paths = {
      folder.write("a.zip", zip({{"a.eml", kMessage}, {"b.eml", kMessage + "more\n"}}))};
  const auto all = test::read_all(options);
  REQUIRE(all.items.size() == 2);
  CHECK(all.items[0].original == kMessage);
  CHECK(all.items[1].text == kMessage + "more\n");
}

TEST_CASE("--input says what the members are") {
  intake::Options options;
  options.input = intake::InputKind::headers;
  const auto all = test::read_in_memory("x", zip({{"a.eml", kMessage}}), options);
  REQUIRE(all.items.size() == 1);
  CHECK(all.items[0].kind == intake::Kind::headers);
}
