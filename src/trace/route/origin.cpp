#include "trace/route/origin.hpp"

#include <fmt/format.h>

namespace emltrace::trace {
namespace {

bool believed(Standing standing) {
  return standing == Standing::own || standing == Standing::border ||
         standing == Standing::corroborated;
}

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
std::optional<std::size_t> origin_hop(const std::vector<Hop>& hops,
                                      const std::vector<HostFacts>& facts, std::size_t border) {
  std::optional<std::size_t> any, open;
  for (std::size_t i = hops.size(); i-- > 0 && believed(hops[i].standing);) {
    const auto& ip = hops[i].received.from.ip;
    if (!ip) continue;
    if (i < border && address_is_doubtful(facts[i])) break;
    if (is_public(*ip)) {
      open = i;
    } else if (i <= border) {
      any = i;
    }
  }
  return open ? open : any;
}

std::optional<std::size_t> oldest_claim(const std::vector<Hop>& hops, std::size_t below) {
  for (std::size_t i = 0; i < below; ++i) {
    if (!believed(hops[i].standing) && hops[i].received.from.ip) return i;
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

void explain(Origin& origin, const std::vector<Hop>& hops, std::size_t index,
             const Boundary& boundary, const Vouched& vouched) {
  const Hop& hop = hops[index];
  if (index < *boundary.border) {
    const Hop& border = hops[*boundary.border];
    origin.confidence = writer_is_vouched(hop, vouched) ? "medium" : "low";
    origin.reason = fmt::format(
        "this is the statement of {}, {}. What the recipient's own servers recorded themselves is "
        "{} (hop {}).",
        writer(hop),
        writer_is_vouched(hop, vouched) ? "for whose part in this message SPF or a signature speaks"
                                        : "for which nothing speaks but that the line fits",
        border.received.from.ip ? border.received.from.ip->text() : "no address", border.number);
    return;
  }
  if (boundary.submission) {
    origin.confidence = "high";
    origin.reason = fmt::format(
        "{} took the message from an authenticated or local user at this address.", writer(hop));
    return;
  }
  const bool older_open = index > 0 && hops[index - 1].standing == Standing::unverified;
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

Origin find_origin(const std::vector<Hop>& hops, const std::vector<HostFacts>& facts,
                   const Boundary& boundary, const Envelope& envelope, const Vouched& vouched) {
  Origin origin;
  origin.confidence = "none";
  const auto index = boundary.border ? origin_hop(hops, facts, *boundary.border) : std::nullopt;
  if (index) {
    name_source(origin, hops[*index], facts[*index]);
    explain(origin, hops, *index, boundary, vouched);
  } else if (envelope.client_ip) {
    origin.ip = envelope.client_ip;
    origin.confidence = "medium";
    origin.reason =
        fmt::format("The client address was given by the {}; no line of the header records it.",
                    envelope.source.value_or("caller"));
  } else if (hops.empty()) {
    origin.reason =
        "There is no Received line: the message has not passed any mail server, or its trace was "
        "taken off.";
  } else {
    origin.reason = "No line that can be believed records the address of a client.";
  }
  const std::size_t below = index.value_or(boundary.border.value_or(0));
  if (const auto claim = oldest_claim(hops, below)) {
    origin.claimed_ip = hops[*claim].received.from.ip;
    origin.claimed_hop = hops[*claim].number;
  }
  return origin;
}

}  // namespace emltrace::trace
