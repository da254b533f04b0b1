#include "trace/route/relation.hpp"

#include <algorithm>

#include "auth/dmarc/org_domain.hpp"
#include "message/mailbox.hpp"
#include "trace/route/families.hpp"

namespace emltrace::trace {

std::optional<DomainName> host_name(const std::optional<std::string>& text) {
  return text ? DomainName::parse(*text) : std::nullopt;
}

std::optional<DomainName> domain_of_address(const std::optional<std::string>& address) {
  return address ? emltrace::domain_of_address(std::string_view(*address)) : std::nullopt;
}

bool same_organization(const std::optional<DomainName>& a, const std::optional<DomainName>& b) {
  return a && b && a->label_count() > 1 && b->label_count() > 1 && auth::same_organization(*a, *b);
}

bool any_of_organization(std::span<const DomainName> names, const DomainName& name) {
  return std::ranges::any_of(names, [&](const DomainName& other) {
    return other == name || same_organization(other, name);
  });
}

bool same_family(const DomainName& a, const DomainName& b) {
  const Family* family = family_of_host(a);
  return family != nullptr && family_of_host(b) == family;
}

bool any_of_family(std::span<const DomainName> names, const DomainName& name) {
  return std::ranges::any_of(names,
                             [&](const DomainName& other) { return same_family(other, name); });
}

bool related(const std::optional<DomainName>& a, const std::optional<DomainName>& b) {
  if (!a || !b) return false;
  if (*a == *b) return true;
  if (a->label_count() < 2 || b->label_count() < 2) return false;
  return auth::same_organization(*a, *b) || same_family(*a, *b);
}

}  // namespace emltrace::trace
