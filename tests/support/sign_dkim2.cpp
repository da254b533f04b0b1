// sign-dkim2 --key FILE.pem --domain D --selector S --i N --m N --time EPOCH
//            --mail-from '<a@b>' --rcpt-to '<c@d>' [--recipe JSON] [--unchanged yes] [--record
//            FILE] < in.eml > out.eml
// Puts the fields of one DKIM2 hop on top of a message for the samples: a Message-Instance, unless
// the hop left the message unchanged, and a DKIM2-Signature. LF or CRLF in, the same out. --record
// writes the key's master file line.

#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>

#include "support/dkim2_signer.hpp"

namespace {

std::map<std::string, std::string> read_options(int argc, char** argv) {
  std::map<std::string, std::string> given;
  for (int i = 1; i < argc; i += 2) {
    const std::string name = argv[i];
    if (!name.starts_with("--") || i + 1 == argc) throw std::runtime_error("wrong option " + name);
    given[name.substr(2)] = argv[i + 1];
  }
  for (const char* needed :
       {"key", "domain", "selector", "i", "m", "time", "mail-from", "rcpt-to"}) {
    if (!given.contains(needed)) throw std::runtime_error(std::string("needs --") + needed);
  }
  return given;
}

std::string with_crlf(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' && !out.ends_with('\r')) out += '\r';
    out += c;
  }
  return out;
}

int run(int argc, char** argv) {
  auto given = read_options(argc, argv);
  const auto key = emltrace::test::SigningKey::from_file(given["key"]);
  emltrace::test::Dkim2Hop hop;
  hop.key = &key;
  hop.domain = given["domain"];
  hop.selectors = {given["selector"]};
  hop.i = std::stoi(given["i"]);
  hop.m = std::stoi(given["m"]);
  hop.time = std::stoll(given["time"]);
  hop.mail_from = given["mail-from"];
  hop.rcpt_to = {given["rcpt-to"]};
  hop.recipe = given["recipe"];
  hop.instance = !given.contains("unchanged");
  const std::string message{std::istreambuf_iterator<char>(std::cin),
                            std::istreambuf_iterator<char>()};
  std::string out = emltrace::test::dkim2_hop(with_crlf(message), hop);
  if (message.find('\r') == std::string::npos) std::erase(out, '\r');
  std::cout << out << std::flush;
  if (given.contains("record")) {
    std::ofstream(given["record"]) << emltrace::test::txt_line(
        hop.selectors[0] + "._domainkey." + hop.domain, emltrace::test::key_record(key));
  }
  return std::cout.good() ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "sign-dkim2: " << error.what() << '\n';
    return 2;
  }
}
