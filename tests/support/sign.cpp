#include "support/sign.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "auth/dkim/canonical.hpp"
#include "auth/dkim/signature.hpp"
#include "base/base64.hpp"
#include "base/text.hpp"

namespace emltrace::test {
namespace {

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error("signing: " + what);
}

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

std::string der(int length, unsigned char* bytes) {
  if (length <= 0) fail("no public key");
  std::string out(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
  OPENSSL_free(bytes);
  return out;
}

const unsigned char* data(const std::string& s) {
  return reinterpret_cast<const unsigned char*>(s.data());
}

std::string folded_base64(const std::string& bytes, std::string_view fold) {
  constexpr std::size_t kLine = 72;
  const std::string text = base64_encode(bytes);
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += kLine) {
    if (at > 0) out += fold;
    out += text.substr(at, kLine);
  }
  return out;
}

std::string quoted_copy(std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7F && c != ';' && c != '=' && c != '|') {
      out += c;
    } else {
      out += {'=', kDigits[byte >> 4U], kDigits[byte & 0xFU]};
    }
  }
  return out;
}

struct Prepared {
  Message message;
  dkim::LineEnds ends;
  std::string line_end;
};

Prepared prepare(std::string_view text) {
  Prepared out{Message::parse(text), dkim::LineEnds::crlf, "\r\n"};
  out.ends = dkim::line_ends_of(out.message);
  if (out.ends == dkim::LineEnds::lf) out.line_end = "\n";
  if (out.ends == dkim::LineEnds::any) out.line_end = "\r";
  return out;
}

dkim::Canonicalization canonicalization(std::string_view word) {
  return word == "relaxed" ? dkim::Canonicalization::relaxed : dkim::Canonicalization::simple;
}

std::string copies(const Message& message, const std::vector<std::string>& headers) {
  std::string out;
  for (const std::string& name : headers) {
    const Field* field = message.find(name);
    if (field == nullptr) continue;
    std::string_view value = field->body;
    if (value.starts_with(' ')) value.remove_prefix(1);
    if (!out.empty()) out += '|';
    out += std::string(field->name) + ":" + quoted_copy(value);
  }
  return out;
}

// The tags before b=, one or more a line.
std::string tags(const Prepared& in, const SignOptions& o, std::string_view first,
                 const std::string& body_hash) {
  const std::string fold = in.line_end + "\t";
  std::string out(first);
  out += "; a=" + o.algorithm + "; c=" + o.canonicalization + "; d=" + o.domain + ";" + fold;
  out += "s=" + o.selector + ";" + fold + "h=" + text::join(o.headers, ":") + ";";
  if (!o.identity.empty()) out += " i=" + o.identity + ";";
  if (o.length) out += " l=" + std::to_string(*o.length) + ";";
  if (o.time) out += " t=" + std::to_string(*o.time) + ";";
  if (o.expires) out += " x=" + std::to_string(*o.expires) + ";";
  if (o.copy_fields) out += fold + "z=" + copies(in.message, o.headers) + ";";
  return out + fold + "bh=" + base64_encode(body_hash) + o.extra + ";" + fold + "b=";
}

const dkim::Algorithm& algorithm_of(const SignOptions& options) {
  const dkim::Algorithm* algorithm = dkim::find_algorithm(options.algorithm);
  if (algorithm == nullptr) fail("unknown algorithm " + options.algorithm);
  return *algorithm;
}

}  // namespace

struct SigningKey::State {
  Owned<EVP_PKEY> key;
};

SigningKey::SigningKey(std::unique_ptr<State> state) : state_(std::move(state)) {
  if (!state_->key) fail("no private key");
}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

const SigningKey& SigningKey::rsa(int bits, int which) {
  static std::map<std::pair<int, int>, SigningKey> keys;
  const auto found = keys.find({bits, which});
  if (found != keys.end()) return found->second;
  Owned<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(bits)));
  auto state = std::make_unique<State>(State{std::move(key)});
  return keys.emplace(std::pair(bits, which), SigningKey(std::move(state))).first->second;
}

