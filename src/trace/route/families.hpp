#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/domain.hpp"
#include "base/ip.hpp"

namespace emltrace::trace {

/// Hosts of one large mail provider or sending service. Lists hold blank-separated domain names; a
/// name covers itself and all below it.
struct Family {
  std::string_view key;    ///< `microsoft`
  std::string_view title;  ///< for people
  std::string_view hosts;  ///< domains of its mail hosts
  std::string_view
      outbound;  ///< host patterns of what leaves it for the outside: `*` stands for any text
  std::string_view inner_networks;  ///< addresses its inner hosts use among themselves
  std::string_view author_domains;  ///< mailboxes it serves to the public
  std::string_view
      producers;  ///< Received producers (received.hpp) of its inner hosts that give no full name
  bool sending_service =
      false;  ///< sends on behalf of others (ESP), so a stranger on the path is no relay
  bool results_below = false;  ///< writes its results below its own Received line, and takes off
                               ///< what others wrote in its name
};

[[nodiscard]] std::span<const Family> families();
/// The family whose hosts include this name; null if none.
[[nodiscard]] const Family* family_of_host(const DomainName& host);
/// The family whose inner networks include this address; null if none.
[[nodiscard]] const Family* family_of_inner_address(const ip::Address& address);
/// The family whose inner hosts write this kind of Received field without a full name; null if
/// none.
[[nodiscard]] const Family* family_of_producer(std::string_view producer);
/// The family that serves mailboxes of this domain; null if none.
[[nodiscard]] const Family* family_of_author(const DomainName& domain);
/// True where the name is one of the hosts by which mail leaves the family.
[[nodiscard]] bool is_outbound_host(const Family& family, const DomainName& host);

}  // namespace emltrace::trace
