#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/dmarc/mode.hpp"
#include "auth/dmarc/record.hpp"
#include "base/domain.hpp"
#include "dns/client.hpp"

namespace emltrace::dmarc {

/// One name that was asked, as it is told to people.
struct WalkStep {
  std::string name;     ///< `_dmarc.a.com`
  std::string outcome;  ///< `record`, `no-record`, `no-such-name`, `several-records`,
                        ///< `invalid-record`, `error`
};

/// What stands at `_dmarc.` of one domain.
struct WalkNode {
  DomainName domain;
  WalkStep step;
  std::optional<PolicyRecord> record;  ///< exactly one valid record was there
  bool several = false;                ///< more than one: all are discarded
  bool error = false;                  ///< DNS gave no judgement
  bool pending = false;
  bool authenticated = false;
  std::string reason;  ///< for an error
};

[[nodiscard]] WalkNode query_record(dns::Client& client, const DomainName& domain, Mode mode);

/// The names of a DNS Tree Walk (RFC 9989 4.10) with what was found, from the starting point up to
/// where it stops: at psd=y, psd=n, or the top-level domain.
struct Walk {
  std::vector<WalkNode> nodes;
  [[nodiscard]] bool pending() const;
  /// The first name that DNS gave no judgement about; null if none.
  [[nodiscard]] const WalkNode* error() const;
  /// The place of the node of that domain; null if it was not on the way.
  [[nodiscard]] std::optional<std::size_t> find(const DomainName& domain) const;
};

inline constexpr std::size_t kMaxWalkQueries = 8;  ///< RFC 9989 4.10

/// Asks for all names at once, so that a walk takes one round.
[[nodiscard]] Walk walk_tree(dns::Client& client, const DomainName& start);

/// RFC 9989 4.10.2. Null where an error or a pending answer leaves it open.
[[nodiscard]] std::optional<DomainName> organizational_domain(const Walk& walk);

}  // namespace emltrace::dmarc
