#include "base/crypto.hpp"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rsa.h>
#include <unistd.h>

#include <array>
#include <limits>
#include <new>
#include <stdexcept>

namespace emltrace::crypto {
namespace {

struct Free {
  void operator()(EVP_MD* md) const { EVP_MD_free(md); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(EVP_SIGNATURE* signature) const { EVP_SIGNATURE_free(signature); }
  void operator()(EVP_KEYMGMT* keys) const { EVP_KEYMGMT_free(keys); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

// Start-up without openssl.cnf: reading it costs more than tracing a message, and a local
// configuration could forbid algorithms whose verdict has to be shown.
void start() {
  static const int done = OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  static_cast<void>(done);
}

}  // namespace

void start_for_this_alone() {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS |
                          OPENSSL_INIT_NO_ADD_ALL_CIPHERS | OPENSSL_INIT_NO_ADD_ALL_DIGESTS |
                          OPENSSL_INIT_NO_ATEXIT,
                      nullptr);
}

namespace {

// Fetched once, and not before it is needed.
template <Hash hash>
const EVP_MD* fetched(const char* name) {
  static const Owned<EVP_MD> algorithm(EVP_MD_fetch(nullptr, name, nullptr));
  return algorithm.get();
}

const EVP_MD* algorithm(Hash hash) {
  start();
  switch (hash) {
    case Hash::sha1:
      return fetched<Hash::sha1>("SHA1");
    case Hash::sha256:
      return fetched<Hash::sha256>("SHA256");
    case Hash::sha512:
      break;
  }
  return fetched<Hash::sha512>("SHA512");
}

// A kind of key that can be read and whose signatures can be verified.
bool has_signature(const char* name) {
  const Owned<EVP_SIGNATURE> signature(EVP_SIGNATURE_fetch(nullptr, name, nullptr));
  const Owned<EVP_KEYMGMT> keys(EVP_KEYMGMT_fetch(nullptr, name, nullptr));
  ERR_clear_error();
  return signature && keys;
}

const unsigned char* data(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

// One DER element of `tag` off the front of `rest`: its content, or null. Lengths of up to four
// bytes: a key has no longer ones.
std::optional<std::string_view> take_der(std::string_view& rest, unsigned char tag) {
  const auto byte = [&rest](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
  if (rest.size() < 2 || byte(0) != tag) return std::nullopt;
  std::size_t length = byte(1);
  std::size_t head = 2;
  if (length >= 0x80) {
    head += length - 0x80;
    if (length == 0x80 || head > 6 || head > rest.size()) return std::nullopt;
    length = 0;
    for (std::size_t i = 2; i < head; ++i) length = length << 8U | byte(i);
  }
  if (length > rest.size() - head) return std::nullopt;
  const std::string_view content = rest.substr(head, length);
  rest.remove_prefix(head + length);
  return content;
}

// The RSAPublicKey inside a SubjectPublicKeyInfo (RFC 5280 4.1, RFC 3279 2.3.1), or null. OpenSSL
// would find it too, but asks all its decoders first, which takes longer than the verification.
//   SubjectPublicKeyInfo ::= SEQUENCE {
//     algorithm         SEQUENCE { algorithm OBJECT IDENTIFIER, parameters NULL },
//     subjectPublicKey  BIT STRING }
std::optional<std::string_view> inside_key_info(std::string_view bytes) {
  constexpr unsigned char kSequence = 0x30;
  constexpr unsigned char kBitString = 0x03;
  constexpr unsigned char kObjectIdentifier = 0x06;
  constexpr std::string_view kRsaEncryption = "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01";
  const auto info = take_der(bytes, kSequence);
  if (!info || !bytes.empty()) return std::nullopt;
  std::string_view rest = *info;
  auto algorithm = take_der(rest, kSequence);
  if (!algorithm || take_der(*algorithm, kObjectIdentifier) != kRsaEncryption) return std::nullopt;
  const auto bits = take_der(rest, kBitString);
  if (!bits || !rest.empty() || !bits->starts_with('\0')) return std::nullopt;
  return bits->substr(1);
}

// Null also where bytes are left over.
Owned<EVP_PKEY> read_rsa(std::string_view bytes) {
  bytes = inside_key_info(bytes).value_or(bytes);
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return nullptr;
  const unsigned char* cursor = data(bytes);
  Owned<EVP_PKEY> key(
      d2i_PublicKey(EVP_PKEY_RSA, nullptr, &cursor, static_cast<long>(bytes.size())));
  ERR_clear_error();
  if (!key || cursor != data(bytes) + bytes.size()) return nullptr;
  return key;
}

// What a call says that can only fail for want of memory: the hash is there, the input of any size.
void must(int status) {
  if (status != 1) throw std::bad_alloc();
}

std::string finished(EVP_MD_CTX& context) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned length = 0;
  must(EVP_DigestFinal_ex(&context, out.data(), &length));
  return {reinterpret_cast<const char*>(out.data()), length};
}

}  // namespace

bool is_available(Hash hash) {
  return algorithm(hash) != nullptr;
}

bool is_available(KeyType type) {
  start();
  if (type == KeyType::rsa) {
    static const bool rsa = has_signature("RSA");
    return rsa;
  }
  static const bool ed25519 = has_signature("ED25519");
  return ed25519;
}

struct Digest::State {
  Owned<EVP_MD_CTX> context{EVP_MD_CTX_new()};
  State() {
    if (!context) throw std::bad_alloc();
  }
};

Digest::Digest(Hash hash) : state_(std::make_unique<State>()) {
  if (!is_available(hash)) throw std::runtime_error("OpenSSL has not the hash on this system");
  must(EVP_DigestInit_ex2(state_->context.get(), algorithm(hash), nullptr));
}
Digest::Digest(const Digest& other) : state_(std::make_unique<State>()) {
  must(EVP_MD_CTX_copy_ex(state_->context.get(), other.state_->context.get()));
}
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;
Digest::~Digest() = default;

void Digest::update(std::string_view bytes) {
  must(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()));
}

std::string Digest::finish() {
  return finished(*state_->context);
}

std::string Digest::so_far() const {
  return Digest(*this).finish();
}

std::string digest(Hash hash, std::string_view bytes) {
  Digest running(hash);
  running.update(bytes);
  return running.finish();
}

std::string hmac(Hash hash, std::string_view key, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned length = 0;
  if (::HMAC(algorithm(hash), key.data(), static_cast<int>(key.size()), data(bytes), bytes.size(),
             out.data(), &length) == nullptr)
    throw std::runtime_error("HMAC");
  return {reinterpret_cast<const char*>(out.data()), length};
}

std::string random_bytes(std::size_t count) {
  std::string out(count, '\0');
  if (::getentropy(out.data(), count) != 0) throw std::runtime_error("no random bytes");
  return out;
}

std::string hex(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 0xFU];
  }
  return out;
}

struct PublicKey::State {
  Owned<EVP_PKEY> key;
  KeyType type;
};

PublicKey::PublicKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
PublicKey::PublicKey(PublicKey&&) noexcept = default;
PublicKey& PublicKey::operator=(PublicKey&&) noexcept = default;
PublicKey::~PublicKey() = default;

std::optional<PublicKey> PublicKey::read(KeyType type, std::string_view bytes) {
  start();
  Owned<EVP_PKEY> key;
  if (type == KeyType::rsa) {
    key = read_rsa(bytes);
  } else {
    key.reset(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, data(bytes), bytes.size()));
    ERR_clear_error();
  }
  if (!key) return std::nullopt;
  return PublicKey(std::make_unique<State>(State{std::move(key), type}));
}

