#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

#include "auth/arc/arc.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/sign.hpp"
#include "support/table.hpp"

namespace arc = emltrace::arc;
namespace dkim = emltrace::dkim;
namespace dns = emltrace::dns;
namespace test = emltrace::test;
using emltrace::Message;
using emltrace::auth::Result;

namespace {

const std::string kMessage =
    "From: Author <author@a.example>\r\n"
    "To: list@list.example\r\n"
    "Subject: a  folded\r\n\tsubject \r\n"
    "Date: Tue, 14 Nov 2023 22:00:00 +0000\r\n"
    "Message-ID: <1@a.example>\r\n"
    "\r\n"
    "Hello,  \r\n\r\nhere they are.\r\n\r\n";

struct Close {
  void operator()(std::FILE* pipe) const { pclose(pipe); }
};

std::string run(const std::string& command) {
  const std::unique_ptr<std::FILE, Close> pipe(popen(command.c_str(), "r"));
  REQUIRE(pipe);
  std::string out;
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0;) {
    out.append(buffer.data(), n);
  }
  return out;
}

bool installed() {
  static const bool found =
      std::system("/usr/bin/python3 -c 'import dkim, authres' >/dev/null 2>&1") == 0;
  if (!found) WARN("dkimpy is not installed: it gives no second opinion here");
  return found;
}

/// A folder that goes away with the test.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "emltrace-arc-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::string write(const std::string& name, const std::string& bytes) const {
    const std::filesystem::path file = path_ / name;
    std::ofstream(file, std::ios::binary) << bytes;
    return file.string();
  }

 private:
  std::filesystem::path path_;
};

test::SealOptions hop(int instance) {
  test::SealOptions seal;
  seal.instance = instance;
  seal.cv = instance == 1 ? "none" : "pass";
  seal.sign.domain = "hop" + std::to_string(instance) + ".example";
  seal.results = "mx.hop.example; spf=pass smtp.mailfrom=a.example";
  return seal;
}

const test::SigningKey& key() {
  return test::SigningKey::rsa(2048);
}

std::string keys_for_witness() {
  std::string out;
  for (int i = 1; i <= 3; ++i) {
    out += "s1._domainkey.hop" + std::to_string(i) + ".example\t" + test::key_record(key()) + "\n";
  }
  return out;
}

std::string witness(const std::string& mode, const std::string& message,
                    const std::string& more = "") {
  const Folder folder;
  const std::string script = test::source_dir() + "/tests/support/arc_witness.py";
  std::string command = "/usr/bin/python3 '" + script + "' " + mode + " '" +
                        folder.write("message", message) + "' '" +
                        folder.write("keys", keys_for_witness()) + "'";
  if (mode == "sign") command += " '" + folder.write("key.pem", key().private_pem()) + "' " + more;
  return run(command);
}

arc::Verdict verify(const std::string& text) {
  std::string zone;
  for (int i = 1; i <= 3; ++i) zone += test::key_line(key(), hop(i).sign);
  const Message message = Message::parse(text);
  dkim::Options options{};
  options.at = options.now = emltrace::Instant(std::chrono::seconds(1'700'000'100));
  arc::Verifier verifier(message, options);
  return test::settle_with_zone(zone, [&](dns::Client& client) { return verifier.verify(client); });
}

}  // namespace

TEST_CASE("chains made here verify with dkimpy, and damaged ones do not") {
  if (!installed()) return;
  std::string text = kMessage;
  for (int i = 1; i <= 3; ++i) {
    text = test::add_arc_set(text, key(), hop(i));
    CAPTURE(i);
    CHECK(witness("verify", text) == "pass\n");
    CHECK(verify(text).result == Result::pass);
  }
  std::string damaged = text;
  damaged.replace(damaged.find("spf=pass"), 8, "spf=fail");
  CHECK(witness("verify", damaged) == "fail\n");
  CHECK(verify(damaged).result == Result::fail);
  CHECK(witness("verify", text + "x\r\n") == "fail\n");
  CHECK(verify(text + "x\r\n").result == Result::fail);
}

TEST_CASE("chains made by dkimpy verify here, alone and on top of ours") {
  if (!installed()) return;
  const std::string first =
      witness("sign", "Authentication-Results: mx.one.example; spf=pass\r\n" + kMessage,
              "hop1.example s1 mx.one.example");
  REQUIRE(first.size() > kMessage.size() + 500);
  CHECK(verify(first).problem.value_or("") == "");
  CHECK(verify(first).result == Result::pass);

  const std::string ours = test::add_arc_set(first, key(), hop(2));
  CHECK(verify(ours).result == Result::pass);
  CHECK(witness("verify", ours) == "pass\n");

  const std::string third =
      witness("sign", "Authentication-Results: mx.three.example; arc=pass\r\n" + ours,
              "hop3.example s1 mx.three.example");
  const auto verdict = verify(third);
  CHECK(verdict.problem.value_or("") == "");
  CHECK(verdict.result == Result::pass);
  CHECK(verdict.sets.size() == 3);
}
