#include "trace/route/origin.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "message/received/handover.hpp"
#include "trace/route/families.hpp"
#include "trace/route/relation.hpp"

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

// An address that somebody outside can look up: no inner one, of a network or of a provider.
bool is_told(const Hop& hop) {
  const auto& ip = hop.received.from.ip;
  return ip && is_public(*ip) &&
         family_of_inner_address(*ip, hop.received.from.helo.value_or("")) == nullptr;
}

// The oldest believed hop with such a client; none above the border, whose clients are own hosts.
std::optional<std::size_t> origin_hop(const Route& route) {
  if (!route.boundary.border) return std::nullopt;
  const std::size_t border = *route.boundary.border;
  std::optional<std::size_t> found;
  for (std::size_t i = border + 1; i-- > 0 && is_believed(route.standing(i));) {
    if (i == border && route.standing(i) != Standing::border) break;
    if (i < border && address_is_doubtful(route.facts[i])) break;
    // The client of a pull is a mailbox.
    if (is_told(route.hops[i]) && !is_pull(route.hops[i].received)) found = i;
  }
  return found;
}

std::optional<std::size_t> oldest_claim(const Route& route, std::size_t below) {
  for (std::size_t i = 0; i < below; ++i) {
    if (!is_believed(route.standing(i)) && is_told(route.hops[i])) return i;
  }
  return std::nullopt;
}

// What web mail and providers note of a person's client, in nobody's word but that of the line.
void claim_by_field(Origin& origin, const Message& message) {
  static constexpr std::string_view kNames[] = {"X-Originating-IP", "X-Sender-IP", "X-Source-IP",
                                                "X-Client-IP"};
  for (const std::string_view name : kNames) {
    const Field* field = message.find(name);
    if (field == nullptr) continue;
    std::string text = unfold(field->body);
    std::erase_if(text, [](char c) { return c == '[' || c == ']'; });
    const auto ip = ip::Address::parse(text::trim(text));
    if (!ip || !is_public(*ip) || origin.ip == ip) continue;
    origin.claimed_ip = ip;
    origin.claimed_by = std::string(field->name);
    origin.claimed_line = field->line;
    return;
  }
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
  if (route.boundary.from_user()) {
    origin.confidence = "high";
    origin.reason = fmt::format(
        "{} took the message from an authenticated or local user at this address.", writer(hop));
    return;
  }
  const bool older_open = index > 0 && route.standing(index - 1) == Standing::unverified;
  const bool older_refuted = index > 0 && is_disproved(route.standing(index - 1));
  origin.confidence = older_open ? "medium" : "high";
  if (older_open) {
    origin.reason = fmt::format(
        "{} recorded the address from the connection itself; older lines exist that nothing "
        "supports or contradicts, so "
        "the message may come from further back.",
        writer(hop));
  } else if (older_refuted) {
    origin.reason = fmt::format(
        "{} recorded the address from the connection itself; all older lines are contradicted.",
        writer(hop));
  } else if (index > 0) {
    origin.reason = fmt::format(
        "{} recorded the address from the connection itself; the older lines fit it, and name no "
        "address further back that can be looked up.",
        writer(hop));
  } else {
    origin.reason =
        fmt::format("{} recorded the address from the connection itself, and no older line exists.",
                    writer(hop));
  }
}

// No line tells the client, but the command line, a result or a reporter does.
void name_client(Origin& origin, const Route& route) {
  origin.ip = route.envelope.client_ip;
  const auto source = route.envelope.sources.client_ip;
  if (source == Recorder::recorded) {
    const auto& statement = route.boundary.statement;
    origin.hop = route.envelope.from_hop;
    origin.recorded_by = statement ? statement->authserv_id : std::nullopt;
    if (!origin.recorded_by && route.border())
      origin.recorded_by = route.border()->received.by.host;
    origin.confidence = "high";
    origin.reason =
        fmt::format("the recipient's own {} names the address; its Received line does not.",
                    statement ? statement->header : "result");
    return;
  }
  origin.confidence = "medium";
  origin.reason = fmt::format(
      "The client address was given by {}; no line of the header records it.",
      source == Recorder::option ? "the command line" : "the report that carries the message");
}

}  // namespace

Origin find_origin(const Route& route, const Message& message) {
  Origin origin;
  origin.confidence = "none";
  const auto index = origin_hop(route);
  if (index) {
    name_source(origin, route.hops[*index], route.facts[*index]);
    explain(origin, route, *index);
  } else if (route.envelope.client_ip && is_public(*route.envelope.client_ip)) {
    name_client(origin, route);
  } else if (route.hops.empty()) {
    origin.reason =
        "There is no Received line: the message has not passed any mail server, or its trace was "
        "taken off.";
  } else if (route.boundary.client == BorderClient::hidden) {
    origin.reason =
        "The recipient's own servers recorded no address of the client that can be looked up; what "
        "stands below is the sender's word.";
  } else if (route.boundary.client == BorderClient::none) {
    origin.reason = "All lines are the recipient's own: nothing was recorded about the outside.";
  } else {
    origin.reason = "No line that can be believed records the address of a client.";
  }
  const std::size_t below = index.value_or(route.boundary.border.value_or(0));
  if (const auto claim = oldest_claim(route, below)) {
    origin.claimed_ip = route.hops[*claim].received.from.ip;
    origin.claimed_hop = route.hops[*claim].number;
    origin.claimed_line = route.hops[*claim].line;
  } else {
    claim_by_field(origin, message);
  }
  return origin;
}

}  // namespace emltrace::trace
