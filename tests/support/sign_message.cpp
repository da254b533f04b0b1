// sign-message --key FILE.pem --domain D --selector S [--algorithm A] [--canonicalization C]
//              [--time EPOCH] [--expires EPOCH] [--identity I] [--length N] [--headers a:b]
//              [--record FILE] < in.eml > out.eml
// Signs a message for the samples. LF or CRLF in, the same out. --record writes the key's master
// file line.

#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>

#include "base/text.hpp"
#include "support/sign.hpp"

namespace {

using emltrace::test::SignOptions;

std::map<std::string, std::string> read_options(int argc, char** argv) {
  std::map<std::string, std::string> given;
  for (int i = 1; i < argc; i += 2) {
    const std::string name = argv[i];
    if (!name.starts_with("--") || i + 1 == argc) throw std::runtime_error("wrong option " + name);
    given[name.substr(2)] = argv[i + 1];
  }
  for (const char* needed : {"key", "domain", "selector"}) {
    if (!given.contains(needed)) throw std::runtime_error(std::string("needs --") + needed);
  }
  return given;
}

void take(std::map<std::string, std::string>& given, const char* name, std::string& into) {
  const auto found = given.find(name);
  if (found != given.end()) into = found->second;
}

template <class T>
void take_number(std::map<std::string, std::string>& given, const char* name,
                 std::optional<T>& into) {
  const auto found = given.find(name);
  if (found != given.end()) into = static_cast<T>(std::stoll(found->second));
}

int run(int argc, char** argv) {
  auto given = read_options(argc, argv);
  const auto key = emltrace::test::SigningKey::from_file(given["key"]);
  SignOptions options;
  if (key.type() == emltrace::crypto::KeyType::ed25519) options.algorithm = "ed25519-sha256";
  take(given, "domain", options.domain);
  take(given, "selector", options.selector);
  take(given, "algorithm", options.algorithm);
  take(given, "canonicalization", options.canonicalization);
  take(given, "identity", options.identity);
  take_number(given, "time", options.time);
  take_number(given, "expires", options.expires);
  take_number(given, "length", options.length);
  if (given.contains("headers")) {
    options.headers.clear();
    for (const auto name : emltrace::text::split(given["headers"], ':')) {
      options.headers.emplace_back(name);
    }
  }
  const std::string message{std::istreambuf_iterator<char>(std::cin),
                            std::istreambuf_iterator<char>()};
  std::cout << emltrace::test::sign_message(message, key, options) << std::flush;
  if (given.contains("record")) {
    std::ofstream(given["record"]) << emltrace::test::key_line(key, options);
  }
  return std::cout.good() ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "sign-message: " << error.what() << '\n';
    return 2;
  }
}
