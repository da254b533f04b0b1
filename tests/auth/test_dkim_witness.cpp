#include <algorithm>
#include <chrono>
#include <sstream>
#include <string>
#include <vector>

#include "base/base64.hpp"
#include "dkim_check.hpp"
#include "shapes.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/witness.hpp"

using namespace emltrace;
using test::Folder;
using test::SigningKey;
using test::SignOptions;
using test::word;

namespace {

const std::string kScript = test::source_dir() + "/tests/support/dkim_witness.py";
const std::string kPython = "/usr/bin/python3";

bool dkimpy_is_there() {
  const bool found = test::runs(kPython + " -c 'import dkim, nacl'");
  if (!found) WARN("dkimpy is not installed: it gives no second opinion here");
  return found;
}

bool opendkim_is_there() {
  const bool found = test::runs("command -v opendkim-testmsg");
  if (!found) WARN("opendkim-testmsg is not installed: it gives no second opinion here");
  return found;
}

// opendkim-testmsg asks the system's resolver: it gets one of its own in a namespace.
bool namespaces_work() {
  const bool works = test::runs("unshare -rmn true");
  if (!works) WARN("no namespaces here: opendkim-testmsg cannot be given keys to verify with");
  return works;
}

SignOptions on(std::string selector, std::string algorithm, std::string canonicalization) {
  SignOptions options;
  options.selector = std::move(selector);
  options.algorithm = std::move(algorithm);
  options.canonicalization = std::move(canonicalization);
  return options;
}

// Key files for the script; s1 is RSA, e1 Ed25519, both under example.org.
void write_keys(const Folder& folder) {
  folder.write("keys", "s1._domainkey.example.org\t" + test::key_record(SigningKey::rsa()) +
                           "\ne1._domainkey.example.org\t" +
                           test::key_record(SigningKey::ed25519()) + "\n");
  folder.write("rsa.pem", SigningKey::rsa().private_pem());
  folder.write("ed25519.key", base64_encode(SigningKey::ed25519().private_seed()));
  folder.write("resolv.conf", "nameserver 127.0.0.1\n");
}

// Lines `NAME pass` as the witness prints them, sorted by name.
std::vector<std::string> verdicts(const std::string& output) {
  std::vector<std::string> lines;
  std::istringstream in(output);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Others sign with the time of day.
dkim::Options today() {
  dkim::Options options = test::dkim_options();
  options.at = options.now =
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return options;
}

struct Ours {
  std::string name;
  std::string text;
};

// Every shape in every form, signed here; and each once more with a byte of its body changed.
std::vector<Ours> signed_here(bool ed25519) {
  std::vector<Ours> out;
  const auto shapes = test::message_shapes();
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    for (const char* form :
         {"simple/simple", "relaxed/relaxed", "relaxed/simple", "simple/relaxed"}) {
      std::string name = std::to_string(out.size());
      name = "good-" + std::string(4 - name.size(), '0') + name;
      out.push_back(
          {name, test::sign_message(shapes[i], SigningKey::rsa(), on("s1", "rsa-sha256", form))});
      if (!ed25519) continue;
      out.push_back({name + "e", test::sign_message(shapes[i], SigningKey::ed25519(),
                                                    on("e1", "ed25519-sha256", form))});
    }
  }
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    std::string text =
        test::sign_message(shapes[i], SigningKey::rsa(), on("s1", "rsa-sha256", "relaxed/relaxed"));
    out.push_back({"hurt-" + std::to_string(i), text + "changed\r\n"});
  }
  return out;
}

void check_verdicts(const std::vector<std::string>& lines, std::size_t wanted) {
  CHECK(lines.size() == wanted);
  for (const std::string& line : lines) {
    CAPTURE(line);
    CHECK(line.find(line.starts_with("good-") ? " pass" : " fail") != std::string::npos);
  }
}

}  // namespace

TEST_CASE("dkimpy verifies what is signed here, and not what was changed") {
  if (!dkimpy_is_there()) return;
  const Folder folder;
  write_keys(folder);
  const auto messages = signed_here(true);
  for (const Ours& m : messages) folder.write(m.name + ".eml", m.text);
  check_verdicts(verdicts(test::output_of(kPython + " " + kScript + " verify " + folder.path())),
                 messages.size());
}

TEST_CASE("what dkimpy signs verifies here") {
  if (!dkimpy_is_there()) return;
  const Folder folder;
  write_keys(folder);
  std::string jobs;
  std::vector<std::string> names;
  const auto shapes = test::message_shapes();
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const std::string source = std::to_string(i) + ".in";
    folder.write(source, shapes[i]);
    for (const char* header : {"simple", "relaxed"}) {
      for (const char* body : {"simple", "relaxed"}) {
        for (const char* rest : {"rsa-sha256 {h} {b} no", "ed25519-sha256 {h} {b} no",
                                 "rsa-sha256 {h} {b} yes", "rsa-sha1 {h} {b} no"}) {
          names.push_back(std::to_string(names.size()) + ".out");
          const std::string tail = test::replaced(test::replaced(rest, "{h}", header), "{b}", body);
          jobs += source + " " + names.back() + " " + tail + "\n";
        }
      }
    }
  }
  folder.write("jobs", jobs);
  CHECK(test::runs(kPython + " " + kScript + " sign " + folder.path()));
  const std::string both =
      test::key_line(SigningKey::rsa()) + test::key_line(SigningKey::ed25519());
  for (const std::string& name : names) {
    const std::string text = folder.read(name);
    CAPTURE(name, text);
    const auto v = test::verify_first(text, both, today());
    CHECK(v.body_hash == dkim::Check::match);
    CHECK(v.signature == dkim::Check::match);
    CHECK(word(v) == (v.algorithm == "rsa-sha1" ? "policy/algorithm" : "pass"));
    CHECK(word(test::verify_first(test::replaced_all(text, "\r\n", "\n"), both, today())) ==
          word(v));
  }
}

TEST_CASE("opendkim verifies what is signed here, and not what was changed") {
  if (!opendkim_is_there() || !namespaces_work() || !test::runs("test -x " + kPython)) return;
  const Folder folder;
  write_keys(folder);
  auto messages = signed_here(false);
  // It wants a header by RFC 5322: the shapes with a Date that is none are not for it.
  std::erase_if(messages, [](const Ours& m) {
    return m.text.find("Date: x") != std::string::npos ||
           m.text.find("DATE: x") != std::string::npos;
  });
  for (const Ours& m : messages) folder.write(m.name + ".eml", m.text);
  check_verdicts(
      verdicts(test::output_of("unshare -rmn sh -c 'mount --bind " + folder.path("resolv.conf") +
                               " /etc/resolv.conf && exec " + kPython + " " + kScript +
                               " opendkim " + folder.path() + "'")),
      messages.size());
}

TEST_CASE("what opendkim signs verifies here") {
  if (!opendkim_is_there()) return;
  const Folder folder;
  write_keys(folder);
  for (const std::string& shape : test::message_shapes()) {
    if (shape.find("Date: Tue") == std::string::npos) continue;
    folder.write("in", shape);
    const std::string text = test::output_of("opendkim-testmsg -C -d example.org -s s1 -k " +
                                             folder.path("rsa.pem") + " < " + folder.path("in"));
    CAPTURE(text);
    const auto v = test::verify_first(text, test::key_line(SigningKey::rsa()), today());
    CHECK(v.body_hash == dkim::Check::match);
    CHECK(v.signature == dkim::Check::match);
    CHECK(v.result == (v.algorithm == "rsa-sha1" ? auth::Result::policy : auth::Result::pass));
  }
}
