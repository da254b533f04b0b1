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

using namespace emltrace;
using test::Folder;

namespace {

enum class Dialect { mboxo, mboxrd, mboxcl, mboxcl2 };

constexpr const char* kFromLine = "From MAILER-DAEMON Tue Mar 22 16:12:36 2022\n";

// What must be escaped: `From ` alone (mboxo, mboxcl), or behind marks too (mboxrd).
std::string escaped(const std::string& body, Dialect dialect) {
  std::string out;
  for (std::size_t at = 0; at < body.size();) {
    std::size_t end = body.find('\n', at);
    end = end == std::string::npos ? body.size() : end + 1;
    const std::string line = body.substr(at, end - at);
    const std::size_t marks = line.find_first_not_of('>');
    const bool from = marks != std::string::npos && line.compare(marks, 5, "From ") == 0;
    const bool quotes =
        from && (dialect == Dialect::mboxrd || (dialect != Dialect::mboxcl2 && marks == 0));
    out += quotes ? ">" + line : line;
    at = end;
  }
  return out;
}

std::string mbox_entry(const std::string& message, Dialect dialect) {
  const std::size_t lf = message.find("\n\n");
  const std::size_t crlf = message.find("\r\n\r\n");
  const bool has_body = lf != std::string::npos || crlf != std::string::npos;
  const std::size_t body_at = !has_body ? message.size() : (lf < crlf ? lf + 2 : crlf + 4);
  std::string header = message.substr(0, body_at);
  const std::string body = escaped(message.substr(body_at), dialect);
  if (dialect == Dialect::mboxcl || dialect == Dialect::mboxcl2) {
    header.insert(0, "Content-Length: " + std::to_string(body.size()) + "\n");
  }
  return kFromLine + header + body + "\n";
}

// The message as it went in: without the writer's envelope line and Content-Length.
std::string plain(std::string_view text) {
  std::string out(text.substr(text.find('\n') + 1));
  if (out.starts_with("Content-Length: ")) out.erase(0, out.find('\n') + 1);
  return out;
}

// These dialects do not mark what is marked already, so a reader cannot tell it from an escaped
// `From `: one mark less comes back.
bool is_lossy(const std::string& message) {
  return message.find("\n>From ") != std::string::npos ||
         message.find("\n>>From ") != std::string::npos;
}

std::string generated(unsigned seed) {
  std::string message = test::random_message(seed);
  std::mt19937 random(seed);
  const bool has_body = message.find("\n\n") != std::string::npos;
  if (has_body && random() % 4 == 0) message += "From here on it is only text\n";
  if (has_body && random() % 5 == 0) message += "\nFrom the desk of A. Author:\nNote: well\n";
  if (has_body && random() % 6 == 0) message += ">From one mark\n";
  if (has_body && random() % 7 == 0) message += ">>From two marks\n\n";
  return message;
}

std::vector<std::string> read_all(const std::string& path, int standard_input = 0) {
  intake::Options options;
  options.paths = {path};
  options.attached = intake::AttachedMode::never;
  options.standard_input = standard_input;
  intake::Reader reader(options);
  std::vector<std::string> texts;
  while (auto entry = reader.next()) {
    const auto* item = std::get_if<intake::Item>(&*entry);
    REQUIRE(item != nullptr);
    CHECK(item->index == texts.size() + 1);
    texts.emplace_back(item->text);
  }
  return texts;
}

void round_trip(Dialect dialect) {
  std::vector<std::string> in;
  std::string file;
  for (unsigned seed = 1; in.size() < 1'000; ++seed) {
    const std::string message = generated(seed);
    if ((dialect == Dialect::mboxo || dialect == Dialect::mboxcl) && is_lossy(message)) continue;
    in.push_back(message);
    file += mbox_entry(message, dialect);
  }
  const Folder folder;
  const auto out = read_all(folder.write("mail.mbox", file));
  REQUIRE(out.size() == in.size());
  for (std::size_t i = 0; i < in.size(); ++i) {
    INFO(i);
    REQUIRE(plain(out[i]) == in[i]);
  }
}

}  // namespace

TEST_CASE("a thousand messages come out of an mboxo as they went in") {
  round_trip(Dialect::mboxo);
}
TEST_CASE("a thousand messages come out of an mboxrd as they went in") {
  round_trip(Dialect::mboxrd);
}
TEST_CASE("a thousand messages come out of an mboxcl as they went in") {
  round_trip(Dialect::mboxcl);
}
TEST_CASE("a thousand messages come out of an mboxcl2 as they went in") {
  round_trip(Dialect::mboxcl2);
}

