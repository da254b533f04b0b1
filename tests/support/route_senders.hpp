#pragma once

#include <span>
#include <string_view>

#include "support/route_maker.hpp"

/// The sender's half of a route: from the author to the host that connects to the recipient.
namespace emltrace::test {

struct Sender {
  std::string_view name;
  /// Adds the lines, the names in DNS and, where it is not the client's address, the origin; gives
  /// the client.
  Host (*add)(RouteMaker& maker, Route& route);
};

/// Servers of firms and people, well kept and less well kept.
[[nodiscard]] std::span<const Sender> own_senders();
/// Mailbox providers and sending services.
[[nodiscard]] std::span<const Sender> provider_senders();
/// Messages that were on the way before: forwarders, lists.
[[nodiscard]] std::span<const Sender> passing_senders();

/// A person's program logs in at the domain's server, which sends it out, over relays or directly.
[[nodiscard]] Host add_own_server(RouteMaker& maker, Route& route);

}  // namespace emltrace::test
