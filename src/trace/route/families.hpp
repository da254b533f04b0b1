#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/domain.hpp"
#include "base/ip.hpp"
#include "message/received/received.hpp"

namespace emltrace::trace {

/// Where a provider's border host puts its own results of SPF, DKIM and DMARC.
enum class ResultsPlace {
  above,        ///< above its Received line, as RFC 8601 5 wants
  right_below,  ///< the first block right below its line, in the border's own name
  at_end,       ///< behind the sender's fields, bound by an X-CM-TRANSID that is the id of its line
};

/// Hosts of one large mail provider, filter or sending service. Lists hold blank-separated words.
struct Family {
  std::string_view key = {};    ///< `microsoft`
  std::string_view title = {};  ///< for people
  std::string_view hosts = {};  ///< domains of its mail hosts; each covers itself and all below it
  /// Host patterns of what leaves it for the outside: `*` stands for any text. They hold for names
  /// below `hosts` alone.
  std::string_view outbound = {};
  std::string_view inner_networks = {};   ///< addresses that its inner hosts alone use
  std::string_view shared_networks = {};  ///< the same, but its outbound hosts use them too
  std::string_view firm_networks = {};    ///< all that the firm has: inner where the HELO is one of
                                          ///< its hosts and none by which mail leaves it
  std::string_view inner_names = {};  ///< patterns of inner host names that no DNS holds: a hint
                                      ///< beside a line of the family, no proof
  /// Mailboxes that it serves to the public and whose mail leaves by its own hosts: not those of
  /// access providers and of the nineties, whose owners send by any relay.
  std::string_view author_domains = {};
  std::string_view producers = {};  ///< Received producers (received.hpp) that are its hosts' alone
  std::string_view software = {};   ///< those of software that its hosts run as others do
  std::string_view sealers = {};    ///< d= of the ARC seals it makes as a forwarder that checks
  ResultsPlace results = ResultsPlace::above;
  bool sending_service = false;  ///< sends on behalf of others: a stranger on the path is no relay
  bool filter_service = false;   ///< takes mail in for others' domains and hands it on
  bool forwarder = false;        ///< hands mail for others' addresses on to their mailboxes
  bool hands_on_itself =
      false;  ///< a large mailbox provider whose mail leaves by its own hosts alone:
              ///< nobody else hands on a line of its hosts without one of his own
  bool many_customers = false;  ///< one customer is outside of another
};

[[nodiscard]] std::span<const Family> families();
/// The family whose hosts include this name, by the longest domain known; null if none.
[[nodiscard]] const Family* family_of_host(const DomainName& host);
/// The family whose inner hosts use this address; null if none. `helo` is what the host at the
/// address said of itself, empty where that is not known: it tells an outbound host of a shared
/// network.
[[nodiscard]] const Family* family_of_inner_address(const ip::Address& address,
                                                    std::string_view helo);
/// The family whose inner hosts bear such a name outside of DNS; null if none. Anybody can.
[[nodiscard]] const Family* family_of_inner_name(const DomainName& name);
/// The family whose hosts alone write this kind of Received field; null if none.
[[nodiscard]] const Family* family_of_producer(std::string_view producer);
/// The family that wrote the field, by the name after `by`, the producer, an inner name (with
/// the software that the family's row names, if any), or an inner address after `by`; null if none.
/// As true as the line.
[[nodiscard]] const Family* family_of_writer(const Received& received);
/// True where hosts of the family write this kind of Received field, alone or as others do.
[[nodiscard]] bool writes_as(const Family& family, std::string_view producer);
/// The family by whose hosts mail of this public mailbox domain leaves; null if none.
[[nodiscard]] const Family* family_of_author(const DomainName& domain);
/// True where the name is one of the hosts by which mail leaves the family.
[[nodiscard]] bool is_outbound_host(const Family& family, const DomainName& host);
/// True for the d= of a forwarder whose ARC seal counts.
[[nodiscard]] bool is_trusted_sealer(const DomainName& domain);
/// Where the host that wrote this Received field puts its results, by its name or its software.
[[nodiscard]] ResultsPlace results_place(const Received& border);

}  // namespace emltrace::trace
