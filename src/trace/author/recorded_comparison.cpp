#include "trace/author/recorded_comparison.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "message/mailbox.hpp"
#include "message/results/received_spf.hpp"
#include "trace/finding/sentence.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

struct Rerun {
  std::optional<std::string> result;  // null: the re-run has nothing to compare with
  std::string reason;                 // why it may differ
};

Rerun rerun_spf(const RecordedMethod& method, const Authentication& auth) {
  const bool helo = method.property("smtp.helo") && !method.property("smtp.mailfrom");
  const auto judged = method.property(helo ? "smtp.helo" : "smtp.mailfrom");
  for (const auto& verdict : auth.spf) {
    if ((verdict.identity == spf::Identity::helo) != helo) continue;
    const std::string_view domain = judged ? identity_domain(*judged) : std::string_view();
    if (!domain.empty() && !text::iequals(domain, verdict.domain))
      return {std::nullopt, words<"other-domain">(with<"domain">(domain))};
    return {std::string(auth::to_string(verdict.result)), verdict.result == auth::Result::temperror
                                                              ? words<"dns-silent">()
                                                              : words<"record-changed">()};
  }
  return {};
}

std::string dkim_reason(const dkim::Verdict& verdict) {
  switch (verdict.problem) {
    case dkim::Problem::no_key:
    case dkim::Problem::key_revoked:
      return words<"key-rotated">();
    case dkim::Problem::body_absent:
      return words<"body-absent">();
    case dkim::Problem::body_hash_mismatch:
    case dkim::Problem::signature_mismatch:
      return words<"changed-since">();
    case dkim::Problem::dns:
      return words<"dns-silent">();
    case dkim::Problem::unavailable:
      return words<"not-computed">();
    default:
      return words<"key-or-message-differs">();
  }
}

Rerun rerun_dkim(const RecordedMethod& method, const Authentication& auth) {
  const dkim::Verdict* found = nullptr;
  for (const auto& verdict : auth.dkim) {
    // Two signatures of one domain: the one that agrees is the one that was meant.
    if (!is_about(method, verdict)) continue;
    if (found == nullptr || auth::to_string(verdict.result) == method.result) found = &verdict;
  }
  if (found == nullptr) return {};
  return {std::string(auth::to_string(found->result)), dkim_reason(*found)};
}

bool rests_on_client(const RecordedMethod& method) {
  return method.method == "spf" || method.method == "dmarc";
}

// Of each field that names a client, by its line, the client.
using Clients = std::map<std::size_t, ip::Address>;

Clients clients_of(const std::vector<Recorded>& recorded) {
  Clients out;
  for (const Recorded& entry : recorded) {
    if (const auto client = recorded_client_ip(entry.method)) out.emplace(entry.line, *client);
  }
  return out;
}

Rerun rerun(const RecordedMethod& method, const Authentication& auth) {
  if (method.method == "spf") return rerun_spf(method, auth);
  if (method.method == "dkim") return rerun_dkim(method, auth);
  if (method.method == "dmarc" && auth.dmarc.author_domain) {
    return {std::string(auth::to_string(auth.dmarc.result)), words<"follows-dmarc">()};
  }
  if (method.method == "arc") {
    return {std::string(auth::to_string(auth.arc.result)), words<"arc-changed">()};
  }
  if (method.method == "dkim2" && auth.dkim2.is_present()) {
    return {std::string(auth::to_string(auth.dkim2.result)), words<"dkim2-changed">()};
  }
  return {};
}

// The word of RFC 8601 2.7 that a recorded one stands for; null for words of a vendor's own, which
// neither agree nor disagree.
std::optional<std::string_view> registered_word(std::string_view recorded) {
  static constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"none", "none"},           {"neutral", "neutral"},     {"pass", "pass"},
      {"fail", "fail"},           {"softfail", "softfail"},   {"policy", "policy"},
      {"temperror", "temperror"}, {"permerror", "permerror"}, {"hardfail", "fail"},
      {"error", "temperror"},     {"unknown", "permerror"},   {"bestguesspass", "none"}};
  for (const auto& [written, meant] : kWords) {
    if (recorded == written) return meant;
  }
  return std::nullopt;
}

// Signed, yet not to be judged today: nothing to hold against a record of the day.
bool is_open(std::string_view recomputed, std::string_view method, const Authentication& auth) {
  if (recomputed == "temperror" || recomputed == "neutral") return true;
  if (method == "dmarc") return auth.dmarc.undecided;
  return (method == "dkim" || method == "dkim2") && recomputed == "permerror";
}

}  // namespace

bool is_about(const RecordedMethod& method, const dkim::Verdict& verdict) {
  const auto d = method.property("header.d");
  const auto i = method.property("header.i");
  const auto s = method.property("header.s");
  if (!d && !i) return false;
  if (s && verdict.selector && !text::iequals(*s, *verdict.selector)) return false;
  const auto b = method.property("header.b");
  if (b && !b->empty() && !verdict.signature_text.starts_with(*b)) return false;
  return verdict.domain && text::iequals(d ? *d : identity_domain(*i), *verdict.domain);
}

std::vector<RecordedComparison> compare_recorded(const std::vector<Recorded>& recorded,
                                                 const Authentication& auth, const Route& route) {
  const Clients clients = clients_of(recorded);
  const auto& client = route.envelope.client_ip;
  std::vector<RecordedComparison> out;
  for (const auto& entry : recorded) {
    RecordedComparison comparison;
    comparison.recorded = entry;
    comparison.trusted = is_own_result(entry, route.boundary, route.hops);
    const auto about = clients.find(entry.line);
    comparison.of_other_client = about != clients.end() && client && about->second != *client;
    if (comparison.of_other_client && rests_on_client(entry.method)) {
      comparison.reason = words<"other-client">(with<"ip">(about->second.text()));
    } else if (!entry.passed_on) {  // else it was found at another place
      auto [result, reason] = rerun(entry.method, auth);
      // What could not be decided today neither agrees nor disagrees, nor what was not decided
      // then.
      const auto word = registered_word(entry.method.result);
      const bool open_then = word == "temperror" || word == "permerror";
      if (result && word && !open_then && !is_open(*result, entry.method.method, auth))
        comparison.agrees = *word == *result;
      if (comparison.agrees != true) comparison.reason = std::move(reason);
      comparison.recomputed = std::move(result);
    }
    out.push_back(std::move(comparison));
  }
  return out;
}

}  // namespace emltrace::trace
