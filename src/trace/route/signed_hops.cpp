#include "trace/route/signed_hops.hpp"

#include <algorithm>
#include <chrono>
#include <ranges>

#include "auth/dkim2/dkim2.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

constexpr std::chrono::minutes kSkew{15};  // between two clocks that are set

// Who the next line may be written by, and whom it may name as its client.
struct HandOver {
  std::vector<DomainName> senders, receivers;
  Instant from, until;
};

void put(std::vector<DomainName>& to, const std::optional<DomainName>& name) {
  if (name) to.push_back(*name);
}

HandOver hand_over(const dkim2::SignatureVerdict& signature, const dkim2::SignatureVerdict* next) {
  HandOver out;
  put(out.senders, host_name(signature.domain));
  put(out.senders, domain_of_address(signature.mail_from));
  for (const std::string& recipient : signature.rcpt_to)
    put(out.receivers, domain_of_address(std::optional(recipient)));
  put(out.receivers, host_name(signature.next_domain));
  if (next != nullptr) put(out.receivers, host_name(next->domain));
  out.from = *signature.signed_at - kSkew;
  out.until = *signature.signed_at + dkim2::kMaxAge;
  if (next != nullptr && next->signed_at) out.until = *next->signed_at + kSkew;
  return out;
}

bool fits(const Hop& hop, const HandOver& hand_over) {
  const Received& line = hop.received;
  if (!line.stamp || line.stamp->instant < hand_over.from || line.stamp->instant > hand_over.until)
    return false;
  const auto by = host_name(line.by.host);
  const auto from = host_name(line.from.rdns ? line.from.rdns : line.from.helo);
  return by && from && any_of_organization(hand_over.receivers, *by) &&
         any_of_organization(hand_over.senders, *from);
}

}  // namespace

std::vector<SignedHop> tie_signatures(std::span<const Hop> hops, dkim2::Verdict& verdict) {
  std::vector<SignedHop> out;
  bool proved = verdict.newest_matches() && verdict.rcpt_to == dkim2::Match::match &&
                verdict.mail_from != dkim2::Match::mismatch;
  std::size_t below = hops.size();
  const dkim2::SignatureVerdict* next = nullptr;
  for (dkim2::SignatureVerdict& signature : verdict.signatures | std::views::reverse) {
    if (!signature.i) continue;
    proved = proved && signature.is_verified() &&
             (next == nullptr || next->custody == dkim2::Custody::holds);
    for (std::size_t at = below; signature.signed_at && at-- > 0;) {
      if (!fits(hops[at], hand_over(signature, next))) continue;
      signature.hop = hops[at].number;
      if (proved)
        out.push_back({at, *signature.i, signature.domain.value_or(""), *signature.signed_at});
      below = at;
      break;
    }
    next = &signature;
  }
  return out;
}

}  // namespace emltrace::trace
