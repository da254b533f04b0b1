#include "auth/dkim/dkim.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_set>

#include "auth/dkim/body_hash.hpp"
#include "auth/dkim/canonical.hpp"
#include "auth/dkim/key.hpp"
#include "auth/dkim/repair.hpp"
#include "auth/dkim/repair_part.hpp"
#include "auth/dkim/selection.hpp"
#include "auth/dkim/signature.hpp"
#include "base/base64.hpp"
#include "base/text.hpp"

namespace emltrace::dkim {
namespace {

static_assert(kMaxSignatures <= kMaxBodyHashes);

constexpr std::string_view kFieldName = "DKIM-Signature";
constexpr std::size_t kMaxRepaired = 5;  // failed signatures of a message that are tried to mend
constexpr std::chrono::minutes kClockAllowance{15};  // a t= so far ahead is no fault

struct Entry {
  const Field* field = nullptr;
  std::size_t index = 0;  // in the message's fields
  Signature signature;
  std::string header_hash;
  std::optional<std::size_t> body;  // in the body hashes; null where not computable
  std::vector<std::string> unsigned_headers;
  // Trial repair is done once a key.
  std::optional<std::string> repaired_with;
  Found found;
};

// What a mail program shows of a header, whom it answers, and how it reads the body.
constexpr auto kShownFields = std::to_array<std::string_view>({"from",
                                                               "sender",
                                                               "reply-to",
                                                               "to",
                                                               "cc",
                                                               "subject",
                                                               "date",
                                                               "message-id",
                                                               "in-reply-to",
                                                               "references",
                                                               "mime-version",
                                                               "content-type",
                                                               "content-transfer-encoding",
                                                               "content-disposition",
                                                               "resent-from",
                                                               "resent-sender",
                                                               "resent-to",
                                                               "resent-cc",
                                                               "resent-date",
                                                               "list-unsubscribe",
                                                               "list-unsubscribe-post"});

bool is_shown(std::string_view name) {
  return std::find(kShownFields.begin(), kShownFields.end(), name) != kShownFields.end();
}

std::vector<std::string> names_not_covered(std::span<const FieldText> fields, const Entry& entry) {
  std::vector<bool> covered(fields.size(), false);
  covered[entry.index] = true;
  for (const std::size_t i : select_fields(fields, entry.signature.headers, entry.index)) {
    covered[i] = true;
  }
  std::vector<std::string> names;
  names.reserve(fields.size());  // they stay where they are
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (covered[i]) continue;
    names.push_back(text::lower(fields[i].name));
    if (!seen.insert(names.back()).second) names.pop_back();
  }
  return names;
}

std::optional<std::string> to_text(const std::optional<std::string_view>& view) {
  if (!view) return std::nullopt;
  return std::string(*view);
}

std::string canonicalization_text(const Signature& signature) {
  const auto text = signature.canonicalization_text;
  if (!text) return "simple/simple";
  return std::string(*text) + (text->find('/') == std::string_view::npos ? "/simple" : "");
}

struct Decision {
  auth::Result result;
  Problem problem;
  std::string detail;
};

}  // namespace

struct Verifier::State {
  const Message& message;
  Options options;
  LineEnds ends;
  std::vector<FieldText> fields;
  std::vector<Entry> entries;
  BodyHashes bodies;
  KeyCache cache;
  std::size_t skipped = 0;

  State(const Message& m, const Options& o)
      : message(m), options(o), ends(line_ends_of(m)), fields(field_texts(m)) {
    read_fields();
    bodies.compute(message.body(), ends);
  }

  void read_fields() {
    for (std::size_t i = 0; i < message.fields().size(); ++i) {
      const Field& field = message.fields()[i];
      if (!text::iequals(field.name, kFieldName)) continue;
      if (entries.size() == kMaxSignatures) {
        ++skipped;
        continue;
      }
      Entry entry;
      entry.field = &field;
      entry.index = i;
      entry.signature = parse_signature(field, SignatureKind::dkim);
      if (entry.signature.computable()) prepare(entry);
      entries.push_back(std::move(entry));
    }
  }

  void prepare(Entry& entry) {
    const Signature& s = entry.signature;
    entry.header_hash = crypto::digest(
        s.algorithm->hash, signed_header(fields, s.headers, entry.index, s.value, s.header, ends));
    entry.unsigned_headers = names_not_covered(fields, entry);
    entry.body = bodies.want(s);
  }

