#include "trace/author/author_state.hpp"

#include <algorithm>
#include <array>

#include "auth/dmarc/org_domain.hpp"
#include "base/text.hpp"
#include "message/mailbox.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

// What the re-run says of the author.
enum class Now { signature, dkim2, spf_alone, in_part, undecided, fail };

Now rerun_of(const Authentication& auth, bool dns_available) {
  const bool in_part = is_signed_in_part(auth);
  if (auth.dmarc.dkim_aligned == true && !in_part) return Now::signature;
  if (is_signed_by_dkim2(auth)) return Now::dkim2;
  if (auth.dmarc.spf_aligned == true) return Now::spf_alone;
  if (in_part) return Now::in_part;
  if (!dns_available || auth.dmarc.undecided || auth.dmarc.result == auth::Result::temperror)
    return Now::undecided;
  return Now::fail;
}

// A domain without a policy, or with `none`, does not say that such mail is not its own; nor is
// that said where the rules of other receivers make the message pass.
AuthorState state_of_failure(const Authentication& auth) {
  const auto& policy = auth.dmarc.policy;
  const bool demanded =
      auth.dmarc.record && policy && *policy != "none" && !auth.dmarc.passes_under;
  return demanded ? AuthorState::contradicted : AuthorState::unauthenticated;
}

bool is_aligned(const Authentication& auth, std::size_t signature) {
  const auto& alignment = auth.dmarc.dkim_alignment;  // in step with the signatures
  return signature < alignment.size() && alignment[signature] != auth::Alignment::none;
}

template <class Predicate>
bool any_aligned_signature(const Authentication& auth, Predicate matches) {
  for (std::size_t i = 0; i < auth.dkim.size(); ++i) {
    if (is_aligned(auth, i) && matches(auth.dkim[i])) return true;
  }
  return false;
}

// The store, a list or a gateway changed the message, or the key has gone since: that is why a
// signature that was good is not good today.
bool change_is_told(const Authentication& auth) {
  return any_aligned_signature(auth, [](const dkim::Verdict& verdict) {
    const bool body_alone =
        verdict.body_hash == dkim::Check::mismatch && verdict.signature == dkim::Check::match;
    const bool gone =
        dkim::is_key_gone(verdict.problem) || verdict.problem == dkim::Problem::expired;
    return body_alone || gone || !verdict.verifies_after.empty();
  });
}

// An aligned signature that verifies once a later change is undone shows that the domain signed.
bool signed_before_a_change(const Authentication& auth) {
  return any_aligned_signature(
      auth, [](const dkim::Verdict& verdict) { return !verdict.verifies_after.empty(); });
}

bool concerns_author(const RecordedMethod& method, const std::string& author) {
  const auto from = method.property("header.from");
  return !from || text::iequals(identity_domain(*from), author);
}

std::optional<std::string> recorded_signature(const Authentication& auth,
                                              const DomainName& author) {
  for (const auto& entry : auth.recorded) {
    const RecordedMethod& method = entry.recorded.method;
    if (!entry.trusted || method.method != "dkim" || method.result != "pass") continue;
    for (const std::string_view key : {"header.d", "header.i"}) {
      const auto value = method.property(key);
      if (!value) continue;
      const auto domain = DomainName::parse(identity_domain(*value));
      if (domain && auth::same_organization(*domain, author)) return "pass";
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(AuthorState author) {
  static constexpr std::array<std::string_view, 4> kWords{"authenticated", "unauthenticated",
                                                          "contradicted", "unknown"};
  return kWords[static_cast<std::size_t>(author)];
}

std::string_view to_string(Basis basis) {
  static constexpr std::array<std::string_view, 3> kWords{"now", "recorded", "both"};
  return kWords[static_cast<std::size_t>(basis)];
}

std::optional<std::string> recorded_dmarc(const Authentication& auth) {
  if (!auth.dmarc.author_domain) return std::nullopt;
  for (const auto& entry : auth.recorded) {
    const RecordedMethod& method = entry.recorded.method;
    // What failed for the recipient's own gateway may have passed for the sender.
    if (entry.of_other_client && method.result != "pass") continue;
    if (entry.trusted && method.method == "dmarc" &&
        concerns_author(method, *auth.dmarc.author_domain)) {
      return method.result;
    }
  }
  const auto author = DomainName::parse(*auth.dmarc.author_domain);
  return author ? recorded_signature(auth, *author) : std::nullopt;
}

bool is_signed_by_dkim2(const Authentication& auth) {
  return auth.dkim2.result == auth::Result::pass && auth.dkim2.from_authentic == true;
}

bool is_signed_in_part(const Authentication& auth) {
  bool in_part = false;
  for (std::size_t i = 0; i < auth.dkim.size(); ++i) {
    if (auth.dkim[i].result != auth::Result::pass || !is_aligned(auth, i)) continue;
    if (!auth.is_partial(i)) return false;
    in_part = true;
  }
  return in_part;
}

AuthorJudgement judge_author(const Headers& headers, const Authentication& auth,
                             bool dns_available) {
  if (headers.from.empty() || !auth.dmarc.author_domain) return {};
  const auto recorded = recorded_dmarc(auth);
  const bool passed_then = recorded == "pass", failed_then = recorded == "fail";
  const Basis now_with_pass = passed_then ? Basis::both : Basis::now;
  const Basis now_with_fail = failed_then ? Basis::both : Basis::now;
  switch (rerun_of(auth, dns_available)) {
    case Now::signature:
      return {AuthorState::authenticated, now_with_pass};
    case Now::dkim2:
      return {AuthorState::authenticated, now_with_pass, true};
    case Now::spf_alone:
      if (failed_then) return {state_of_failure(auth), Basis::recorded};
      return {AuthorState::authenticated, now_with_pass};
    case Now::in_part:
      return {AuthorState::unauthenticated, Basis::now};
    case Now::undecided:
      if (passed_then) return {AuthorState::authenticated, Basis::recorded};
      if (failed_then) return {state_of_failure(auth), Basis::recorded};
      return {};
    case Now::fail:
      break;
  }
  if (passed_then && change_is_told(auth)) return {AuthorState::authenticated, Basis::recorded};
  if (passed_then) return {AuthorState::unauthenticated, Basis::recorded, false, true};
  if (signed_before_a_change(auth)) return {AuthorState::unauthenticated, now_with_fail};
  return {state_of_failure(auth), now_with_fail};
}

}  // namespace emltrace::trace
