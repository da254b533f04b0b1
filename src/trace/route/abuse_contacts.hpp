#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/domain.hpp"
#include "base/ip.hpp"
#include "dns/client.hpp"
#include "trace/route/network.hpp"

namespace emltrace::trace {

struct AbuseContacts {
  LookedUp outcome = LookedUp::unknown;  ///< of the look-ups: a guess by RFC 2142 is nothing found
  std::vector<Contact> contacts;
};

inline constexpr std::size_t kMaxContacts = 10;

/// Who takes reports about an address, best first: what Abusix has from the registry of the network
/// (`abusix`), what abuse.net knows of the host's domain (`abuse.net`), and only where neither
/// names anybody abuse@ that domain (`rfc2142`). `hosts` are names of the address that DNS confirms
/// both ways; without one the address alone is asked about.
[[nodiscard]] AbuseContacts look_up_abuse_contacts(dns::Client& client, const ip::Address& address,
                                                   std::span<const DomainName> hosts);

/// A mailbox to which a report can be addressed, in US-ASCII, at the name of a host.
[[nodiscard]] bool is_report_address(std::string_view address);
/// abuse@ of the organization of a host (RFC 2142 4); null for a name that is nobody's: a public
/// suffix or a single label.
[[nodiscard]] std::optional<Contact> role_contact(const DomainName& host);

}  // namespace emltrace::trace