const SigningKey& SigningKey::ed25519(int which) {
  static std::map<int, SigningKey> keys;
  const auto found = keys.find(which);
  if (found != keys.end()) return found->second;
  Owned<EVP_PKEY> key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  auto state = std::make_unique<State>(State{std::move(key)});
  return keys.emplace(which, SigningKey(std::move(state))).first->second;
}

SigningKey SigningKey::from_pem(const std::string& pem) {
  const Owned<BIO> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Owned<EVP_PKEY> key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  return SigningKey(std::make_unique<State>(State{std::move(key)}));
}

SigningKey SigningKey::from_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) fail("cannot open " + path);
  std::ostringstream text;
  text << in.rdbuf();
  return from_pem(text.str());
}

crypto::KeyType SigningKey::type() const {
  return EVP_PKEY_get_base_id(state_->key.get()) == EVP_PKEY_RSA ? crypto::KeyType::rsa
                                                                 : crypto::KeyType::ed25519;
}

std::string SigningKey::private_pem() const {
  const Owned<BIO> bio(BIO_new(BIO_s_mem()));
  // The traditional form for RSA: older tools read no other.
  if (type() == crypto::KeyType::rsa) {
    PEM_write_bio_PrivateKey_traditional(bio.get(), state_->key.get(), nullptr, nullptr, 0, nullptr,
                                         nullptr);
  } else {
    PEM_write_bio_PrivateKey(bio.get(), state_->key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  }
  char* text = nullptr;
  const long length = BIO_get_mem_data(bio.get(), &text);
  return {text, static_cast<std::size_t>(length)};
}

std::string SigningKey::private_seed() const {
  std::string raw(32, '\0');
  std::size_t length = raw.size();
  if (EVP_PKEY_get_raw_private_key(state_->key.get(), reinterpret_cast<unsigned char*>(raw.data()),
                                   &length) != 1) {
    fail("no raw private key");
  }
  return raw;
}

std::string SigningKey::public_bytes() const {
  if (type() == crypto::KeyType::rsa) {
    unsigned char* bytes = nullptr;
    const int length = i2d_PUBKEY(state_->key.get(), &bytes);
    return der(length, bytes);
  }
  std::string raw(32, '\0');
  std::size_t length = raw.size();
  EVP_PKEY_get_raw_public_key(state_->key.get(), reinterpret_cast<unsigned char*>(raw.data()),
                              &length);
  return raw;
}

std::string SigningKey::bare_public_bytes() const {
  unsigned char* bytes = nullptr;
  const int length = i2d_PublicKey(state_->key.get(), &bytes);
  return der(length, bytes);
}

std::string SigningKey::sign(crypto::Hash hash, const std::string& hashed) const {
  std::string out(4096, '\0');
  std::size_t length = out.size();
  auto* into = reinterpret_cast<unsigned char*>(out.data());
  bool good = false;
  if (type() == crypto::KeyType::ed25519) {
    const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    good = EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, state_->key.get()) == 1 &&
           EVP_DigestSign(context.get(), into, &length, data(hashed), hashed.size()) == 1;
  } else {
    const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new(state_->key.get(), nullptr));
    const EVP_MD* md = hash == crypto::Hash::sha1 ? EVP_sha1() : EVP_sha256();
    good = EVP_PKEY_sign_init(context.get()) == 1 &&
           EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1 &&
           EVP_PKEY_CTX_set_signature_md(context.get(), md) == 1 &&
           EVP_PKEY_sign(context.get(), into, &length, data(hashed), hashed.size()) == 1;
  }
  if (!good) fail("the key does not sign");
  out.resize(length);
  return out;
}

