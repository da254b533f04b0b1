#include "trace/route/client_place.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "message/received/handover.hpp"
#include "trace/route/families.hpp"
#include "trace/route/gateway.hpp"
#include "trace/route/links.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

const Hop& hop_of(const OwnLine& line) {
  return line.hops[line.index];
}

const HostFacts& facts_of(const OwnLine& line) {
  return line.facts[line.index];
}

bool by_user_rule(const OwnLine& line) {
  const auto& ip = hop_of(line).received.from.ip;
  if (ip && line.own.is_trusted(*ip)) return true;
  return std::ranges::any_of(names_not_disproved(facts_of(line)),
                             [&](const DomainName& name) { return line.own.is_trusted(name); });
}

// Names that a newer line's own server vouches for decide; a HELO alone never makes a client own.
bool client_is_own(const OwnLine& line) {
  const Received& received = hop_of(line).received;
  const HostFacts& facts = facts_of(line);
  const std::string helo = received.from.helo.value_or("");
  if (received.from.ip && line.own.holds(*received.from.ip, helo)) return true;
  const auto names = supported_names(facts);
  // Whoever keeps a reverse zone can write any name into it: a name that leads elsewhere is no
  // proof.
  if (facts.recorded_check == NameCheck::elsewhere && facts.confirmed.empty()) return false;
  // One tenant of a provider is outside of another: what left by an outbound host comes from
  // outside.
  if (std::ranges::any_of(names, [&](const auto& n) { return line.own.is_own_outbound(n); }))
    return false;
  return std::ranges::any_of(names, [&](const auto& n) { return line.own.holds(n); });
}

bool same_host(const Hop& a, const Hop& b) {
  const auto& one = a.received.by.host;
  const auto& other = b.received.by.host;
  return one && other && text::iequals(*one, *other);
}

// A scanner on the same host writes a line of its own about the same connection.
bool repeats_line_below(const OwnLine& line) {
  if (line.index == 0) return false;
  const Hop& older = line.hops[line.index - 1];
  const auto& ip = hop_of(line).received.from.ip;
  return ip && older.received.from.ip == ip && same_host(hop_of(line), older);
}

// A relay that calls itself by an own name and adds no rDNS: the line below is by exactly that
// name, and its client is an own host of the same small network.
bool is_own_relay_by_line_below(const OwnLine& line) {
  const HostFacts& facts = facts_of(line);
  const auto& ip = hop_of(line).received.from.ip;
  if (line.index == 0 || !ip || !facts.helo || facts.recorded_rdns) return false;
  if (facts.helo_check != NameCheck::unknown && facts.helo_check != NameCheck::near) return false;
  const Hop& older = line.hops[line.index - 1];
  if (writer_of(older) != facts.helo || !line.own.holds(*facts.helo) || !facts.confirmed.empty())
    return false;
  const auto& next = older.received.from.ip;
  const auto next_name = host_name(older.received.from.rdns);
  return next && next_name && line.own.holds(*next_name) && is_near(*next, *ip);
}

ClientPlace without_address(const OwnLine& line) {
  const Received& received = hop_of(line).received;
  if (received.from.redacted || received.from.invalid_ip) return {.side = Side::hidden};
  if (received.local_submission && line.index == 0) return {.side = Side::user};
  if (is_local_handover(received) || (!received.from.helo && !received.from.rdns)) {
    return {.side = Side::inside,
            .reason = "handed over inside one host",
            .transport = is_local_handover(received)};
  }
  const auto helo = host_name(received.from.helo);
  if (helo && (line.own.holds(*helo) || helo->text() == "localhost")) {
    return {.side = Side::inside,
            .reason = "handed over between the recipient's own hosts, by name"};
  }
  if (received.authenticated) return {.side = Side::user};
  return {.side = Side::hidden};
}

// A program may put a message into a mailbox by the provider's web interface: then an own line of
// the road by which it came stands below.
ClientPlace place_web_client(const OwnLine& line) {
  const ClientPlace inside{.side = Side::inside,
                           .reason = "put into the mailbox by the provider's own interface"};
  const bool named = hop_of(line).received.from.ip.has_value();
  return !named && line.index > 0 && next_is_own(line, inside) ? inside
                                                               : ClientPlace{.side = Side::user};
}

}  // namespace

bool is_submission(const Received& received) {
  return (received.authenticated && !is_local_handover(received)) || received.local_submission ||
         is_web_submission(received);
}

ClientPlace place_client(const OwnLine& line) {
  const Received& received = hop_of(line).received;
  if (is_pull(received))
    return {.side = Side::pulled, .reason = "fetched from the recipient's mailbox"};
  if (by_user_rule(line)) {
    return {.side = Side::inside,
            .reason = "handed over by a host named with --trust",
            .by_user = true,
            .by_own_name = true};
  }
  if (is_web_submission(received)) return place_web_client(line);
  if (!received.from.ip) return without_address(line);
  const bool own = client_is_own(line);
  ClientPlace place{
      .side = Side::inside, .by_own_name = own, .transport = is_local_handover(received)};
  if (own) {
    place.reason = "handed over between the recipient's own hosts";
  } else if (is_inner(*received.from.ip)) {
    place.reason = "handed over from an address inside the recipient's network";
  } else if (repeats_line_below(line)) {
    place.reason = "the same host wrote the line below about the same client";
  } else if (is_own_relay_by_line_below(line)) {
    place.by_own_name = true;
    place.reason = "handed over by an own host, which wrote the line below under that name";
  } else if (place.transport) {
    place.reason = "an inner transport of the recipient's system";
  } else if (received.authenticated || received.local_submission) {
    return {.side = Side::user};
  } else {
    return {.side = Side::outside};
  }
  // Inner relays may log in to each other; a person's client does not write a line below.
  const bool person = received.authenticated && !place.transport;
  if (person && (line.index == 0 || !next_is_own(line, place))) return {.side = Side::user};
  return place;
}

bool next_is_own(const OwnLine& line, const ClientPlace& place) {
  const Hop& newer = hop_of(line);
  const Hop& older = line.hops[line.index - 1];
  const Received& up = newer.received;
  if (!older.received.is_trace) return false;
  if (place.by_user) return true;
  const auto writer = writer_of(older);
  if (older.received.by.ip) {
    if (up.from.ip == older.received.by.ip || line.own.is_trusted(*older.received.by.ip))
      return true;
  }
  if (writer && line.own.is_trusted(*writer)) return true;
  if (line.own.holds_family(family_of_writer(older.received))) return true;
  // Programs on one host write lines that name no host at all (qmail's).
  if (!up.by.host && !up.by.ip && is_local_handover(up)) return true;
  if (!writer)
    return !older.received.by.host && (place.transport || is_local_handover(older.received));
  if (line.own.holds(*writer)) return true;
  // A HELO is chosen by who sends, behind a NAT too: alone it ties nobody to an own host, but where
  // no stranger can speak.
  const auto ties = [&](const std::optional<DomainName>& name) {
    return name && (*name == *writer || same_organization(name, writer));
  };
  const bool closed = place.transport || place.side == Side::pulled;
  if (ties(host_name(up.from.rdns)) || (closed && ties(host_name(up.from.helo)))) return true;
  // An inner name cannot be compared with a public one; it is believed where no stranger can stand.
  return is_private_name(*writer) && (place.transport || place.by_own_name);
}

}  // namespace emltrace::trace
