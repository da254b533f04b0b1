#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"

/// A signer for tests: makes DKIM signatures and ARC sets with keys of its own.
namespace emltrace::test {

class SigningKey {
 public:
  /// Made at the first call and kept for the process; `which` tells keys of one size apart.
  static const SigningKey& rsa(int bits = 1024, int which = 0);
  static const SigningKey& ed25519(int which = 0);
  /// Throws std::runtime_error where the text is no private key.
  static SigningKey from_pem(const std::string& pem);
  static SigningKey from_file(const std::string& path);
  SigningKey(SigningKey&&) noexcept;
  ~SigningKey();

  [[nodiscard]] crypto::KeyType type() const;
  [[nodiscard]] std::string private_pem() const;
  /// The 32 raw bytes of an Ed25519 private key.
  [[nodiscard]] std::string private_seed() const;
  /// The bytes of p=: SubjectPublicKeyInfo, or 32 raw bytes.
  [[nodiscard]] std::string public_bytes() const;
  /// The bytes of a bare RSAPublicKey.
  [[nodiscard]] std::string bare_public_bytes() const;
  [[nodiscard]] std::string sign(crypto::Hash hash, const std::string& hashed) const;

 private:
  struct State;
  explicit SigningKey(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct SignOptions {
  std::string domain = "example.org";
  std::string selector = "s1";
  std::string algorithm = "rsa-sha256";
  std::string canonicalization = "relaxed/relaxed";
  std::vector<std::string> headers = {"From", "To", "Subject", "Date", "Message-ID"};  ///< h=
  std::optional<std::uint64_t> length;
  std::optional<std::int64_t> time;
  std::optional<std::int64_t> expires;
  std::string identity;      ///< i= as written; empty: no such tag
  bool copy_fields = false;  ///< z=
  std::string extra;         ///< more tags, each with its ';' in front: "; q=dns/txt"
};

/// The message with a DKIM-Signature field on top, in the message's own line ends.
[[nodiscard]] std::string sign_message(std::string_view message, const SigningKey& key,
                                       const SignOptions& options = {});
/// The signature field alone, with its line end. `name` is DKIM-Signature or ARC-Message-Signature;
/// `first` is its first tag, `v=1` or `i=2`.
[[nodiscard]] std::string signature_field(std::string_view message, const SigningKey& key,
                                          const SignOptions& options, std::string_view name,
                                          std::string_view first);

struct SealOptions {
  int instance = 1;
  std::string cv = "none";
  std::string results = "mx.example.org; spf=pass";  ///< behind `i=1; ` of the results field
  SignOptions sign;  ///< domain, selector, algorithm, time and the message signature's tags
};
/// The message with an ARC set of that instance on top (RFC 8617 5.1).
[[nodiscard]] std::string add_arc_set(std::string_view message, const SigningKey& key,
                                      const SealOptions& options);

/// `v=DKIM1; k=rsa; p=…`; `tags` go in front of p=: "t=s; ".
[[nodiscard]] std::string key_record(const SigningKey& key, std::string_view tags = {});
/// A master file line: the TXT record at SELECTOR._domainkey.DOMAIN, cut into strings of 255.
[[nodiscard]] std::string key_line(const SigningKey& key, const SignOptions& options = {},
                                   std::string_view tags = {});
[[nodiscard]] std::string txt_line(std::string_view name, std::string_view text);

}  // namespace emltrace::test
