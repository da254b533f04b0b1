#include "trace/route/host_facts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "auth/dmarc/org_domain.hpp"
#include "trace/route/families.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

using dns::Status;
using dns::Type;

std::optional<DomainName> host_name(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  auto name = DomainName::parse(*text);
  if (!name || !name->is_host_name()) return std::nullopt;
  return name;
}

bool contains(const std::vector<ip::Address>& list, const ip::Address& address) {
  return std::find(list.begin(), list.end(), address) != list.end();
}

void look_up_ptr(dns::Client& client, const ip::Address& address, HostFacts& facts) {
  HopDns& out = facts.dns;
  const auto reverse = DomainName::parse(address.reverse_name());
  const dns::Answer& answer = client.ask({*reverse, Type::ptr});
  if (answer.pending() || answer.error()) return;
  facts.ptr_answered = true;
  out.ptr = answer.names();
  bool all_known = true;
  const auto names = answer.names();
  for (std::size_t i = 0; i < names.size() && i < kMaxPtrNames; ++i) {
    const dns::Answer& forward = client.ask({names[i], address.is_v4() ? Type::a : Type::aaaa});
    if (forward.pending() || forward.error()) {
      all_known = false;
    } else if (contains(forward.addresses(), address)) {
      facts.confirmed.push_back(names[i]);
    }
  }
  if (!facts.confirmed.empty()) {
    out.forward_confirmed = true;
  } else if (all_known) {
    out.forward_confirmed = false;
  }
}

// How a name stands to the address by its own addresses, which are told in `found`.
NameCheck check_name(dns::Client& client, const DomainName& name, const ip::Address& address,
                     std::vector<ip::Address>& found) {
  const dns::Answer& answer = client.ask({name, address.is_v4() ? Type::a : Type::aaaa});
  if (answer.pending() || answer.error() || answer.unheld) return NameCheck::unknown;
  found = answer.addresses();
  if (contains(found, address)) return NameCheck::confirmed;
  if (found.empty()) return NameCheck::no_address;
  const bool near = std::any_of(found.begin(), found.end(),
                                [&](const auto& other) { return is_near(other, address); });
  return near ? NameCheck::near : NameCheck::elsewhere;
}

void look_up_by(dns::Client& client, const DomainName& by, HostFacts& facts) {
  HopDns& out = facts.dns;
  const dns::Answer& v4 = client.ask({by, Type::a});
  const dns::Answer& v6 = client.ask({by, Type::aaaa});
  const dns::Answer& mx = client.ask({by, Type::mx});
  bool all_known = true;
  for (const dns::Answer* answer : {&v4, &v6, &mx}) {
    if (answer->status == Status::ok) out.by_exists = true;
    if (answer->pending() || answer->error() || answer->unheld) all_known = false;
  }
  for (const dns::Answer* answer : {&v4, &v6}) {
    for (const auto& address : answer->addresses()) facts.by_addresses.push_back(address);
  }
  if (out.by_exists || !all_known) return;
  out.by_exists = false;
  facts.by_known_absent = v4.status == Status::no_such_name;
  if (!facts.by_known_absent) return;
  const DomainName registrable = auth::registrable_domain(by);
  facts.by_domain_absent = registrable.label_count() >= 2 &&
                           client.ask({registrable, Type::ns}).status == Status::no_such_name;
}

}  // namespace

bool is_private_name(const DomainName& name) {
  // RFC 8375: a delegated name that is nobody's.
  static const DomainName home = *DomainName::parse("home.arpa");
  return name.label_count() == 1 || name.is_within(home) || !auth::has_public_top_level(name);
}

namespace {

HostFacts look_up_host(dns::Client& client, const Hop& hop) {
  HostFacts facts;
  const Received& received = hop.received;
  facts.helo = host_name(received.from.helo);
  // What the server itself marked as doubtful supports nothing.
  if (!received.from.may_be_forged) facts.recorded_rdns = host_name(received.from.rdns);
  const auto& ip = received.from.ip;
  // The inner addresses of a provider are known by their network; DNS has no names for them.
  if (ip && is_public(*ip) &&
      family_of_inner_address(*ip, received.from.helo.value_or("")) == nullptr) {
    look_up_ptr(client, *ip, facts);
    if (facts.helo && !is_private_name(*facts.helo))
      facts.helo_check = check_name(client, *facts.helo, *ip, facts.helo_addresses);
    std::vector<ip::Address> ignored;
    if (facts.recorded_rdns) {
      facts.recorded_check = check_name(client, *facts.recorded_rdns, *ip, ignored);
    }
  }
  if (facts.helo) {
    const bool shares = std::any_of(
        facts.confirmed.begin(), facts.confirmed.end(),
        [&](const DomainName& name) { return auth::same_organization(name, *facts.helo); });
    if (shares) facts.helo_check = NameCheck::confirmed;
  }
  if (facts.helo_check != NameCheck::unknown) {
    facts.dns.helo_confirmed = facts.helo_check == NameCheck::confirmed;
  }
  // Nor for most of their inner hosts: that one does not exist in public says nothing.
  const auto by = host_name(received.by.host);
  if (by && family_of_host(*by) == nullptr && !is_private_name(*by)) look_up_by(client, *by, facts);
  return facts;
}

}  // namespace

std::vector<HostFacts> look_up_hosts(dns::Client& client, std::span<const Hop> hops) {
  std::vector<HostFacts> facts(hops.size());
  for (std::size_t i = hops.size(), asked = 0; i-- > 0 && asked < kMaxHopsAsked; ++asked) {
    facts[i] = look_up_host(client, hops[i]);
  }
  return facts;
}

std::vector<DomainName> confirmed_names(dns::Client& client, const ip::Address& address) {
  HostFacts facts;
  look_up_ptr(client, address, facts);
  return facts.confirmed;
}

bool helo_disproved(const HostFacts& facts, bool recent) {
  if (!facts.helo || facts.helo_check != NameCheck::elsewhere) return false;
  if (facts.recorded_rdns && facts.recorded_check != NameCheck::elsewhere)
    return !related(facts.helo, facts.recorded_rdns);
  return recent && !facts.confirmed.empty();
}

// Neighbours in one small network are one operator's more often than not: NAT and separate
// outbound addresses are the usual reason for a HELO that points next door.
bool is_near(const ip::Address& a, const ip::Address& b) {
  return a.is_v4() == b.is_v4() && ip::Network(a, a.is_v4() ? 24 : 48).contains(b);
}

bool is_inner(const ip::Address& address) {
  switch (address.scope()) {
    case ip::Scope::loopback:
    case ip::Scope::private_use:
    case ip::Scope::shared:
    case ip::Scope::link_local:
      return true;
    default:
      return false;
  }
}

bool is_public(const ip::Address& address) {
  return address.is_global() || address.scope() == ip::Scope::documentation;
}

std::vector<DomainName> supported_names(const HostFacts& facts) {
  std::vector<DomainName> names = facts.confirmed;
  if (facts.recorded_rdns) names.push_back(*facts.recorded_rdns);
  if (facts.helo && facts.helo_check == NameCheck::confirmed) names.push_back(*facts.helo);
  return names;
}

}  // namespace emltrace::trace
