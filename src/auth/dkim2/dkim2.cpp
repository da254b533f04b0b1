#include "auth/dkim2/dkim2.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "auth/dkim/canonical.hpp"
#include "auth/dkim2/conclude.hpp"
#include "auth/dkim2/signature_input.hpp"
#include "base/base64.hpp"
#include "base/crypto.hpp"

namespace emltrace::dkim2 {
namespace {

std::string key_of(const Chain& chain) {
  const Instance* first = chain.instance(1);
  if (first == nullptr || first->hashes.empty()) return {};
  const HashSet& set = first->hashes.front();
  return set.algorithm + ":" + base64_encode(set.header) + ":" + base64_encode(set.body);
}

// Of the newest signature with its values, and of the digest of all else that it signs.
std::string copy_key_of(const Chain& chain, std::span<const std::optional<std::string>> digests,
                        dkim::LineEnds ends) {
  const Signature* newest = chain.newest();
  if (newest == nullptr) return {};
  const auto& digest = digests[static_cast<std::size_t>(newest - chain.signatures.data())];
  if (!digest) return {};
  const std::string all = *digest + signed_text(*newest->field, ends);
  return "sha256:" + crypto::hex(crypto::digest(crypto::Hash::sha256, all));
}

SignatureVerdict describe(const Signature& signature) {
  SignatureVerdict out;
  out.line = signature.field->line;
  out.i = signature.i;
  out.m = signature.m;
  out.domain = signature.domain_text;
  out.signed_at = signature.signed_at;
  out.mail_from = signature.mail_from;
  out.rcpt_to = signature.rcpt_to;
  out.next_domain = signature.next_domain_text;
  out.nonce = signature.nonce;
  out.flags = signature.flags;
  return out;
}

}  // namespace

struct Verifier::State {
  dkim::Options options;
  Chain chain;
  Verdict base;  // what needs no DNS
  History history;
  std::vector<std::optional<std::string>> digests;
  std::optional<std::vector<FromOwner>> from_owners;
  ValueJudge judge;

  State(const Message& message, const dkim::Options& o)
      : options(o), chain(collect_chain(message)) {
    base.fields = collect_seen(message);
    if (chain.empty()) return;
    const dkim::LineEnds ends = dkim::line_ends_of(message);
    digests = signature_digests(chain, ends);
    history =
        read_history(chain, Recipes(chain), dkim2::State(message, ends), !options.headers_only);
    from_owners = dkim2::from_owners(message, chain, history);
    describe_all();
    base.copy_key = copy_key_of(chain, digests, ends);
  }
  // The chain is looked into.
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void describe_all() {
    base.rules = history.rules;
    base.original = history.original;
    base.withheld = history.withheld;
    base.replay_key = key_of(chain);
    base.mended = options.mended;
    for (const Signature& signature : chain.signatures) {
      base.signatures.push_back(describe(signature));
      base.exploded = base.exploded || signature.has_flag("exploded");
    }
    for (std::size_t at = 0; at < chain.instances.size(); ++at) {
      const Instance& instance = chain.instances[at];
      const Signature* maker = instance.m ? chain.maker_of(*instance.m) : nullptr;
      base.instances.push_back({instance.field->line, instance.m,
                                maker != nullptr ? maker->i : std::nullopt,
                                history.checks[at].hashes, history.recipes[at]});
    }
    for (const MadeChange& made : history.changes) {
      const Signature* maker = chain.maker_of(made.m);
      base.modifications.push_back({made.m, maker != nullptr ? maker->i : std::nullopt,
                                    maker != nullptr ? maker->domain_text : std::nullopt,
                                    made.change, false});
    }
  }

  Verdict verify(dns::Client& client, const Delivery& delivery) {
    Verdict verdict = base;
    std::vector<ValuesVerdict> values;
    bool pending = false;
    for (std::size_t i = 0; i < chain.signatures.size(); ++i) {
      verdict.signatures[i].values = judge.judge(chain.signatures[i], digests[i], client);
      values.push_back(join(verdict.signatures[i].values));
      pending = pending || values.back().pending;
    }
    if (pending || chain.empty()) return verdict;
    conclude({chain, history, options, from_owners, values}, delivery, verdict);
    if (options.mended) weaken(verdict);
    return verdict;
  }

  // A mend is an aid for reading: what it does to signed bytes nobody signed.
  static void weaken(Verdict& verdict) {
    using auth::Result;
    if (verdict.result == Result::pass) verdict.detail = "it verifies only as the text was mended";
    if (verdict.result == Result::pass || verdict.result == Result::fail)
      verdict.result = Result::neutral;
  }
};

namespace {

dkim::Options for_bytes_as_given(dkim::Options options) {
  options.mended = false;
  return options;
}

// The same fields, in the same order, with the lines that they have in the mended message.
void take_lines(Verdict& to, const Verdict& from) {
  for (std::size_t i = 0; i < to.fields.size(); ++i) to.fields[i].line = from.fields[i].line;
  for (std::size_t i = 0; i < to.signatures.size(); ++i)
    to.signatures[i].line = from.signatures[i].line;
  for (std::size_t i = 0; i < to.instances.size(); ++i)
    to.instances[i].line = from.instances[i].line;
}

bool has_same_shape(const Verdict& a, const Verdict& b) {
  return a.fields.size() == b.fields.size() && a.signatures.size() == b.signatures.size() &&
         a.instances.size() == b.instances.size();
}

}  // namespace

Verifier::Verifier(const Message& message, const dkim::Options& options)
    : state_(std::make_unique<State>(message, options)) {
  if (options.mended && options.as_given != nullptr)
    as_given_ = std::make_unique<State>(*options.as_given, for_bytes_as_given(options));
}
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;
Verifier::~Verifier() = default;

Verdict Verifier::verify(dns::Client& client, const Delivery& delivery) {
  Verdict verdict = state_->verify(client, delivery);
  if (!as_given_) return verdict;
  Verdict given = as_given_->verify(client, delivery);
  if (given.result != auth::Result::pass || !has_same_shape(given, verdict)) return verdict;
  take_lines(given, verdict);
  return given;
}

}  // namespace emltrace::dkim2
