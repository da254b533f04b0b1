#include "trace/route/own.hpp"

#include <algorithm>

#include "auth/dmarc/org_domain.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

void add_once(std::vector<DomainName>& list, const DomainName& name) {
  if (std::ranges::find(list, name) == list.end()) list.push_back(name);
}

}  // namespace

void OwnInfrastructure::add_host(const DomainName& host) {
  add_once(hosts_, host);
  if (const Family* family = family_of_host(host)) add_family(*family);
}

void OwnInfrastructure::add_single(const DomainName& host) {
  add_once(singles_, host);
}

void OwnInfrastructure::add_family(const Family& family) {
  if (!holds_family(&family)) families_.push_back(&family);
}

bool OwnInfrastructure::is_trusted(const DomainName& host) {
  bool any = false;
  for (Rule& entry : rules_) {
    if (!entry.rule.matches(host)) continue;
    entry.used = true;
    any = true;
  }
  return any;
}

bool OwnInfrastructure::is_trusted(const ip::Address& address) {
  bool any = false;
  for (Rule& entry : rules_) {
    if (!entry.rule.matches(address)) continue;
    entry.used = true;
    any = true;
  }
  return any;
}

std::vector<std::size_t> OwnInfrastructure::unused_rules() const {
  std::vector<std::size_t> unused;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    if (!rules_[i].used) unused.push_back(i);
  }
  return unused;
}

bool OwnInfrastructure::holds(const DomainName& host) const {
  const auto matches = [&](const Rule& entry) { return entry.rule.matches(host); };
  if (std::ranges::any_of(rules_, matches)) return true;
  if (std::ranges::find(singles_, host) != singles_.end()) return true;
  if (const Family* family = family_of_host(host)) return holds_family(family);
  return any_of_organization(hosts_, host);
}

bool OwnInfrastructure::holds(const ip::Address& address, std::string_view helo) const {
  const auto matches = [&](const Rule& entry) { return entry.rule.matches(address); };
  return std::ranges::any_of(rules_, matches) ||
         holds_family(family_of_inner_address(address, helo));
}

bool OwnInfrastructure::holds_family(const Family* family) const {
  return family != nullptr && std::ranges::find(families_, family) != families_.end();
}

bool OwnInfrastructure::is_own_outbound(const DomainName& host) const {
  return std::ranges::any_of(families_,
                             [&](const Family* family) { return is_outbound_host(*family, host); });
}

}  // namespace emltrace::trace
