#include "trace/route/route.hpp"

#include "trace/route/relation.hpp"

namespace emltrace::trace {

bool is_vouched(const Vouched& vouched, const DomainName& name) {
  return any_of_organization(vouched, name);
}

bool Route::is_recent(std::size_t i) const {
  std::optional<Instant> time = date;
  for (std::size_t k = i; k < hops.size(); ++k) {
    if (!hops[k].received.stamp) continue;
    time = hops[k].received.stamp->instant;
    break;
  }
  return !time || (now - *time).count() <= kRecent;
}

std::optional<std::vector<DomainName>> look_up_mx(dns::Client& client,
                                                  const std::optional<std::string>& address) {
  const auto domain = domain_of_address(address);
  if (!domain || domain->label_count() < 2) return std::nullopt;
  const dns::Answer& answer = client.ask({*domain, dns::Type::mx});
  if (answer.status != dns::Status::ok) return std::nullopt;
  std::vector<DomainName> hosts;
  for (const auto& mx : answer.exchanges()) {
    if (mx.exchange) hosts.push_back(*mx.exchange);
  }
  return hosts;
}

}  // namespace emltrace::trace
