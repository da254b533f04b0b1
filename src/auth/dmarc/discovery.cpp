#include "auth/dmarc/discovery.hpp"

#include "auth/dmarc/org_domain.hpp"

namespace emltrace::dmarc {
namespace {

// RFC 9989 4.10.1: the Author Domain's record, else the Organizational Domain's, else that of the
// Public Suffix Domain, which is where the walk stopped.
Discovery discover_by_walk(dns::Client& client, const DomainName& author) {
  Discovery found;
  found.walk = walk_tree(client, author);
  found.organization = organizational_domain(found.walk);
  const WalkNode& own = found.walk.nodes.front();
  if (own.record) {
    found.chosen = 0;
  } else if (found.organization) {
    const std::size_t last = found.walk.nodes.size() - 1;
    const std::size_t place = found.walk.find(*found.organization).value_or(last);
    const std::size_t node = found.walk.nodes[place].record ? place : last;
    if (found.walk.nodes[node].record) found.chosen = node;
  } else if (const WalkNode* failed = own.error ? &own : found.walk.error()) {
    found.open = failed->step.name + ": " + failed->reason;
  }
  return found;
}

// RFC 7489 6.6.3: the author domain, and only where it has no record at all the organizational
// domain. Several records end the discovery.
Discovery discover_by_list(dns::Client& client, const DomainName& author) {
  Discovery found;
  found.organization = auth::registrable_domain(author);
  auto& nodes = found.walk.nodes;
  nodes.push_back(query_record(client, author, Mode::rfc7489));
  const WalkNode& own = nodes.front();
  const bool answered = own.record || own.several || own.error;
  if (*found.organization != author && !answered) {
    nodes.push_back(query_record(client, *found.organization, Mode::rfc7489));
  }
  const WalkNode& last = nodes.back();
  if (last.record) found.chosen = nodes.size() - 1;
  if (last.error) found.open = last.step.name + ": " + last.reason;
  return found;
}

}  // namespace

Discovery discover(dns::Client& client, const DomainName& author, Mode mode) {
  return mode == Mode::rfc9989 ? discover_by_walk(client, author)
                               : discover_by_list(client, author);
}

}  // namespace emltrace::dmarc
