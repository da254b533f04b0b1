#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "auth/dmarc/mode.hpp"
#include "auth/dmarc/walk.hpp"
#include "base/domain.hpp"
#include "dns/client.hpp"

namespace emltrace::dmarc {

/// Where the policy for one author domain stands (RFC 9989 4.10.1, RFC 7489 6.6.3).
struct Discovery {
  std::optional<DomainName>
      organization;                   ///< the organizational domain; null where DNS left it open
  Walk walk;                          ///< what was asked, in order
  std::optional<std::size_t> chosen;  ///< the node of `walk` whose record applies
  std::optional<std::string> open;    ///< DNS left the policy open: why

  /// Null where no record applies.
  [[nodiscard]] const WalkNode* source() const { return chosen ? &walk.nodes[*chosen] : nullptr; }
};

[[nodiscard]] Discovery discover(dns::Client& client, const DomainName& author, Mode mode);

}  // namespace emltrace::dmarc
