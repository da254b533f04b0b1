#include "auth/arc/arc.hpp"

#include <algorithm>
#include <utility>

#include "auth/arc/chain.hpp"
#include "auth/dkim/body_hash.hpp"
#include "auth/dkim/canonical.hpp"
#include "auth/dkim/key.hpp"

namespace emltrace::arc {
namespace {

using auth::Result;
using dkim::Canonicalization;

/// What was found of one signature field.
struct Outcome {
  Result result = Result::none;
  std::string problem;
  bool by_bytes = false;  ///< signed bytes are not as signed: a mend may have done it
  bool key_gone = false;
};

/// What can be computed of one set without DNS.
struct Prepared {
  std::string message_hash;
  std::optional<std::size_t> body;  // in the body hashes
  std::string seal_hash;
  bool in_scope = false;
};

bool is_failure(Result result) {
  return result == Result::fail || result == Result::permerror || result == Result::policy;
}

}  // namespace

struct Verifier::State {
  const Message& message;
  dkim::Options options;
  dkim::LineEnds ends;
  std::vector<dkim::FieldText> fields;
  Chain chain;
  std::vector<Prepared> prepared;  // one a link
  dkim::BodyHashes bodies;
  dkim::KeyCache cache;

  State(const Message& m, const dkim::Options& o)
      : message(m),
        options(o),
        ends(dkim::line_ends_of(m)),
        chain(collect_chain(m)),
        prepared(chain.links.size()) {
    if (chain.links.empty()) return;
    fields = dkim::field_texts(m);
    // RFC 8617 5.1.2: a seal that declares the chain broken covers its own set alone, and nothing
    // below it is to be looked at. Any other fault of the structure ends the work.
    if (chain.marked_failed) {
      const Link& newest = chain.links.back();
      prepared.back().in_scope = newest.results != nullptr && newest.message && newest.seal;
    } else if (!chain.problem) {
      for (Prepared& p : prepared) p.in_scope = true;
    }
    prepare();
  }

  // RFC 8617 5.1.1: the sets in ascending order, each as results, message signature, seal; the
  // last seal without its signature.
  void prepare() {
    std::string sealed;
    const auto add = [&](const Field& field) {
      sealed += dkim::canonical_field(dkim::field_text(field), Canonicalization::relaxed, ends);
    };
    for (std::size_t i = 0; i < chain.links.size(); ++i) {
      const Link& link = chain.links[i];
      Prepared& p = prepared[i];
      if (!p.in_scope) continue;
      add(*link.results);
      add(*link.message->field);
      prepare_seal(link, p, sealed);
      add(*link.seal->field);
      prepare_message(link, p);
    }
    bodies.compute(message.body(), ends);
  }

  void prepare_seal(const Link& link, Prepared& p, const std::string& sealed) const {
    const dkim::Signature& seal = link.seal->signature;
    if (!seal.computable()) return;
    crypto::Digest digest(seal.algorithm->hash);
    digest.update(sealed);
    digest.update(dkim::canonical_signature_field(dkim::field_text(*link.seal->field), seal.value,
                                                  Canonicalization::relaxed, ends));
    p.seal_hash = digest.finish();
  }

  void prepare_message(const Link& link, Prepared& p) {
    const dkim::Signature& s = link.message->signature;
    if (!s.computable()) return;
    p.message_hash = crypto::digest(
        s.algorithm->hash,
        dkim::signed_header(fields, s.headers, link.message->index, s.value, s.header, ends));
    p.body = bodies.want(s);
  }

  // Null while the key is pending.
  std::optional<dkim::KeyCheck> check(const dkim::Signature& signature, const std::string& hash,
                                      dns::Client& client) {
    const dkim::KeyAnswer answer = dkim::ask_key(client, *signature.key_name);
    if (answer.pending) return std::nullopt;
    return dkim::check_key(answer, signature, hash, cache);
  }

  // What is the same for a seal and a message signature: the field, the key, the arithmetic.
  Outcome verify_signature(const SignedField& field, const std::string& hash, dns::Client& client) {
    const dkim::Signature& s = field.signature;
    if (!field.fault.empty()) return {Result::permerror, field.fault, false};
    if (!s.computable()) return {dkim::result_of(s.fault.problem), s.fault.detail, false};
    const auto key = check(s, hash, client);
    if (!key) return {};
    if (s.fault) return {dkim::result_of(s.fault.problem), s.fault.detail, false};
    if (key->fault) {
      const dkim::Problem problem = key->fault.problem;
      return {dkim::result_of(problem), key->fault.detail,
              problem == dkim::Problem::signature_mismatch, dkim::is_key_gone(problem)};
    }
    if (s.algorithm->retired) {
      return {Result::policy, std::string(s.algorithm->name) + " is not to be trusted (RFC 8301)",
              false};
    }
    return {Result::pass, "", false};
  }

