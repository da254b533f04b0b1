#pragma once

#include <string>

#include "base/domain.hpp"
#include "base/result.hpp"

namespace emltrace::auth {

/// Uses another public suffix list than the system's from now on. Call before any question is asked
/// of it; not thread-safe.
[[nodiscard]] emltrace::Result<void> use_public_suffix_list(const std::string& path);

/// The registrable domain by the public suffix list (RFC 7489 3.2): `mail.example.co.uk` →
/// `example.co.uk`; a public suffix itself is given back as it is. The list is loaded at the first
/// call. Thread-safe.
[[nodiscard]] DomainName registrable_domain(const DomainName& name);

/// True where both have the same registrable domain. For the trust analysis, which must not depend
/// on DMARC records.
[[nodiscard]] bool same_organization(const DomainName& a, const DomainName& b);

/// True where the name's top-level domain is delegated in the public DNS, as far as the public
/// suffix list knows; RFC 2606's `.example` counts, which stands for it. Names below others are
/// private to a network: that DNS does not hold them says nothing.
[[nodiscard]] bool has_public_top_level(const DomainName& name);

}  // namespace emltrace::auth
