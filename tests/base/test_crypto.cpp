#include <string>

#include "base/base64.hpp"
#include "base/crypto.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using crypto::Hash;
using crypto::KeyType;
using crypto::Match;
using crypto::PublicKey;

namespace {

// One 1024-bit key in both encodings and its signatures over "emltrace", made by `openssl genrsa`,
// `openssl rsa` and `openssl dgst -sign`.
constexpr const char* kSubjectPublicKeyInfo =
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC4NCSxT0YXbUPVvULzS/sX6Cr8dCYvd9Z/sVVb/mBFgkVGGhaNPKxv"
    "KFzeEZ0UKqBh9VwDhyFIFbkO9eSLCFbqoe7eLpnsL1QBIQAmhWlZItidSIs1kTW9B1GlTTJChlnqk0+QbqDTGuZJHIGd"
    "yxixmXDSTHlh1ZD7rT797jCQwwIDAQAB";
constexpr const char* kRsaPublicKey =
    "MIGJAoGBALg0JLFPRhdtQ9W9QvNL+xfoKvx0Ji931n+xVVv+YEWCRUYaFo08rG8oXN4RnRQqoGH1XAOHIUgVuQ715IsI"
    "Vuqh7t4umewvVAEhACaFaVki2J1IizWRNb0HUaVNMkKGWeqTT5BuoNMa5kkcgZ3LGLGZcNJMeWHVkPutPv3uMJDDAgMB"
    "AAE=";
constexpr const char* kSha256Signature =
    "ip/UE52AA/LfDcJ5UAiW0QiwkwbgIhZCNw60DKXUPqgqfcR9AJ2QxNqfYOjThOnY5/kFjkBI2EZ7dl4jb0FftyFzgQwK"
    "HOhalPHQdRR223RR/YpIHTKFN95wOFTiKpXdp9QgsrIGciiA/5VLSlL9TPNU23YQEJKnhy9s54d9d34=";
constexpr const char* kSha1Signature =
    "I1Hh27R5IYZmYG4s7+GCCuVJJbLW+5vzsJZS5JSGGF1xTgN9+yHUnb5ZGn5AX864GjX2AG5QGgjUKGEQ3cQQzy4gqor6"
    "KzaJhQwqUQ++IOgskxos087o+LQp1PbHSszChjz71L4O6Qds0soaWSNVcKtdPZgrk0oj5k39ItcRI1s=";
constexpr const char* kEllipticCurveKey =
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEt0A2AUPqgVzl3c/fQPRyk6eQXFEtVwqY3BBESoXzZsdPZS7eqabXaxAQ"
    "e7YhiqB7KmlY8cz9vL24M5kRKFpBMg==";

std::string decode(const char* text) {
  return *base64_decode(text);
}

std::string from_hex(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    out += static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16));
  }
  return out;
}

}  // namespace