  Outcome verify_message(const Link& link, const Prepared& p, dns::Client& client) {
    const dkim::Signature& s = link.message->signature;
    Outcome outcome = verify_signature(*link.message, p.message_hash, client);
    if (outcome.result != Result::pass) return outcome;
    if (s.expires_at && options.at > *s.expires_at) {
      return {Result::policy, "expired at " + format_rfc3339(*s.expires_at), false};
    }
    if (options.headers_only && (s.length || !p.body || bodies.at(*p.body).value != s.body_hash)) {
      return {Result::neutral, "body absent: the signature matches the header alone", false};
    }
    if (!p.body) return {Result::permerror, "too many different l= in one chain", false};
    const dkim::BodyHash& body = bodies.at(*p.body);
    if (body.beyond_body) return {Result::permerror, "l= is beyond the end of the body", false};
    if (body.value != s.body_hash) return {Result::fail, "the body was changed since", true};
    return outcome;
  }

  Set describe(const Link& link) const {
    Set set;
    set.instance = link.instance;
    if (link.seal) {
      const dkim::Signature& seal = link.seal->signature;
      const auto text = [](const std::optional<std::string_view>& view) {
        return view ? std::optional<std::string>(*view) : std::nullopt;
      };
      set.domain = text(seal.domain_text);
      set.selector = text(seal.selector_text);
      set.cv = text(seal.chain_status);
      set.signed_at = seal.signed_at;
      set.line = link.seal->field->line;
    }
    if (link.stated) {
      set.authserv_id = link.stated->authserv_id;
      set.results = link.stated->methods;
    }
    return set;
  }

  Verdict verify(dns::Client& client);
  void conclude(Verdict& verdict, const std::vector<Outcome>& messages,
                const std::vector<Outcome>& seals) const;
};

Verdict Verifier::State::verify(dns::Client& client) {
  Verdict verdict;
  std::vector<Outcome> messages;
  std::vector<Outcome> seals;
  for (std::size_t i = 0; i < chain.links.size(); ++i) {
    const Link& link = chain.links[i];
    Set set = describe(link);
    if (prepared[i].in_scope) {
      messages.push_back(verify_message(link, prepared[i], client));
      seals.push_back(verify_signature(*link.seal, prepared[i].seal_hash, client));
      set.message_signature = messages.back().result;
      set.message_signature_problem = messages.back().problem;
      set.seal = seals.back().result;
      set.seal_problem = seals.back().problem;
    } else {
      set.message_signature_problem = set.seal_problem = "not checked";
    }
    verdict.sets.push_back(std::move(set));
  }
  if (chain.problem) {
    verdict.result = Result::fail;
    verdict.problem = chain.problem;
  } else if (!verdict.sets.empty()) {
    conclude(verdict, messages, seals);
  }
  return verdict;
}

// RFC 8617 5.2 steps 4 to 7. Step 5.2.1 makes DNS errors a failure for good, since a sealer has to
// write down one word; a re-run has not, and says temperror unless something fails for certain.
void Verifier::State::conclude(Verdict& verdict, const std::vector<Outcome>& messages,
                               const std::vector<Outcome>& seals) const {
  std::vector<std::pair<std::string, const Outcome*>> deciding;
  deciding.emplace_back("ARC-Message-Signature", &messages.back());
  for (std::size_t i = seals.size(); i-- > 0;) deciding.emplace_back("ARC-Seal", &seals[i]);
  const auto decide = [&](auto matches, Result result) {
    for (std::size_t i = 0; i < deciding.size(); ++i) {
      const auto& [name, outcome] = deciding[i];
      if (!matches(*outcome)) continue;
      const std::size_t instance = i == 0 ? seals.size() : seals.size() - (i - 1);
      verdict.result = result;
      verdict.problem = name + " of i=" + std::to_string(instance) + ": " + outcome->problem;
      verdict.undecided = outcome->key_gone;
      return true;
    }
    return false;
  };
  const bool forgiven = options.mended;
  const auto certain = [&](const Outcome& o) {
    return is_failure(o.result) && !(forgiven && o.by_bytes);
  };
  const auto mended = [&](const Outcome& o) { return is_failure(o.result) && o.by_bytes; };
  const auto of = [](Result wanted) {
    return [wanted](const Outcome& o) { return o.result == wanted; };
  };
  const bool decided =
      decide(certain, Result::fail) || decide(of(Result::temperror), Result::temperror) ||
      decide(mended, Result::neutral) || decide(of(Result::neutral), Result::neutral);
  if (!decided && options.mended) {
    verdict.result = Result::neutral;
    verdict.problem = "the chain verifies only as the text was mended";
  } else if (!decided) {
    verdict.result = Result::pass;
  }

  for (std::size_t i = messages.size() - 1; i-- > 0;) {
    if (messages[i].result == Result::pass) continue;
    verdict.oldest_pass = messages.back().result == Result::pass ? static_cast<int>(i) + 2 : 0;
    break;
  }
}

Verifier::Verifier(const Message& message, const dkim::Options& options)
    : state_(std::make_unique<State>(message, options)) {
  if (options.mended && options.as_given != nullptr) {
    dkim::Options unmended = options;
    unmended.mended = false;
    as_given_ = std::make_unique<State>(*options.as_given, unmended);
  }
}
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;
Verifier::~Verifier() = default;

Verdict Verifier::verify(dns::Client& client) {
  Verdict verdict = state_->verify(client);
  if (!as_given_) return verdict;
  Verdict given = as_given_->verify(client);
  if (given.result != Result::pass || given.sets.size() != verdict.sets.size()) return verdict;
  for (std::size_t i = 0; i < given.sets.size(); ++i) given.sets[i].line = verdict.sets[i].line;
  return given;
}

}  // namespace emltrace::arc
