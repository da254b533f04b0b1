#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace emltrace::crypto {

/// For a program that asks OpenSSL for nothing but what is here, before it does: start-up without
/// the names of algorithms of old interfaces, the texts of errors and the work at the program's
/// end, which take longer than tracing a message. A library must leave them to its program.
void start_for_this_alone();

enum class Hash { sha1, sha256, sha512 };

/// Whether OpenSSL has the hash on this system; a policy (FIPS) may take one away. Found out once.
[[nodiscard]] bool is_available(Hash hash);

/// A running digest of a hash that is available: throws std::runtime_error where it is not, and
/// std::bad_alloc where memory ran out. Never a wrong digest. `finish` gives the raw bytes and ends
/// it.
class Digest {
 public:
  explicit Digest(Hash hash);
  /// A second one that goes on from where this stands.
  Digest(const Digest& other);
  Digest& operator=(const Digest&) = delete;
  Digest(Digest&&) noexcept;
  Digest& operator=(Digest&&) noexcept;
  ~Digest();
  void update(std::string_view bytes);
  [[nodiscard]] std::string finish();
  /// The digest of what was fed until now; more may follow.
  [[nodiscard]] std::string so_far() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] std::string digest(Hash hash, std::string_view bytes);
/// HMAC (RFC 2104): raw bytes.
[[nodiscard]] std::string hmac(Hash hash, std::string_view key, std::string_view bytes);
/// Bytes that nobody can foretell, at most 256.
[[nodiscard]] std::string random_bytes(std::size_t count);
/// Lower-case hexadecimal.
[[nodiscard]] std::string hex(std::string_view bytes);

enum class KeyType { rsa, ed25519 };
/// Likewise of keys and their signatures.
[[nodiscard]] bool is_available(KeyType type);

/// Whether a signature is that of the key. `unknown`: OpenSSL does not compute it on this system,
/// which says nothing about the signature.
enum class Match { no, yes, unknown };

/// A public key of a DKIM key record.
class PublicKey {
 public:
  /// RSA: DER of SubjectPublicKeyInfo, or bare RSAPublicKey (RFC 6376 3.6.1 and erratum);
  /// Ed25519: 32 raw bytes (RFC 8463 4). Null where the bytes are no such key.
  [[nodiscard]] static std::optional<PublicKey> read(KeyType type, std::string_view bytes);
  PublicKey(PublicKey&&) noexcept;
  PublicKey& operator=(PublicKey&&) noexcept;
  ~PublicKey();

  [[nodiscard]] KeyType type() const;
  [[nodiscard]] int bits() const;  ///< RSA modulus bits; 256 for Ed25519
  /// RSA: PKCS #1 v1.5 over the digest `hashed` (already computed with `hash`).
  /// Ed25519: PureEdDSA over the bytes of `hashed` (RFC 8463 3).
  [[nodiscard]] Match verify(Hash hash, std::string_view hashed, std::string_view signature) const;
  /// RSA: the digest that the signature was made of: `verify` is true for this one alone. Null
  /// where the signature is of another key or hash, and for Ed25519, which does not give it away.
  [[nodiscard]] std::optional<std::string> signed_digest(Hash hash,
                                                         std::string_view signature) const;

 private:
  struct State;
  explicit PublicKey(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace emltrace::crypto
