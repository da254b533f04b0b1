// OpenSSL may have not what a signature wants: a policy (FIPS) takes algorithms away. That is this
// system's fault and says nothing about the message.

#include <openssl/evp.h>

#include <iostream>
#include <iterator>

#include "auth/arc/arc.hpp"
#include "auth/dkim/key.hpp"
#include "auth/dkim2/dkim2.hpp"
#include "dkim_check.hpp"
#include "support/catch.hpp"
#include "support/dkim2_signer.hpp"
#include "support/process.hpp"

using namespace emltrace;
using test::SigningKey;

namespace {

// Algorithms are looked up once for a process: each case is run by one of its own, which reads the
// zone, a NUL and the message.
test::Outcome run_alone(const std::string& name, const std::string& zone,
                        const std::string& message) {
  return test::run("/proc/self/exe", {{"[" + name + "]"}, zone + '\0' + message, {}, ""});
}

struct Input {
  std::string zone;
  std::string message;
};
Input read_input() {
  const std::string all{std::istreambuf_iterator<char>(std::cin), {}};
  const std::size_t cut = all.find('\0');
  return {all.substr(0, cut), all.substr(cut + 1)};
}

// No provider that is loaded is a FIPS one.
void take_algorithms_away() {
  REQUIRE(EVP_set_default_properties(nullptr, "fips=yes") == 1);
}

dkim::Options at_signing(std::int64_t seconds) {
  dkim::Options options;
  options.at = options.now = test::instant(seconds);
  return options;
}

void check_alone(const std::string& name, const std::string& zone, const std::string& message) {
  const auto outcome = run_alone(name, zone, message);
  CAPTURE(outcome.out, outcome.err);
  CHECK(outcome.status == 0);
  CHECK(outcome.out.find("All tests passed") != std::string::npos);
}

const SigningKey& key_for(const std::string& algorithm) {
  return algorithm == "ed25519-sha256" ? SigningKey::ed25519() : SigningKey::rsa();
}

}  // namespace

TEST_CASE("a DKIM signature that OpenSSL cannot compute is not checked, whatever was done to it") {
  for (const char* algorithm : {"rsa-sha256", "rsa-sha1", "ed25519-sha256"}) {
    CAPTURE(algorithm);
    test::SignOptions options;
    options.algorithm = algorithm;
    const SigningKey& key = key_for(algorithm);
    const std::string text = test::sign_message(test::kPlain, key, options);
    check_alone("without-dkim", test::key_line(key, options), text);
    check_alone("without-dkim", test::key_line(key, options), text + "more\r\n");
  }
}

TEST_CASE("DKIM where OpenSSL has nothing", "[.without-dkim]") {
  const Input input = read_input();
  take_algorithms_away();
  const auto verdict = test::verify_first(input.message, input.zone);
  CHECK(test::word(verdict) == "temperror/unavailable");
  CHECK(verdict.body_hash == dkim::Check::unchecked);
  CHECK(verdict.signature == dkim::Check::unchecked);
  CHECK(verdict.detail == "OpenSSL does not compute " + *verdict.algorithm + " on this system");
}

TEST_CASE("a signature whose key cannot be used is not checked either") {
  const std::string text = test::sign_message(test::kPlain, SigningKey::rsa());
  check_alone("without-key", test::key_line(SigningKey::rsa()), text);
}

TEST_CASE("DKIM where OpenSSL has the hashes and no RSA", "[.without-key]") {
  const Input input = read_input();
  // Both are looked up, and the policy changes behind that.
  REQUIRE(crypto::is_available(crypto::Hash::sha256));
  REQUIRE(crypto::is_available(crypto::KeyType::rsa));
  const Message message = Message::parse(input.message);
  const auto signature = dkim::parse_signature(message.fields()[0], dkim::SignatureKind::dkim);
  const auto verdict = test::settle_with_zone(input.zone, [&](dns::Client& client) {
    dkim::KeyCache cache;
    const auto answer = dkim::ask_key(client, *DomainName::parse("s1._domainkey.example.org"));
    if (answer.pending) return dkim::KeyCheck{};
    REQUIRE(cache.read(crypto::KeyType::rsa, answer.records.at(0).data) != nullptr);
    take_algorithms_away();
    return dkim::check_key(answer, signature, std::string(32, 'x'), cache);
  });
  CHECK(verdict.signature == dkim::Check::unchecked);
  CHECK(verdict.fault.problem == dkim::Problem::unavailable);
}

TEST_CASE("an ARC chain that OpenSSL cannot compute is not checked") {
  test::SealOptions seal;
  seal.sign.time = test::kNow;
  const std::string text = test::add_arc_set(test::kPlain, SigningKey::rsa(), seal);
  check_alone("without-arc", test::key_line(SigningKey::rsa(), seal.sign), text);
}

TEST_CASE("ARC where OpenSSL has nothing", "[.without-arc]") {
  const Input input = read_input();
  take_algorithms_away();
  const Message message = Message::parse(input.message);
  arc::Verifier verifier(message, at_signing(test::kNow));
  const auto verdict = test::settle_with_zone(
      input.zone, [&](dns::Client& client) { return verifier.verify(client); });
  CHECK(verdict.result == auth::Result::temperror);
  CHECK(verdict.problem ==
        "ARC-Message-Signature of i=1: OpenSSL does not compute rsa-sha256 on this system");
}

TEST_CASE("a DKIM2 chain that OpenSSL cannot compute is not checked") {
  const std::string text = test::dkim2_origin(
      "From: Ann <ann@a.example>\r\nTo: list@l.example\r\nSubject: Minutes\r\n"
      "Date: Mon, 26 Oct 2026 07:33:00 +0000\r\n\r\nHello,\r\nbye\r\n");
  check_alone("without-dkim2", test::dkim2_zone({"a.example"}), text);
  check_alone("without-dkim2", test::dkim2_zone({"a.example"}), text + "more\r\n");
}

TEST_CASE("DKIM2 where OpenSSL has nothing", "[.without-dkim2]") {
  const Input input = read_input();
  take_algorithms_away();
  const Message message = Message::parse(input.message);
  dkim2::Verifier verifier(message, at_signing(1'793'000'000));
  const auto verdict = test::settle_with_zone(
      input.zone, [&](dns::Client& client) { return verifier.verify(client, {}); });
  CHECK(verdict.result == auth::Result::temperror);
  CHECK(verdict.problem == dkim2::Problem::unavailable);
}
