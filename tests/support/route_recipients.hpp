#pragma once

#include <span>
#include <string>
#include <string_view>

#include "support/route_maker.hpp"

/// The recipient's half of a route: what its mail system writes.
namespace emltrace::test {

struct Recipient {
  std::string_view name;
  /// Sets the mailbox and, where its domain is one's own, the MX in DNS.
  void (*settle)(RouteMaker& maker, Route& route);
  /// The lines from the border up. The first one that it adds is the border.
  void (*add)(RouteMaker& maker, Route& route, const Host& client);
  bool usual = true;  ///< one that stands for the large part of all mail
};

/// Those that take mail straight from outside.
[[nodiscard]] std::span<const Recipient> plain_recipients();
[[nodiscard]] const Recipient& usual_recipient(RouteMaker& maker);
/// Those with a gateway, an inner network, a pull or another turn in front of the mailbox.
[[nodiscard]] std::span<const Recipient> special_recipients();

/// The receipt, and with it border, client and origin as far as no other truth was set before.
void receive(RouteMaker& maker, Route& route, const Recipient& recipient, const Host& client);

}  // namespace emltrace::test