  [[nodiscard]] Verdict describe(const Entry& entry) const {
    const Signature& s = entry.signature;
    Verdict v;
    v.line = entry.field->line;
    v.domain = to_text(s.domain_text);
    v.selector = to_text(s.selector_text);
    v.identity = s.identity;
    if (!v.identity && v.domain) v.identity = "@" + *v.domain;
    v.algorithm = to_text(s.algorithm_text);
    v.signature_text = base64_encode(s.signature);
    v.canonicalization = canonicalization_text(s);
    v.signed_headers = s.headers;
    v.unsigned_headers = entry.unsigned_headers;
    std::copy_if(v.unsigned_headers.begin(), v.unsigned_headers.end(),
                 std::back_inserter(v.unsigned_fields), is_shown);
    v.signed_at = s.signed_at;
    v.expires_at = s.expires_at;
    v.expired_since = s.expires_at && options.at <= *s.expires_at && options.now > *s.expires_at;
    v.mended = options.mended;
    if (!s.computable()) return v;
    const BodyHash& body = bodies.at(*entry.body);
    const bool matches = body.value == s.body_hash;
    if (options.headers_only) {
      // The hash of no body is a proof; of what l= leaves out nothing is known.
      if (matches && !s.length) v.body_hash = Check::match;
      return v;
    }
    v.unsigned_bytes = static_cast<std::size_t>(body.total - body.fed);
    if (!body.beyond_body) v.body_hash = matches ? Check::match : Check::mismatch;
    return v;
  }

  [[nodiscard]] bool beyond_body(const Entry& entry) const {
    return !options.headers_only && entry.body && bodies.at(*entry.body).beyond_body;
  }

  std::vector<Verdict> verify(dns::Client& client) {
    std::vector<Verdict> verdicts;
    std::vector<std::optional<KeyCheck>> checks;
    bool pending = false;
    for (const Entry& entry : entries) {
      verdicts.push_back(describe(entry));
      checks.push_back(check(entry, verdicts.back(), client, pending));
    }
    // Only a limited number is tried: which ones must not hang on the order of the answers.
    std::size_t tried = 0;
    for (std::size_t i = 0; i < entries.size() && !pending; ++i) {
      if (!wants_repair(entries[i], verdicts[i])) continue;
      if (++tried > kMaxRepaired) break;
      repair(entries[i], verdicts[i], *checks[i]);
    }
    return verdicts;
  }

  // Null where no key was looked at.
  std::optional<KeyCheck> check(const Entry& entry, Verdict& v, dns::Client& client,
                                bool& pending) {
    const Signature& s = entry.signature;
    if (!s.computable()) {
      decide(v, {result_of(s.fault.problem), s.fault.problem, s.fault.detail});
      return std::nullopt;
    }
    const KeyAnswer answer = ask_key(client, *s.key_name);
    if (answer.pending) {
      pending = true;
      return std::nullopt;
    }
    KeyCheck check = check_key(answer, s, entry.header_hash, cache);
    v.signature = check.signature;
    v.key_bits = check.key_bits;
    v.testing = check.testing;
    v.key_authenticated = answer.authenticated;
    decide(v, judge(entry, v, check));
    return check;
  }

  void decide(Verdict& v, Decision decision) const {
    v.result = decision.result;
    v.problem = decision.problem;
    v.detail = std::move(decision.detail);
    if (!options.mended) return;
    if (v.result == auth::Result::pass) v.detail = "it verifies only as the text was mended";
    if (v.result == auth::Result::pass || v.result == auth::Result::fail) {
      v.result = auth::Result::neutral;
    }
  }

  // In the order of RFC 6376 6.1.1 to 6.1.3, but for expiry and policy: those are told of
  // signatures that would else be good, since only there they are the reason.
  [[nodiscard]] Decision judge(const Entry& entry, const Verdict& v, const KeyCheck& check) const {
    const Signature& s = entry.signature;
    const auto refuse = [](const Fault& fault) {
      return Decision{result_of(fault.problem), fault.problem, fault.detail};
    };
    if (beyond_body(entry)) return refuse({Problem::syntax, "l= is beyond the end of the body"});
    if (s.fault && s.fault.problem != Problem::future) return refuse(s.fault);
    if (v.signature == Check::unchecked) return refuse(check.fault);
    if (s.algorithm->retired) return retired(v);
    if (v.body_hash == Check::mismatch || v.signature == Check::mismatch) return mismatch(v);
    if (check.fault) return refuse(check.fault);
    if (const Fault time = time_fault(s)) return refuse(time);
    if (options.headers_only && v.body_hash != Check::match) {
      return refuse({Problem::body_absent,
                     "the signature matches the header; the body it covers was not given"});
    }
    return {auth::Result::pass, Problem::none, ""};
  }

