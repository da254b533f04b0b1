#pragma once

#include <optional>
#include <string>

#include "base/domain.hpp"
#include "base/ip.hpp"
#include "dns/client.hpp"
#include "trace/route/network.hpp"

/// DNS block lists (RFC 5782): a question of type A whose answers lie in 127.0.0.0/8. Anything else
/// is a wildcard or somebody else's answer. 127.0.0.1 and 127.255.255.0/24 say something about the
/// asker, never about what was asked. Every other answer lists, and block_list_rows.hpp tells what
/// the known ones mean.
///
/// A list that lists everything, or nothing, would be a false witness. So its test entries are
/// asked too: one of addresses has to list 127.0.0.2 and not 127.0.0.1 (section 5; in IPv6 these
/// are
/// ::ffff:7f00:2 and ::ffff:7f00:1, and the first of them may be missing where the list answers for
/// IPv4), one of names must not list `invalid`, and where its test name is not listed its silence
/// proves nothing. Where they fail the result is not known.
namespace emltrace::trace {

/// The list holds domains, not addresses.
[[nodiscard]] bool is_list_of_names(const DomainName& zone);

[[nodiscard]] Listing ask_block_list(dns::Client& client, const DomainName& zone,
                                     const ip::Address& address);
[[nodiscard]] Listing ask_block_list(dns::Client& client, const DomainName& zone,
                                     const DomainName& name);

/// Bytes of a list's own words that are kept.
inline constexpr std::size_t kMaxListReason = 300;

}  // namespace emltrace::trace
