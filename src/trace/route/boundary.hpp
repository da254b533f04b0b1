#pragma once

#include <optional>
#include <string>
#include <vector>

#include "trace/analyse.hpp"
#include "trace/report.hpp"
#include "trace/route/families.hpp"
#include "trace/route/host_facts.hpp"

namespace emltrace::trace {

/// The recipient's own infrastructure as far as it is known: what its hosts are called.
class OwnInfrastructure {
 public:
  void add_rule(const TrustRule& rule) { rules_.push_back(rule); }
  void add_host(const DomainName& host);
  void add_family(const Family& family);
  [[nodiscard]] bool holds(const DomainName& host) const;
  [[nodiscard]] bool holds(const ip::Address& address) const;
  /// The name belongs to a family that is own, by a host through which mail leaves it.
  [[nodiscard]] bool is_own_outbound(const DomainName& host) const;

 private:
  std::vector<TrustRule> rules_;
  std::vector<DomainName> hosts_;
  std::vector<const Family*> families_;
};

/// The line was written by a program that fetched the message from a mailbox (POP, IMAP).
[[nodiscard]] bool is_pull(const Received& received);

/// Where the recipient's own lines end.
struct Boundary {
  OwnInfrastructure own;
  std::optional<std::size_t> border;  ///< index into the hops; null where there is no hop
  std::size_t own_until = 0;          ///< fields of the message below this offset are the sender's
  bool submission = false;            ///< the border hop is an authenticated or local submission
};

/// Gives the top hops, down to the border, their standing and the reason: options first, then what
/// the newest lines say of each other. `hops` and `facts` run oldest first, in step.
[[nodiscard]] Boundary find_boundary(const Message& message, std::vector<Hop>& hops,
                                     const std::vector<HostFacts>& facts, const Options& options,
                                     dns::Client& client);

}  // namespace emltrace::trace