std::string signature_field(std::string_view message, const SigningKey& key,
                            const SignOptions& options, std::string_view name,
                            std::string_view first) {
  const Prepared in = prepare(message);
  const dkim::Algorithm& algorithm = algorithm_of(options);
  const std::string_view c = options.canonicalization;
  const std::size_t slash = c.find('/');
  const auto header = canonicalization(c.substr(0, slash));
  const auto body =
      canonicalization(slash == std::string_view::npos ? "simple" : c.substr(slash + 1));
  std::string text = dkim::canonical_body(in.message.body(), body, in.ends);
  if (options.length) text.resize(std::min<std::size_t>(text.size(), *options.length));

  std::string field(name);
  field += ": " + tags(in, options, first, crypto::digest(algorithm.hash, text));
  auto fields = dkim::field_texts(in.message);
  fields.push_back({name, field});
  std::vector<std::string> headers;
  for (const std::string& header_name : options.headers) {
    headers.push_back(text::lower(text::trim(header_name)));
  }
  const std::string signed_bytes =
      dkim::signed_header(fields, headers, fields.size() - 1, {field.size(), 0}, header, in.ends);
  const std::string signature =
      key.sign(algorithm.hash, crypto::digest(algorithm.hash, signed_bytes));
  return field + folded_base64(signature, in.line_end + "\t ") + in.line_end;
}

std::string sign_message(std::string_view message, const SigningKey& key,
                         const SignOptions& options) {
  return signature_field(message, key, options, "DKIM-Signature", "v=1") + std::string(message);
}

std::string add_arc_set(std::string_view message, const SigningKey& key,
                        const SealOptions& options) {
  const Prepared in = prepare(message);
  const std::string instance = "i=" + std::to_string(options.instance);
  const std::string results =
      "ARC-Authentication-Results: " + instance + "; " + options.results + in.line_end;
  const std::string signature =
      signature_field(message, key, options.sign, "ARC-Message-Signature", instance);
  const std::string time = std::to_string(options.sign.time.value_or(1'700'000'000));
  std::string seal = "ARC-Seal: " + instance + "; a=" + options.sign.algorithm + "; t=" + time +
                     "; cv=" + options.cv + ";" + in.line_end + "\td=" + options.sign.domain +
                     "; s=" + options.sign.selector + ";" + in.line_end + "\tb=";

  // RFC 8617 5.1.1: the sets in ascending order, each as results, signature, seal; a chain that
  // failed is sealed by its last set alone.
  std::string bytes;
  const auto add = [&](std::string_view name, std::string_view raw) {
    bytes += dkim::canonical_field({name, raw}, dkim::Canonicalization::relaxed, in.ends);
  };
  for (int i = options.cv == "fail" ? options.instance : 1; i < options.instance; ++i) {
    for (const std::string_view name :
         {"ARC-Authentication-Results", "ARC-Message-Signature", "ARC-Seal"}) {
      for (const Field& field : in.message.fields()) {
        const std::string_view body = text::trim(field.body);
        const std::string wanted = "i=" + std::to_string(i) + ";";
        if (text::iequals(field.name, name) && body.starts_with(wanted)) add(name, field.raw);
      }
    }
  }
  add("ARC-Authentication-Results", results);
  add("ARC-Message-Signature", signature);
  bytes += dkim::canonical_signature_field({"ARC-Seal", seal}, {seal.size(), 0},
                                           dkim::Canonicalization::relaxed, in.ends);
  const dkim::Algorithm& algorithm = algorithm_of(options.sign);
  seal += folded_base64(key.sign(algorithm.hash, crypto::digest(algorithm.hash, bytes)),
                        in.line_end + "\t ") +
          in.line_end;
  return seal + signature + results + std::string(message);
}

std::string key_record(const SigningKey& key, std::string_view tags) {
  const std::string type = key.type() == crypto::KeyType::rsa ? "rsa" : "ed25519";
  return "v=DKIM1; k=" + type + "; " + std::string(tags) + "p=" + base64_encode(key.public_bytes());
}

std::string txt_line(std::string_view name, std::string_view text) {
  constexpr std::size_t kString = 255;
  std::string out(name);
  out += ". 3600 IN TXT";
  for (std::size_t at = 0; at < text.size(); at += kString) {
    out += " \"";
    for (const char c : text.substr(at, kString)) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return out + (text.empty() ? " \"\"\n" : "\n");
}

std::string key_line(const SigningKey& key, const SignOptions& options, std::string_view tags) {
  return txt_line(options.selector + "._domainkey." + options.domain, key_record(key, tags));
}

}  // namespace emltrace::test
