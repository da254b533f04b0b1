#include "trace/route/boundary_findings.hpp"

#include "trace/finding/sentence.hpp"

namespace emltrace::trace {
namespace {

Finding gateway_finding(const Hop& border, const LikelyGateway& gateway) {
  return make_finding(
      border, say<"gateway-likely">(with<"service">(gateway.title), with<"trust">(gateway.trust)),
      {{"service", gateway.title}, {"trust", gateway.trust}, {"hint", gateway.hint}});
}

Finding hidden_finding(const Hop& hop) {
  const auto& from = hop.received.from;
  const std::string why = from.redacted || from.invalid_ip ? words<"unread-address">()
                          : from.ip ? words<"came-through">(with<"ip">(from.ip->text()))
                                    : words<"no-address">();
  return make_finding(hop, say<"client-hidden">(with<"why">(why)));
}

}  // namespace

std::vector<Finding> boundary_findings(const Boundary& boundary, std::span<const Hop> hops,
                                       const Given& given) {
  std::vector<Finding> out;
  if (boundary.border) {
    const Hop& border = hops[*boundary.border];
    if (boundary.likely_gateway) out.push_back(gateway_finding(border, *boundary.likely_gateway));
    if (boundary.client == BorderClient::hidden) out.push_back(hidden_finding(border));
  }
  for (const std::size_t number : boundary.own.unused_rules()) {
    out.push_back(make_finding(say<"trust-unused">(with<"rule">(given.trust[number].text)),
                               {{"rule", given.trust[number].text}}));
  }
  return out;
}

}  // namespace emltrace::trace