  [[nodiscard]] static Decision retired(const Verdict& v) {
    const bool match = v.signature == Check::match && v.body_hash != Check::mismatch;
    return {auth::Result::policy, Problem::algorithm,
            *v.algorithm + " is not to be trusted (RFC 8301 3.1); the signature " +
                (match ? "matches" : "does not match")};
  }

  [[nodiscard]] static Decision mismatch(const Verdict& v) {
    if (v.body_hash != Check::mismatch) {
      return {auth::Result::fail, Problem::signature_mismatch,
              "signed header fields, or the key, are not those of the signer"};
    }
    return {auth::Result::fail, Problem::body_hash_mismatch,
            v.signature == Check::match
                ? "the body was changed; the signed header fields are as they were signed"
                : "the body was changed, and the signature does not match the header either"};
  }

  [[nodiscard]] Fault time_fault(const Signature& s) const {
    if (s.fault) return s.fault;
    if (s.expires_at && options.at > *s.expires_at) {
      return {Problem::expired, "expired at " + format_rfc3339(*s.expires_at)};
    }
    if (s.signed_at && *s.signed_at > options.at + kClockAllowance) {
      return {Problem::future, "made in the future, at " + format_rfc3339(*s.signed_at)};
    }
    return {};
  }

  [[nodiscard]] bool wants_repair(const Entry& entry, const Verdict& v) const {
    const bool failed = v.body_hash == Check::mismatch || v.signature == Check::mismatch;
    return options.repair && !options.headers_only && v.signature != Check::unchecked && failed &&
           !beyond_body(entry);
  }

  void repair(Entry& entry, Verdict& v, const KeyCheck& check) {
    const std::string& data = check.record->data;
    if (entry.repaired_with != data) {
      const bool header_matches = v.signature == Check::match;
      const Damaged damaged{
          message,        fields,
          entry.index,    entry.signature,
          ends,           header_matches ? std::string_view() : first_part_header(message),
          header_matches, v.body_hash == Check::match};
      entry.found = find_repairs(damaged, proof_of(entry, data));
      entry.repaired_with = data;
    }
    v.verifies_after = entry.found.codes;
    if (!v.verifies_after.empty()) v.repair = entry.found.repair;
  }

  // An RSA signature gives away the digest that it was made of: each trial is then a comparison.
  Proof proof_of(const Entry& entry, const std::string& key_data) {
    const Signature& s = entry.signature;
    const crypto::PublicKey* key = cache.read(s.algorithm->key, key_data);
    if (key->type() == crypto::KeyType::rsa) {
      const auto wanted = key->signed_digest(s.algorithm->hash, s.signature);
      return {[wanted](const std::string& hashed) { return hashed == wanted; }, true};
    }
    return {[key, &s](const std::string& hashed) {
              return key->verify(s.algorithm->hash, hashed, s.signature) == crypto::Match::yes;
            },
            false};
  }
};

namespace {

Options for_bytes_as_given(Options options) {
  options.mended = false;
  options.repair = false;
  return options;
}

bool is_proved(const Verdict& v) {
  return v.signature == Check::match && v.body_hash == Check::match;
}

}  // namespace

Verifier::Verifier(const Message& message, const Options& options)
    : state_(std::make_unique<State>(message, options)) {
  if (options.mended && options.as_given != nullptr) {
    as_given_ = std::make_unique<State>(*options.as_given, for_bytes_as_given(options));
  }
}
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;
Verifier::~Verifier() = default;

// A mend is an aid for reading: what verifies without it is as it was signed (RFC 6376 6.1). The
// same signature is known by its bytes, or by its place where the mend changed those.
std::vector<Verdict> Verifier::verify(dns::Client& client) {
  std::vector<Verdict> verdicts = state_->verify(client);
  if (!as_given_) return verdicts;
  std::vector<Verdict> given = as_given_->verify(client);
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const auto& entries = as_given_->entries;
    const std::string& bytes = state_->entries[i].signature.signature;
    auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) {
      return !bytes.empty() && entry.signature.signature == bytes;
    });
    if (found == entries.end() && i < entries.size()) {
      found = entries.begin() + static_cast<std::ptrdiff_t>(i);
    }
    if (found == entries.end()) continue;
    Verdict& raw = given[static_cast<std::size_t>(found - entries.begin())];
    if (!is_proved(raw)) continue;
    raw.line = verdicts[i].line;
    verdicts[i] = std::move(raw);
  }
  return verdicts;
}

std::size_t Verifier::skipped() const {
  return state_->skipped;
}

}  // namespace emltrace::dkim
