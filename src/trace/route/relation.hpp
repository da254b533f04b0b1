#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/domain.hpp"

/// How host names stand to each other.
namespace emltrace::trace {

/// The name that a text writes; null where it is absent or no domain name.
[[nodiscard]] std::optional<DomainName> host_name(const std::optional<std::string>& text);
/// domain_of_address of message/mailbox, for an address that may not be known.
[[nodiscard]] std::optional<DomainName> domain_of_address(
    const std::optional<std::string>& address);

/// Both are known, have more than one label, and share their organizational domain.
[[nodiscard]] bool same_organization(const std::optional<DomainName>& a,
                                     const std::optional<DomainName>& b);
/// One of the names is `name` itself or of its organization.
[[nodiscard]] bool any_of_organization(std::span<const DomainName> names, const DomainName& name);
/// Both are hosts of one provider family.
[[nodiscard]] bool same_family(const DomainName& a, const DomainName& b);
/// One of the names is a host of the family of `name`.
[[nodiscard]] bool any_of_family(std::span<const DomainName> names, const DomainName& name);
/// The same name, organization or family. False where one is not known.
[[nodiscard]] bool related(const std::optional<DomainName>& a, const std::optional<DomainName>& b);

}  // namespace emltrace::trace
