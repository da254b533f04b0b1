#include "trace/route/trust_rule.hpp"

namespace emltrace::trace {

std::optional<TrustRule> TrustRule::parse(const std::string& text) {
  if (const auto network = ip::Network::parse(text)) return TrustRule{*network, text};
  const bool star = text.starts_with("*.");
  if (star || text.starts_with('.')) {
    if (auto domain = DomainName::parse(text.substr(star ? 2 : 1)))
      return TrustRule{Suffix{*domain}, text};
    return std::nullopt;
  }
  if (auto host = DomainName::parse(text); host && text.find_first_of("/*") == std::string::npos)
    return TrustRule{*host, text};
  return std::nullopt;
}

bool TrustRule::matches(const DomainName& host) const {
  if (const auto* name = std::get_if<DomainName>(&rule)) return *name == host;
  if (const auto* suffix = std::get_if<Suffix>(&rule))
    return host.is_within(suffix->domain) && host != suffix->domain;
  return false;
}

bool TrustRule::matches(const ip::Address& address) const {
  const auto* network = std::get_if<ip::Network>(&rule);
  return network != nullptr && network->contains(address);
}

}  // namespace emltrace::trace
