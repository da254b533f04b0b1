#include "auth/dkim/key.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "base/base64.hpp"
#include "base/tag_list.hpp"
#include "base/text.hpp"
#include "message/mailbox.hpp"

namespace emltrace::dkim {
namespace {

std::vector<std::string> colon_list(std::string_view text) {
  std::vector<std::string> out;
  for (const std::string_view part : text::split(text, ':')) {
    out.push_back(text::lower(text::trim(part)));
  }
  return out;
}

bool holds(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

void read_data(const TagList& tags, KeyRecord& record) {
  const auto p = tags.find("p");
  if (!p) {
    record.fault = {Problem::key_syntax, "the key record has no p= tag"};
  } else if (p->empty()) {
    record.fault = {Problem::key_revoked, "the key is revoked: p= is empty"};
  } else if (const auto bytes = base64_decode(*p, true)) {
    record.data = *bytes;
  } else {
    record.fault = {Problem::key_syntax, "p= of the key record is no base64"};
  }
}

// Whether the record is for this signature at all (RFC 6376 6.1.2 steps 5, 6 and 8), before any
// arithmetic.
Fault fits(const KeyRecord& record, const Signature& signature) {
  if (record.fault) return record.fault;
  const Algorithm& algorithm = *signature.algorithm;
  if (record.key_type != algorithm.key_name) {
    return {Problem::key_mismatch, "the key record is for k=" + record.key_type + ", not for " +
                                       std::string(algorithm.name)};
  }
  if (!record.hashes.empty() && !holds(record.hashes, algorithm.hash_name)) {
    return {Problem::key_mismatch,
            "the key record's h= does not allow " + std::string(algorithm.hash_name)};
  }
  if (!record.services.empty() && !holds(record.services, "*") &&
      !holds(record.services, "email")) {
    return {Problem::key_mismatch, "the key record's s= is not for e-mail"};
  }
  return {};
}

// t=s: the domain of i= is d= itself, no name below it (RFC 6376 3.6.1).
bool identity_allowed(const KeyRecord& record, const Signature& signature) {
  if (!record.strict_identity || !signature.identity) return true;
  return domain_of_address(*signature.identity) == signature.domain;
}

KeyCheck judge(const KeyRecord& record, const Signature& signature, const std::string& hashed,
               KeyCache& cache) {
  KeyCheck check;
  check.record = record;
  check.testing = record.testing;
  check.fault = fits(record, signature);
  if (check.fault) return check;
  const crypto::PublicKey* key = cache.read(signature.algorithm->key, record.data);
  if (key == nullptr) {
    check.fault = {Problem::key_syntax, "p= of the key record is no " +
                                            std::string(signature.algorithm->key_name) + " key"};
    return check;
  }
  check.key_bits = key->bits();
  const bool rsa = key->type() == crypto::KeyType::rsa;
  if (rsa && key->bits() > kMaxKeyBits) {
    check.fault = {Problem::key_syntax,
                   "a key of " + std::to_string(key->bits()) + " bits is not computed"};
    return check;
  }
  const auto match = cache.verify(*signature.algorithm, record.data, hashed, signature.signature);
  if (match == crypto::Match::unknown) {
    check.fault = {Problem::unavailable, "OpenSSL does not compute this " +
                                             std::string(signature.algorithm->name) +
                                             " signature on this system"};
    return check;
  }
  check.signature = match == crypto::Match::yes ? Check::match : Check::mismatch;
  if (match == crypto::Match::no) {
    check.fault = {Problem::signature_mismatch, "the signature does not match the signed fields"};
  } else if (!identity_allowed(record, signature)) {
    check.fault = {Problem::domain_mismatch,
                   "the key record's t=s wants d= itself as the domain of i="};
  } else if (rsa && key->bits() < kMinKeyBits) {
    check.fault = {Problem::key_too_short, "an RSA key of " + std::to_string(key->bits()) +
                                               " bits: below " + std::to_string(kMinKeyBits) +
                                               " none is valid (RFC 8301 3.2)"};
  }
  return check;
}

// Many messages are signed by few keys: each thread remembers those that it read last. Null where
// the bytes are no such key.
std::shared_ptr<const crypto::PublicKey> read_once(crypto::KeyType type, const std::string& data) {
  struct Entry {
    crypto::KeyType type{};
    std::string data;
    std::shared_ptr<const crypto::PublicKey> key;
  };
  thread_local std::array<Entry, 64> memory;
  Entry& entry = memory[std::hash<std::string>{}(data) % memory.size()];
  if (entry.type != type || entry.data != data) {
    auto key = crypto::PublicKey::read(type, data);
    entry = {type, data, nullptr};
    if (key) entry.key = std::make_shared<const crypto::PublicKey>(*std::move(key));
  }
  return entry.key;
}

// How near a record came to a match; of several records the nearest one is told.
int nearness(const KeyCheck& check) {
  if (!check.fault) return 3;
  if (check.signature == Check::match) return 2;
  return check.signature == Check::mismatch ? 1 : 0;
}

}  // namespace

// key-v-tag = %x76 [FWS] "=" [FWS] %x44.4B.49.4D.31, as the first tag (RFC 6376 3.6.1)
KeyRecord parse_key_record(std::string_view text) {
  KeyRecord record;
  const TagList tags = TagList::parse(text);
  if (const auto k = tags.find("k")) record.key_type = *k;
  if (const auto h = tags.find("h")) record.hashes = colon_list(*h);
  if (const auto s = tags.find("s")) record.services = colon_list(*s);
  if (const auto n = tags.find("n")) record.notes = decode_dkim_quoted_printable(*n);
  if (const auto t = tags.find("t")) {
    const auto flags = colon_list(*t);
    record.testing = holds(flags, "y");
    record.strict_identity = holds(flags, "s");
  }
  const auto version = tags.find("v");
  if (version && (*version != "DKIM1" || tags.tags.front().name != "v")) {
    record.fault = {Problem::key_syntax, "no DKIM key record stands at the key's name"};
  } else if (!tags.problem.empty()) {
    record.fault = {Problem::key_syntax,
                    "the key record has a fault: " + std::string(tags.problem)};
  } else {
    read_data(tags, record);
  }
  return record;
}

KeyAnswer ask_key(dns::Client& client, const DomainName& key_name) {
  const dns::Answer& answer = client.ask({key_name, dns::Type::txt});
  KeyAnswer out;
  out.authenticated = answer.authenticated;
  if (answer.pending()) {
    out.pending = true;
    return out;
  }
  if (answer.error()) {
    const std::string reason =
        answer.reason.empty() ? std::string(dns::to_string(answer.status)) : answer.reason;
    out.fault = {Problem::dns, "the key could not be had from the DNS: " + reason};
    return out;
  }
  for (const std::string& text : answer.texts()) out.records.push_back(parse_key_record(text));
  if (out.records.empty()) {
    out.fault = {Problem::no_key, "there is no key at " + key_name.text() +
                                      " today; keys are rotated, so this decides nothing about "
                                      "old mail"};
  }
  return out;
}

const crypto::PublicKey* KeyCache::read(crypto::KeyType type, const std::string& data) {
  const auto [place, is_new] = keys_.try_emplace({type, data});
  if (is_new) place->second = read_once(type, data);
  return place->second.get();
}

crypto::Match KeyCache::verify(const Algorithm& algorithm, const std::string& data,
                               const std::string& hashed, const std::string& signature) {
  const auto [place, is_new] =
      verified_.try_emplace({algorithm.key, data, hashed, signature}, crypto::Match::no);
  if (is_new) {
    const crypto::PublicKey* key = read(algorithm.key, data);
    if (key != nullptr) place->second = key->verify(algorithm.hash, hashed, signature);
  }
  return place->second;
}

KeyCheck check_key(const KeyAnswer& answer, const Signature& signature, const std::string& hashed,
                   KeyCache& cache) {
  KeyCheck best;
  best.fault = answer.fault;
  bool first = true;
  for (const KeyRecord& record : answer.records) {
    KeyCheck check = judge(record, signature, hashed, cache);
    if (first || nearness(check) > nearness(best)) best = std::move(check);
    first = false;
  }
  return best;
}

}  // namespace emltrace::dkim
