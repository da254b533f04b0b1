#include "trace/author/signed_fields.hpp"

#include <algorithm>
#include <optional>

#include "auth/arc/chain.hpp"
#include "base/text.hpp"
#include "trace/author/recorded_comparison.hpp"
#include "trace/author/vouching.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

// A recorded pass that fits two signatures tells of neither.
const dkim::Verdict* only_one_meant(const RecordedMethod& method, const Authentication& auth) {
  const dkim::Verdict* found = nullptr;
  for (const auto& verdict : auth.dkim) {
    if (!is_about(method, verdict)) continue;
    if (found != nullptr) return nullptr;
    found = &verdict;
  }
  return found;
}

bool was_recorded_as_passing(const dkim::Verdict& verdict, const Authentication& auth) {
  return std::ranges::any_of(auth.recorded, [&](const RecordedComparison& entry) {
    const RecordedMethod& method = entry.recorded.method;
    return entry.trusted && method.method == "dkim" && method.result == "pass" &&
           only_one_meant(method, auth) == &verdict;
  });
}

}  // namespace

SignedFields::SignedFields(const Message& message, const Authentication& auth) : message_(message) {
  for (std::size_t i = 0; i < auth.dkim.size(); ++i) {
    const dkim::Verdict& verdict = auth.dkim[i];
    if (auth.is_partial(i)) continue;
    if (verdict.result == auth::Result::pass ||
        (is_open(verdict) && was_recorded_as_passing(verdict, auth)))
      add(host_name(verdict.domain), verdict.signed_headers);
  }
  const bool any_arc = std::ranges::any_of(auth.arc.sets, [](const arc::Set& set) {
    return set.message_signature == auth::Result::pass;
  });
  if (any_arc) {
    for (const arc::Link& link : arc::collect_chain(message).links) {
      const auto set = std::ranges::find(auth.arc.sets, link.instance, &arc::Set::instance);
      if (set == auth.arc.sets.end() || set->message_signature != auth::Result::pass ||
          !link.message)
        continue;
      add(link.message->signature.domain, link.message->signature.headers);
    }
  }
  if (signatures_.empty()) return;
  std::unordered_map<std::string, std::size_t> seen;
  below_.resize(message.fields().size());
  for (std::size_t i = below_.size(); i-- > 0;)
    below_[i] = seen[text::lower(message.fields()[i].name)]++;
}

void SignedFields::add(const std::optional<DomainName>& domain,
                       const std::vector<std::string>& names) {
  if (!domain) return;
  Signature signature{*domain, {}};
  for (const std::string& header : names) ++signature.names[text::lower(header)];
  signatures_.push_back(std::move(signature));
}

bool SignedFields::covers(const Signature& signature, std::size_t field) const {
  const auto at = signature.names.find(text::lower(message_.fields()[field].name));
  return at != signature.names.end() && below_[field] < at->second;
}

}  // namespace emltrace::trace
