#pragma once

#include <cstddef>
#include <vector>

#include "auth/dkim2/verdict.hpp"
#include "base/domain.hpp"
#include "dns/client.hpp"

namespace emltrace::trace {

inline constexpr std::size_t kMaxReachAsked = 5;  ///< domains whose MX is asked for

/// Whom a DKIM2 signature sent the message to.
struct Reach {
  std::vector<DomainName> hosts;  ///< the domains of its rt= and their MX hosts
  bool complete = false;          ///< DNS told the MX of all, or that there is none
};

/// Of the signature whose envelope the delivery, or the next signature, does not fit. Nothing is
/// asked, and there are no hosts, where none is at odds.
struct Dkim2Reach {
  Reach delivery;  ///< of the newest signature
  Reach custody;   ///< of the one before the first break of custody
};
[[nodiscard]] Dkim2Reach look_up_reach(const dkim2::Verdict& verdict, dns::Client& client);

}  // namespace emltrace::trace
