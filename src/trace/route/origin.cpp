#include "trace/route/origin.hpp"

#include <fmt/format.h>

namespace emltrace::trace {
namespace {

std::string writer(const Hop& hop) {
  if (hop.received.by.host) return *hop.received.by.host;
  if (hop.received.by.ip) return hop.received.by.ip->text();
  return "an unnamed host";
}

// A believed line below the border is still its writer's word: where DNS knows the name it looked
// up under other addresses, and nothing else leads to this one, the address is not the client's.
bool address_is_doubtful(const HostFacts& facts) {
  return facts.recorded_check == NameCheck::elsewhere && facts.confirmed.empty() &&
         facts.helo_check != NameCheck::confirmed;
}

// The oldest believed hop with a public client; where none has, the oldest with any client address.
std::optional<std::size_t> origin_hop(const Route& route) {
  if (!route.boundary.border) return std::nullopt;
  const std::size_t border = *route.boundary.border;
  std::optional<std::size_t> any, open;
  for (std::size_t i = route.hops.size(); i-- > 0 && is_believed(route.standing(i));) {
    const auto& ip = route.hops[i].received.from.ip;
    if (!ip) continue;
    if (i < border && address_is_doubtful(route.facts[i])) break;
    if (is_public(*ip)) {
      open = i;
    } else if (i <= border) {
      any = i;
    }
  }
  return open ? open : any;
}

std::optional<std::size_t> oldest_claim(const Route& route, std::size_t below) {
  for (std::size_t i = 0; i < below; ++i) {
    if (!is_believed(route.standing(i)) && route.hops[i].received.from.ip) return i;
  }
  return std::nullopt;
}

void name_source(Origin& origin, const Hop& hop, const HostFacts& facts) {
  origin.ip = hop.received.from.ip;
  origin.hop = hop.number;
  origin.recorded_by = hop.received.by.host ? hop.received.by.host
                       : hop.received.by.ip ? std::optional(hop.received.by.ip->text())
                                            : std::nullopt;
  if (!facts.confirmed.empty()) {
    origin.rdns = facts.confirmed.front().text();
  } else {
    origin.rdns = hop.received.from.rdns;
  }
}

bool writer_is_vouched(const Hop& hop, const Vouched& vouched) {
  const auto by = hop.received.by.host ? DomainName::parse(*hop.received.by.host) : std::nullopt;
  return by && by->label_count() > 1 && is_vouched(vouched, *by);
}

void explain(Origin& origin, const Route& route, std::size_t index) {
  const Hop& hop = route.hops[index];
  if (index < *route.boundary.border) {
    const Hop& border = *route.border();
    const bool vouched = writer_is_vouched(hop, route.vouched);
    origin.confidence = vouched ? "medium" : "low";
    origin.reason = fmt::format(
        "this is the statement of {}, {}. What the recipient's own servers recorded themselves is "
        "{} (hop {}).",
        writer(hop),
        vouched ? "for whose part in this message SPF or a signature speaks"
                : "for which nothing speaks but that the line fits",
        border.received.from.ip ? border.received.from.ip->text() : "no address", border.number);
    return;
  }
  if (route.boundary.submission) {
    origin.confidence = "high";
    origin.reason = fmt::format(
        "{} took the message from an authenticated or local user at this address.", writer(hop));
    return;
  }
  const bool older_open = index > 0 && route.standing(index - 1) == Standing::unverified;
  origin.confidence = older_open ? "medium" : "high";
  if (older_open) {
    origin.reason = fmt::format(
        "{} recorded the address from the connection itself; older lines exist that nothing "
        "supports or contradicts, so "
        "the message may come from further back.",
        writer(hop));
  } else if (index > 0) {
    origin.reason = fmt::format(
        "{} recorded the address from the connection itself; all older lines are contradicted.",
        writer(hop));
  } else {
    origin.reason =
        fmt::format("{} recorded the address from the connection itself, and no older line exists.",
                    writer(hop));
  }
}

}  // namespace

Origin find_origin(const Route& route) {
  Origin origin;
  origin.confidence = "none";
  const auto index = origin_hop(route);
  if (index) {
    name_source(origin, route.hops[*index], route.facts[*index]);
    explain(origin, route, *index);
  } else if (route.envelope.client_ip) {
    origin.ip = route.envelope.client_ip;
    origin.confidence = "medium";
    origin.reason =
        fmt::format("The client address was given by the {}; no line of the header records it.",
                    route.envelope.source.value_or("caller"));
  } else if (route.hops.empty()) {
    origin.reason =
        "There is no Received line: the message has not passed any mail server, or its trace was "
        "taken off.";
  } else {
    origin.reason = "No line that can be believed records the address of a client.";
  }
  const std::size_t below = index.value_or(route.boundary.border.value_or(0));
  if (const auto claim = oldest_claim(route, below)) {
    origin.claimed_ip = route.hops[*claim].received.from.ip;
    origin.claimed_hop = route.hops[*claim].number;
  }
  return origin;
}

}  // namespace emltrace::trace
