#include "auth/dkim2/custody.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "message/mailbox.hpp"

namespace emltrace::dkim2 {
namespace {

// Local parts byte for byte, domains without regard to case.
bool same_address(std::string_view a, std::string_view b) {
  const std::size_t at = a.rfind('@');
  if (at == std::string_view::npos || b.rfind('@') != at) return a == b;
  if (a.substr(0, at) != b.substr(0, at)) return false;
  const auto name = domain_of_address(a);
  return (name && name == domain_of_address(b)) || text::iequals(a.substr(at), b.substr(at));
}

// Who sent `later`: where mf= names no domain, d= takes its place.
std::optional<DomainName> sender_of(const Signature& later) {
  if (later.mail_from && !later.mail_from->empty()) return domain_of_address(*later.mail_from);
  return later.domain;
}

}  // namespace

std::string_view to_string(Custody custody) {
  static constexpr std::array<std::string_view, 3> kWords{"holds", "broken", "unchecked"};
  return kWords[static_cast<std::size_t>(custody)];
}

std::string_view to_string(Match match) {
  static constexpr std::array<std::string_view, 3> kWords{"unchecked", "match", "mismatch"};
  return kWords[static_cast<std::size_t>(match)];
}

bool is_under(std::string_view address, const DomainName& signing) {
  const auto name = domain_of_address(address);
  return name && name->is_within(signing);
}

EnvelopeCheck check_delivery(const Chain& chain, const Delivery& delivery) {
  EnvelopeCheck out;
  const Signature* newest = chain.newest();
  if (newest == nullptr) return out;
  if (newest->next_domain_text) {
    out.faults.push_back(
        signature_fault(Problem::dangling_next_domain, newest->i, "unexpected nd= tag"));
    return out;
  }
  for (const std::string& used : delivery.rcpt_to) {
    if (newest->rcpt_to.empty()) break;  // it could not be read
    const bool named = std::ranges::any_of(newest->rcpt_to, [&](const std::string& recipient) {
      return same_address(used, recipient);
    });
    if (named && out.rcpt_to == Match::unchecked) out.rcpt_to = Match::match;
    if (named || delivery.rcpt_to_rewritten) continue;
    out.rcpt_to = Match::mismatch;
    out.faults.push_back(signature_fault(Problem::rcpt_to_mismatch, newest->i,
                                         fmt::format("RCPT TO <{}> did not match", used)));
  }
  if (delivery.mail_from && newest->mail_from) {
    const bool same = same_address(*delivery.mail_from, *newest->mail_from);
    if (same) out.mail_from = Match::match;
    if (!same && !delivery.mail_from_rewritten) {
      out.mail_from = Match::mismatch;
      out.faults.push_back(
          signature_fault(Problem::mail_from_mismatch, newest->i,
                          fmt::format("MAIL FROM <{}> did not match", *delivery.mail_from)));
    }
  }
  return out;
}

CustodyCheck check_custody(const Signature& earlier, const Signature& later) {
  const auto broken = [&](Problem problem, const std::string& words) {
    return CustodyCheck{Custody::broken, signature_fault(problem, later.i, words)};
  };
  if (earlier.next_domain_text) {
    if (!earlier.next_domain || !later.domain) return {};
    if (*earlier.next_domain == *later.domain) return {Custody::holds, {}};
    return broken(
        Problem::next_domain,
        fmt::format("MAIL nd= does not match: i={} names {}, and {} signed", earlier.i.value_or(0),
                    *earlier.next_domain_text, later.domain->text()));
  }
  const auto sender = sender_of(later);
  if (earlier.rcpt_to.empty()) return {};
  const bool sent_to = sender && std::ranges::any_of(earlier.rcpt_to, [&](const std::string& to) {
                         const auto domain = domain_of_address(to);
                         return domain && sender->is_within(*domain);
                       });
  if (sent_to) return {Custody::holds, {}};
  if (!sender && !later.mail_from) return {};
  return broken(Problem::custody,
                fmt::format("MAIL FROM <{}> (d={}) is at no RCPT TO domain of i={}",
                            later.mail_from.value_or(""), later.domain_text.value_or(""),
                            earlier.i.value_or(0)));
}

Fault check_domain(const Signature& signature) {
  if (!signature.mail_from || signature.mail_from->empty() || !signature.domain) return {};
  if (is_under(*signature.mail_from, *signature.domain)) return {};
  return signature_fault(Problem::domain_mismatch, signature.i, "MAIL FROM and d= do not match");
}

}  // namespace emltrace::dkim2
