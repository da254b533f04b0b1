#include "trace/route/gateway.hpp"

#include <algorithm>

#include "trace/route/families.hpp"
#include "trace/route/filter_service.hpp"
#include "trace/route/links.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

// Two hosts of one filter service are not one customer's where both names say whose they are.
bool same_customer(const DomainName& client, const DomainName& mx) {
  const auto one = customer_label(client);
  const auto other = customer_label(mx);
  return !one || !other || *one == *other;
}

// `mx.filter.example` and `mx7.filter.example`: hosts of one pool are numbered.
std::string without_digits(const DomainName& host) {
  std::string text = host.text();
  std::erase_if(text, [](char c) { return c >= '0' && c <= '9'; });
  return text;
}

}  // namespace

void Gateways::add(dns::Client& client, const DomainName& recipient, bool claimed) {
  if (recipient.label_count() < 2 || std::ranges::find(asked_, recipient) != asked_.end()) return;
  asked_.push_back(recipient);
  for (const auto& mx : client.ask({recipient, dns::Type::mx}).exchanges()) {
    if (mx.exchange) hosts_.push_back({*mx.exchange, claimed});
  }
}

void Gateways::learn(dns::Client& client, const DomainName& recipient) {
  add(client, recipient, false);
}

void Gateways::learn_claimed(dns::Client& client, const DomainName& recipient) {
  add(client, recipient, true);
}

bool Gateways::known() const {
  return std::ranges::any_of(hosts_,
                             [](const Mx& mx) { return !mx.claimed || is_filter_host(mx.host); });
}

bool Gateways::hold(const DomainName& client, const OwnInfrastructure& own) const {
  const bool by_others_alone =
      std::ranges::none_of(hosts_, [&](const Mx& mx) { return !mx.claimed && own.holds(mx.host); });
  return std::ranges::any_of(hosts_, [&](const Mx& mx) {
    if (mx.claimed && !is_filter_host(mx.host)) return false;
    if (without_digits(client) == without_digits(mx.host)) return true;
    const bool one_pool = is_filter_host(mx.host) || (!mx.claimed && by_others_alone);
    return one_pool && related(client, mx.host) && same_customer(client, mx.host);
  });
}

bool Gateways::hint(const DomainName& client) const {
  return std::ranges::any_of(hosts_, [&](const Mx& mx) { return mx.claimed && mx.host == client; });
}

std::vector<DomainName> names_not_disproved(const HostFacts& facts) {
  std::vector<DomainName> names = facts.confirmed;
  const bool elsewhere = facts.recorded_check == NameCheck::elsewhere && names.empty();
  if (facts.recorded_rdns && !elsewhere) names.push_back(*facts.recorded_rdns);
  const bool open = facts.helo_check == NameCheck::confirmed ||
                    (names.empty() && (facts.helo_check == NameCheck::unknown ||
                                       facts.helo_check == NameCheck::near));
  if (facts.helo && open) names.push_back(*facts.helo);
  return names;
}

std::optional<LikelyGateway> likely_gateway(const Message& message, std::span<const Hop> hops,
                                            std::span<const HostFacts> facts, std::size_t border,
                                            const Gateways& gateways) {
  if (border == 0) return std::nullopt;
  const auto below = writer_of(hops[border - 1]);
  for (const DomainName& name : names_not_disproved(facts[border])) {
    if (gateways.hint(name) && related(name, below)) {
      return LikelyGateway{name.text(), name.text(), "MX of a recipient that the header names"};
    }
    if (gateways.known()) continue;
    const Family* family = family_of_host(name);
    if (family == nullptr || !family->filter_service || !below || !same_family(name, *below))
      continue;
    std::string trust = customer_label(name) ? name.text() : "." + name.last_labels(2).text();
    LikelyGateway likely{std::string(family->title), std::move(trust), {}};
    for (const Field& field : message.fields()) {
      const GatewayHint* hint = gateway_hint(field.name);
      if (hint == nullptr || (!hint->family.empty() && hint->family != family->key)) continue;
      likely.hint = std::string(field.name);
      return likely;
    }
  }
  return std::nullopt;
}

}  // namespace emltrace::trace
