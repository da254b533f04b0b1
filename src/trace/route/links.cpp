#include "trace/route/links.hpp"

#include <algorithm>

#include "message/received/handover.hpp"
#include "trace/route/families.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

// Some providers' inner hosts sign with a bare host name; their software tells whose they are.
bool inner_host_of(const std::vector<DomainName>& names, const Hop& older) {
  return std::any_of(names.begin(), names.end(), [&](const DomainName& name) {
    const Family* family = family_of_host(name);
    return family != nullptr && writes_as(*family, older.received.producer);
  });
}

bool contains(const std::vector<ip::Address>& list, const std::optional<ip::Address>& address) {
  return address && std::find(list.begin(), list.end(), *address) != list.end();
}

bool helo_names(const Hop& newer, const std::optional<DomainName>& writer) {
  if (!newer.received.from.helo || !writer) return false;
  const auto helo = DomainName::parse(*newer.received.from.helo);
  return helo && (*helo == *writer || same_organization(helo, writer));
}

}  // namespace

// A filter that calls itself localhost often names its host beside it.
std::optional<DomainName> writer_of(const Hop& hop) {
  const auto& by = hop.received.by;
  if (!by.host) return std::nullopt;
  auto name = DomainName::parse(*by.host);
  if (by.alias && (!name || name->label_count() == 1)) return DomainName::parse(*by.alias);
  return name;
}

Link judge_link(const Hop& newer, const HostFacts& newer_facts, const Hop& older,
                const HostFacts& older_facts) {
  const Received& up = newer.received;
  const auto writer = writer_of(older);
  const bool up_tells = up.from.ip || up.from.helo || up.from.rdns;
  if (is_pull(up)) return Link::pulled;
  if (older.received.by.ip && up.from.ip == older.received.by.ip) return Link::supported;
  if (!up_tells) return Link::inside;
  if (!older.received.is_trace) return Link::broken;
  if (up.from.ip && !is_public(*up.from.ip)) {
    const bool one_host = up.from.ip->scope() == ip::Scope::loopback;
    if (one_host || helo_names(newer, writer) || related(writer_of(newer), writer))
      return Link::inside;
    return Link::open;
  }
  // The inner hosts of one provider hand on among themselves, by addresses of its own network.
  const Family* family = family_of_writer(older.received);
  if (family && up.from.ip &&
      family_of_inner_address(*up.from.ip, up.from.helo.value_or("")) == family)
    return Link::supported;
  if (is_local_handover(up) && related(writer_of(newer), writer)) return Link::inside;
  if (!writer)
    return older.received.by.ip ? Link::open
                                : (older.received.local_submission ? Link::inside : Link::open);
  const auto names = supported_names(newer_facts);
  if (any_of_organization(names, *writer) || any_of_family(names, *writer) ||
      contains(older_facts.by_addresses, up.from.ip)) {
    return Link::supported;
  }
  if (writer->label_count() == 1 && inner_host_of(names, older)) return Link::supported;
  if (helo_names(newer, writer)) return up.from.ip ? Link::named : Link::supported;
  if (related(writer_of(newer), writer)) return Link::open;
  // An internal name cannot be compared with a public one. A real server also writes an id or a
  // date.
  const bool complete = older.received.stamp || older.received.id;
  return is_private_name(*writer) && complete ? Link::open : Link::broken;
}

}  // namespace emltrace::trace
