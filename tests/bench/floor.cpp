// bench-floor MAILBOX: what OpenSSL alone needs for the bytes of a mailbox: SHA-256 of each message
// and one verification by RSA-2048. Prints the messages and the seconds of CPU time. The least that
// any verifier of DKIM can do.

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "support/cpu_time.hpp"

namespace {

using Hash = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::vector<std::string_view> messages_of(std::string_view mailbox) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < mailbox.size();) {
    const std::size_t end = std::min(mailbox.find("\n\nFrom ", at), mailbox.size() - 2) + 2;
    out.push_back(mailbox.substr(at, end - at));
    at = end;
  }
  return out;
}

EVP_PKEY_CTX* padded(EVP_PKEY_CTX* context) {
  EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING);
  EVP_PKEY_CTX_set_signature_md(context, EVP_sha256());
  return context;
}

std::vector<unsigned char> signature_of(EVP_PKEY* key, const Hash& hash) {
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr);
  EVP_PKEY_sign_init(context);
  padded(context);
  std::vector<unsigned char> out(static_cast<std::size_t>(EVP_PKEY_get_size(key)));
  std::size_t length = out.size();
  EVP_PKEY_sign(context, out.data(), &length, hash.data(), 32);
  EVP_PKEY_CTX_free(context);
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: bench-floor MAILBOX\n");
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  const std::string mailbox{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const auto messages = messages_of(mailbox);

  EVP_PKEY* key = EVP_RSA_gen(2048);
  Hash signed_hash{};
  const auto signature = signature_of(key, signed_hash);
  EVP_MD* sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  EVP_MD_CTX* digest = EVP_MD_CTX_new();
  EVP_PKEY_CTX* verifier = EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr);
  EVP_PKEY_verify_init(verifier);
  padded(verifier);

  const double start = emltrace::test::cpu_seconds();
  std::size_t good = 0;
  for (const std::string_view message : messages) {
    Hash hash{};
    EVP_DigestInit_ex2(digest, sha256, nullptr);
    EVP_DigestUpdate(digest, message.data(), message.size());
    EVP_DigestFinal_ex(digest, hash.data(), nullptr);
    good +=
        EVP_PKEY_verify(verifier, signature.data(), signature.size(), signed_hash.data(), 32) == 1;
  }
  fmt::print("{} {:.6f}\n", good, emltrace::test::cpu_seconds() - start);
  return good == messages.size() ? 0 : 1;
}