KeyType PublicKey::type() const {
  return state_->type;
}

int PublicKey::bits() const {
  return state_->type == KeyType::ed25519 ? 256 : EVP_PKEY_get_bits(state_->key.get());
}

Match PublicKey::verify(Hash hash, std::string_view hashed, std::string_view signature) const {
  EVP_PKEY* key = state_->key.get();
  // As OpenSSL says it: 1 it matches, 0 it does not, below 0 or before that: not computed.
  int status = -1;
  if (state_->type == KeyType::ed25519) {
    const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    if (context && EVP_DigestVerifyInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, key,
                                           nullptr) == 1) {
      status = EVP_DigestVerify(context.get(), data(signature), signature.size(), data(hashed),
                                hashed.size());
    }
  } else {
    const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    if (context && EVP_PKEY_verify_init(context.get()) == 1 &&
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
        EVP_PKEY_CTX_set_signature_md(context.get(), algorithm(hash)) == 1) {
      status = EVP_PKEY_verify(context.get(), data(signature), signature.size(), data(hashed),
                               hashed.size());
    }
  }
  ERR_clear_error();
  if (status < 0) return Match::unknown;
  return status == 1 ? Match::yes : Match::no;
}

std::optional<std::string> PublicKey::signed_digest(Hash hash, std::string_view signature) const {
  if (state_->type != KeyType::rsa) return std::nullopt;
  const Owned<EVP_PKEY_CTX> context(
      EVP_PKEY_CTX_new_from_pkey(nullptr, state_->key.get(), nullptr));
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  std::size_t length = out.size();
  const bool good = context && EVP_PKEY_verify_recover_init(context.get()) == 1 &&
                    EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
                    EVP_PKEY_CTX_set_signature_md(context.get(), algorithm(hash)) == 1 &&
                    EVP_PKEY_verify_recover(context.get(), out.data(), &length, data(signature),
                                            signature.size()) == 1;
  ERR_clear_error();
  if (!good) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(out.data()), length);
}

}  // namespace emltrace::crypto
