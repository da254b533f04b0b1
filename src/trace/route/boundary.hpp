#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dns/client.hpp"
#include "message/received/hop.hpp"
#include "trace/route/families.hpp"
#include "trace/route/given.hpp"
#include "trace/route/host_facts.hpp"

namespace emltrace::trace {

/// The recipient's own infrastructure as far as it is known: what its hosts are called.
class OwnInfrastructure {
 public:
  void add_rule(const TrustRule& rule) { rules_.push_back(rule); }
  void add_host(const DomainName& host);
  void add_family(const Family& family);
  [[nodiscard]] bool holds(const DomainName& host) const;
  /// `helo` is what the host at the address said of itself.
  [[nodiscard]] bool holds(const ip::Address& address, std::string_view helo) const;
  /// The name belongs to a family that is own, by a host through which mail leaves it.
  [[nodiscard]] bool is_own_outbound(const DomainName& host) const;

 private:
  std::vector<TrustRule> rules_;
  std::vector<DomainName> hosts_;
  std::vector<const Family*> families_;
};

/// The line was written by a program that fetched the message from a mailbox (POP, IMAP).
[[nodiscard]] bool is_pull(const Received& received);

/// Where the recipient's own lines end, and what that rests on.
struct Boundary {
  OwnInfrastructure own;
  std::optional<std::size_t> border;  ///< index into the hops; null where there is no hop
  std::size_t own_until = 0;          ///< fields of the message below this offset are the sender's
  bool outside = false;               ///< the border hop tells of a client outside, or of a user
  bool submission = false;            ///< the border hop is an authenticated or local submission
  std::vector<std::string> reasons;   ///< in step with the hops: why the line is an own host's;
                                      ///< empty below the border
};

/// What the newest lines say of each other, after the user's word. `hops` and `facts` run oldest
/// first, in step.
[[nodiscard]] Boundary find_boundary(const Message& message, std::span<const Hop> hops,
                                     std::span<const HostFacts> facts, const Given& given,
                                     dns::Client& client);

}  // namespace emltrace::trace