TEST_CASE("digests are those of FIPS 180") {
  CHECK(crypto::hex(crypto::digest(Hash::sha256, "abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(crypto::hex(crypto::digest(Hash::sha256, "")) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(crypto::hex(crypto::digest(Hash::sha1, "abc")) ==
        "a9993e364706816aba3e25717850c26c9cd0d89d");
}

TEST_CASE("a digest fed in pieces is that of the whole") {
  crypto::Digest running(Hash::sha256);
  running.update("a");
  running.update("");
  running.update("bc");
  CHECK(running.finish() == crypto::digest(Hash::sha256, "abc"));
}

TEST_CASE("an RSA key is read from SubjectPublicKeyInfo and from a bare RSAPublicKey") {
  for (const char* form : {kSubjectPublicKeyInfo, kRsaPublicKey}) {
    const auto key = PublicKey::read(KeyType::rsa, decode(form));
    REQUIRE(key.has_value());
    CHECK(key->type() == KeyType::rsa);
    CHECK(key->bits() == 1024);
    CHECK(key->verify(Hash::sha256, crypto::digest(Hash::sha256, "emltrace"),
                      decode(kSha256Signature)) == Match::yes);
    CHECK(key->verify(Hash::sha1, crypto::digest(Hash::sha1, "emltrace"), decode(kSha1Signature)) ==
          Match::yes);
  }
}

TEST_CASE("a signature over other bytes, by another hash, or changed itself does not verify") {
  const auto key = PublicKey::read(KeyType::rsa, decode(kSubjectPublicKeyInfo));
  const std::string hashed = crypto::digest(Hash::sha256, "emltrace");
  const std::string signature = decode(kSha256Signature);
  CHECK(key->verify(Hash::sha256, crypto::digest(Hash::sha256, "emltracE"), signature) ==
        Match::no);
  CHECK(key->verify(Hash::sha1, hashed, signature) == Match::no);
  CHECK(key->verify(Hash::sha1, crypto::digest(Hash::sha1, "emltrace"), signature) == Match::no);
  CHECK(key->verify(Hash::sha256, hashed, "") == Match::no);
  CHECK(key->verify(Hash::sha256, hashed, signature + '\0') == Match::no);
  CHECK(key->verify(Hash::sha256, hashed, signature.substr(1)) == Match::no);
  CHECK(key->verify(Hash::sha256, "", signature) == Match::no);
  for (std::size_t i = 0; i < signature.size(); ++i) {
    std::string changed = signature;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK(key->verify(Hash::sha256, hashed, changed) == Match::no);
  }
}

TEST_CASE("an RSA signature gives away the digest that it was made of, to its own key alone") {
  const auto key = PublicKey::read(KeyType::rsa, decode(kSubjectPublicKeyInfo));
  REQUIRE(key);
  const std::string signature = decode(kSha256Signature);
  CHECK(key->signed_digest(Hash::sha256, signature) == digest(Hash::sha256, "emltrace"));
  CHECK_FALSE(key->signed_digest(Hash::sha1, signature));
  std::string changed = signature;
  changed[0] = static_cast<char>(changed[0] ^ 1);
  CHECK_FALSE(key->signed_digest(Hash::sha256, changed));
  CHECK_FALSE(key->signed_digest(Hash::sha256, ""));
}

TEST_CASE("a running digest tells what it is until now, and goes on") {
  crypto::Digest running(Hash::sha256);
  CHECK(running.so_far() == digest(Hash::sha256, ""));
  running.update("eml");
  CHECK(running.so_far() == digest(Hash::sha256, "eml"));
  running.update("trace");
  CHECK(running.so_far() == digest(Hash::sha256, "emltrace"));
  CHECK(running.finish() == digest(Hash::sha256, "emltrace"));
}

TEST_CASE("bytes behind the key, a cut key and another kind of key are refused") {
  for (const char* form : {kSubjectPublicKeyInfo, kRsaPublicKey}) {
    const std::string der = decode(form);
    CHECK_FALSE(PublicKey::read(KeyType::rsa, der + '\0').has_value());
    CHECK_FALSE(PublicKey::read(KeyType::rsa, der + der).has_value());
    CHECK_FALSE(PublicKey::read(KeyType::rsa, der.substr(0, der.size() - 1)).has_value());
  }
  CHECK_FALSE(PublicKey::read(KeyType::rsa, "").has_value());
  CHECK_FALSE(PublicKey::read(KeyType::rsa, "junk").has_value());
  CHECK_FALSE(PublicKey::read(KeyType::rsa, decode(kEllipticCurveKey)).has_value());
  CHECK_FALSE(PublicKey::read(KeyType::ed25519, decode(kSubjectPublicKeyInfo)).has_value());
}

TEST_CASE("the Ed25519 vectors of RFC 8032 section 7.1 verify") {
  struct Vector {
    const char* key;
    const char* message;
    const char* signature;
  };
  const Vector vectors[] = {
      {"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
       "f9b46bd25bf5f0595bbe24655141438e7a100b"},
      {"fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
       "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f76098"
       "4dc6594a7c15e9716ed28dc027beceea1ec40a"}};
  for (const Vector& v : vectors) {
    const auto key = PublicKey::read(KeyType::ed25519, from_hex(v.key));
    REQUIRE(key.has_value());
    CHECK(key->bits() == 256);
    CHECK(key->verify(Hash::sha256, from_hex(v.message), from_hex(v.signature)) == Match::yes);
    CHECK(key->verify(Hash::sha256, from_hex(v.message) + "x", from_hex(v.signature)) == Match::no);
    CHECK(key->verify(Hash::sha256, from_hex(v.message), from_hex(v.signature).substr(1)) ==
          Match::no);
  }
  CHECK_FALSE(PublicKey::read(KeyType::ed25519, std::string(31, 'x')).has_value());
  CHECK_FALSE(PublicKey::read(KeyType::ed25519, std::string(33, 'x')).has_value());
}
