#include "trace/author/dkim2_reach.hpp"

#include <algorithm>

#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

Reach reach_of(const dkim2::SignatureVerdict& signature, dns::Client& client) {
  Reach out;
  for (const std::string& recipient : signature.rcpt_to) {
    const auto domain = domain_of_address(std::optional(recipient));
    if (domain && std::ranges::find(out.hosts, *domain) == out.hosts.end())
      out.hosts.push_back(*domain);
  }
  const std::size_t domains = out.hosts.size();
  out.complete = domains <= kMaxReachAsked;
  for (std::size_t i = 0; i < std::min(domains, kMaxReachAsked); ++i) {
    const dns::Answer& answer = client.ask({out.hosts[i], dns::Type::mx});
    if (answer.pending() || answer.error() || answer.unheld) out.complete = false;
    for (const auto& mx : answer.exchanges()) {
      if (mx.exchange) out.hosts.push_back(*mx.exchange);
    }
  }
  return out;
}

}  // namespace

Dkim2Reach look_up_reach(const dkim2::Verdict& verdict, dns::Client& client) {
  Dkim2Reach out;
  const dkim2::SignatureVerdict* before = nullptr;
  bool broken = false;
  for (const auto& signature : verdict.signatures) {
    if (!signature.i) continue;
    if (signature.custody == dkim2::Custody::broken && before != nullptr && !broken) {
      broken = true;
      out.custody = reach_of(*before, client);
    }
    before = &signature;
  }
  const bool at_odds =
      verdict.mail_from == dkim2::Match::mismatch || verdict.rcpt_to == dkim2::Match::mismatch;
  if (at_odds && before != nullptr) out.delivery = reach_of(*before, client);
  return out;
}

}  // namespace emltrace::trace
