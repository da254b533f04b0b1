#pragma once

#include <optional>

#include "base/ip.hpp"
#include "dns/client.hpp"
#include "trace/route/network.hpp"

namespace emltrace::trace {

struct Announcement {
  LookedUp outcome = LookedUp::unknown;
  std::optional<Network> network;  ///< set where `outcome` is found
};

/// The network of an address by Team Cymru's zones: `origin.asn.cymru.com`,
/// `origin6.asn.cymru.com`, and the name of the first system under `asn.cymru.com`. Of several
/// announced prefixes the longest counts; a record about another prefix is passed over.
[[nodiscard]] Announcement look_up_announcement(dns::Client& client, const ip::Address& address);

/// Bytes of a name that are kept.
inline constexpr std::size_t kMaxNetworkName = 200;
/// `US`; null for all else.
[[nodiscard]] std::optional<std::string> country_code(std::string_view text);

}  // namespace emltrace::trace