TEST_CASE("being one of many in an mbox does not change how a message is parsed") {
  std::string file;
  const auto mail = test::clean_mail();
  for (const auto& one : mail) file += mbox_entry(one.bytes, Dialect::mboxrd);
  const Folder folder;
  const auto texts = read_all(folder.write("all.mbox", file));
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

TEST_CASE("an mbox is read from a pipe as from a file") {
  std::string file;
  for (unsigned seed = 0; seed < 300; ++seed) {
    file += mbox_entry(generated(seed), Dialect::mboxrd);
  }
  const Folder folder;
  const auto from_file = read_all(folder.write("mail.mbox", file));
  const auto pipe = test::piped(file);
  CHECK(read_all("-", pipe.descriptor()) == from_file);
}

TEST_CASE("a From line of prose, even behind an empty line, ends no message") {
  const std::string file = std::string(kFromLine) +
                           "From: a@b.example\nSubject: x\n\nHello\n\n"
                           "From my point of view\nNote: this is text\n\n"
                           "From Tuesday on: nothing\n\n" +
                           kFromLine + "From: c@d.example\n\nsecond\n";
  const Folder folder;
  const auto texts = read_all(folder.write("mail.mbox", file));
  REQUIRE(texts.size() == 2);
  CHECK(texts[0].find("nothing") != std::string::npos);
}

TEST_CASE("a Content-Length that does not end before a From line is not believed") {
  const std::string file = std::string(kFromLine) +
                           "From: a@b.example\nContent-Length: 3\n\nfirst message\n\n" + kFromLine +
                           "From: c@d.example\nContent-Length: 999999999999\n\nsecond\n";
  const Folder folder;
  const auto texts = read_all(folder.write("mail.mbox", file));
  REQUIRE(texts.size() == 2);
  CHECK(texts[0].ends_with("first message\n"));
  CHECK(texts[1].ends_with("second\n"));
}

TEST_CASE("an escaped From line is given back, and the repair says so") {
  const Folder folder;
  const auto path = folder.write(
      "mail.mbox", std::string(kFromLine) + "From: a@b.example\n\none\n>From two\n>>From three\n");
  intake::Options options;
  options.paths = {path};
  intake::Reader reader(options);
  const auto entry = reader.next();
  REQUIRE(entry.has_value());
  const auto& item = std::get<intake::Item>(*entry);
  CHECK(item.text.ends_with("one\nFrom two\n>From three\n"));
  CHECK(item.original.ends_with("one\n>From two\n>>From three\n"));
  REQUIRE(item.repairs.size() == 1);
  CHECK(item.repairs[0].code == "mbox-from-escaped");
  CHECK(item.repairs[0].line == 5);
  CHECK(item.repairs[0].count == 2);
  CHECK(item.repairs[0].touches_signed_bytes);
}

TEST_CASE("what begins like an mbox is told from what does not") {
  CHECK(mbox::looks_like_mbox("From a@b.example Tue Mar 22 16:12:36 2022\nSubject: x\n"));
  CHECK(mbox::looks_like_mbox("From - Tue Mar 22 16:12:36 2022\r\nX-Mozilla-Status: 0001\r\n"));
  CHECK(mbox::looks_like_mbox("From a@b.example\nReceived: x\n"));
  CHECK(!mbox::looks_like_mbox("From: a@b.example\nSubject: x\n"));
  CHECK(!mbox::looks_like_mbox(">From a@b.example\nReceived: x\n"));
  CHECK(!mbox::looks_like_mbox("From the desk of A. Author\n\nDear all\n"));
  CHECK(!mbox::looks_like_mbox(""));
}

TEST_CASE("an mbox of noise ends, and loses no byte of the last message") {
  std::mt19937 random(7);
  const std::string alphabet = "From \n>:\r\tab@1 Mar 2022 16:12";
  for (int round = 0; round < 300; ++round) {
    std::string file = std::string(kFromLine) + "Subject: x\n";
    for (int i = 0; i < 400; ++i) file.push_back(alphabet[random() % alphabet.size()]);
    const auto pipe = test::piped(file);
    intake::Input input{Descriptor(::dup(pipe.descriptor()))};
    mbox::Splitter splitter(input);
    std::size_t total = 0;
    while (auto slice = splitter.next()) total = slice->offset + slice->chunk.bytes.size();
    CHECK(total + 4 >= file.size());
  }
}
