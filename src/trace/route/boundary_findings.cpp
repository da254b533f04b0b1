#include "trace/route/boundary_findings.hpp"

#include <fmt/format.h>

namespace emltrace::trace {
namespace {

Finding gateway_finding(const Hop& border, const LikelyGateway& gateway) {
  return make_finding(
      border, "gateway-likely",
      fmt::format(
          "The client here, {}, may be the recipient's own gateway: then its line below is the "
          "border. Name it with --trust {} to have it judged so.",
          gateway.title, gateway.trust),
      {{"service", gateway.title}, {"trust", gateway.trust}, {"hint", gateway.hint}});
}

Finding hidden_finding(const Hop& hop) {
  const auto& from = hop.received.from;
  const std::string why = from.redacted || from.invalid_ip
                              ? "the address that was recorded cannot be read"
                          : from.ip ? fmt::format("it came through {}", from.ip->text())
                                    : "the line names no address";
  return make_finding(
      hop, "client-hidden",
      fmt::format("The client behind the recipient's own servers is not known ({}), and the line "
                  "below is by no host that is known for the recipient's: SPF was not checked.",
                  why));
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
    out.push_back(make_finding(
        "trust-unused",
        fmt::format("--trust {} matches no host that the recipient's own lines name: nothing "
                    "rests on it.",
                    given.trust[number].text),
        {{"rule", given.trust[number].text}}));
  }
  return out;
}

}  // namespace emltrace::trace
