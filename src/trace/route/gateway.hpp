#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dns/client.hpp"
#include "message/headers.hpp"
#include "message/received/hop.hpp"
#include "trace/route/host_facts.hpp"
#include "trace/route/own.hpp"

/// The host in front of the recipient's mailbox that is another firm's: a filter service, a backup
/// MX.
namespace emltrace::trace {

/// Who takes in mail for the recipient, by its domain's MX (RFC 5321 5.1).
class Gateways {
 public:
  /// Asks for the MX of a domain that own hosts named as the envelope recipient's.
  void learn(dns::Client& client, const DomainName& recipient);
  /// The same of a domain that only the header names: there a sender could put his own, so filter
  /// services alone count.
  void learn_claimed(dns::Client& client, const DomainName& recipient);
  /// DNS has told the MX of a recipient: what it does not name is no gateway of his.
  [[nodiscard]] bool known() const;

  /// The client named so is such a host: by its own name, one of the same numbered pool, or another
  /// host of the same customer's filter service. Where no own host is among the MX, all mail comes
  /// by them, so any host of their organization or provider is meant.
  [[nodiscard]] bool hold(const DomainName& client, const OwnInfrastructure& own) const;
  /// The client is an MX host of a domain that only the header names: a hint.
  [[nodiscard]] bool hint(const DomainName& client) const;

 private:
  struct Mx {
    DomainName host;
    bool claimed;  ///< by the header alone
  };
  void add(dns::Client& client, const DomainName& recipient, bool claimed);
  std::vector<DomainName> asked_;
  std::vector<Mx> hosts_;
};

/// Names of a client that DNS does not speak against, for a question that its HELO may answer where
/// nothing better is known.
[[nodiscard]] std::vector<DomainName> names_not_disproved(const HostFacts& facts);

/// A filter service that only hints say to be the recipient's: nothing settles it.
struct LikelyGateway {
  std::string title;  ///< of the service, for people
  std::string trust;  ///< the `--trust` that would settle it
  std::string hint;   ///< the field or the MX by which it is guessed
};
/// Null where the client of the border is no host of a filter service that also wrote the line
/// below, or where the recipient's MX are known: then it is the sender's own service.
[[nodiscard]] std::optional<LikelyGateway> likely_gateway(const Message& message,
                                                          std::span<const Hop> hops,
                                                          std::span<const HostFacts> facts,
                                                          std::size_t border,
                                                          const Gateways& gateways);

}  // namespace emltrace::trace
