#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/domain.hpp"
#include "base/ip.hpp"
#include "dns/client.hpp"
#include "message/received/hop.hpp"

namespace emltrace::trace {

/// How a name that a client gave stands to its address.
enum class NameCheck {
  unknown,     ///< not asked, not answerable, or no host name
  confirmed,   ///< it has the address, or shares the organization of a confirmed PTR name
  near,        ///< it has another address of the same network (/24, /48)
  elsewhere,   ///< it has addresses, none of them near
  no_address,  ///< the name exists without an address of that family, or does not exist
};

/// What DNS says today about a hop's statements. Null: not asked, not answerable.
struct HopDns {
  std::optional<std::vector<DomainName>>
      ptr;                                ///< names of the address; an empty list: there are none
  std::optional<bool> forward_confirmed;  ///< a PTR name has the address
  std::optional<bool> helo_confirmed;  ///< the HELO name has the address, or is under a confirmed
                                       ///< PTR's organization
  std::optional<bool> by_exists;       ///< the `by` name has an address or an MX
};

/// What is known of the client and the writer of one hop, from the field and from DNS.
struct HostFacts {
  HopDns dns;
  std::optional<DomainName> helo;           ///< where it is a host name
  std::optional<DomainName> recorded_rdns;  ///< written by the hop's server
  std::vector<DomainName> confirmed;        ///< PTR names that have the address
  std::vector<ip::Address> helo_addresses;  ///< for evidence
  NameCheck helo_check = NameCheck::unknown;
  NameCheck recorded_check = NameCheck::unknown;  ///< the recorded rDNS against the address, today
  bool ptr_answered = false;      ///< DNS told the PTR names, or that there are none
  bool by_known_absent = false;   ///< DNS: the `by` name does not exist
  bool by_domain_absent = false;  ///< DNS: nor does its registrable domain
  std::vector<ip::Address> by_addresses;
};

inline constexpr std::size_t kMaxHopsAsked = 40;  ///< hops, newest first, for which DNS is asked
inline constexpr std::size_t kMaxPtrNames = 5;    ///< PTR names that are confirmed

/// Asks for PTR, forward and HELO addresses and the `by` host of each of the newest kMaxHopsAsked
/// hops; the facts of the others stay unknown, and so does what is pending. In step with `hops`.
[[nodiscard]] std::vector<HostFacts> look_up_hosts(dns::Client& client, std::span<const Hop> hops);

/// The names of an address that DNS confirms: its PTR names, at most kMaxPtrNames, that have it.
[[nodiscard]] std::vector<DomainName> confirmed_names(dns::Client& client,
                                                      const ip::Address& address);

/// The HELO is another host's name: it has its address elsewhere in DNS, and either the server
/// recorded another organization's name for the client at the time, or DNS confirms one today for a
/// line that is `recent`. That a name is not in DNS proves nothing.
[[nodiscard]] bool helo_disproved(const HostFacts& facts, bool recent);

/// A name without meaning outside one network: a single label, or below a top-level domain that
/// nobody delegated (`.local`, `.internal`, `.prv`; RFC 6761, RFC 6762 G).
[[nodiscard]] bool is_private_name(const DomainName& name);

/// Of one small network (/24, /48): one operator's more often than not.
[[nodiscard]] bool is_near(const ip::Address& a, const ip::Address& b);

/// An address that is used inside a network only: private, shared, link-local, loopback.
[[nodiscard]] bool is_inner(const ip::Address& address);

/// An address of the open network. Documentation addresses count: they stand for one in examples
/// and tests.
[[nodiscard]] bool is_public(const ip::Address& address);

/// Names that stand for the client with more than its own word: confirmed PTR names, the recorded
/// rDNS, a confirmed HELO.
[[nodiscard]] std::vector<DomainName> supported_names(const HostFacts& facts);

}  // namespace emltrace::trace
