#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/domain.hpp"
#include "message/received/hop.hpp"
#include "trace/clock/reading.hpp"
#include "trace/route/boundary.hpp"
#include "trace/route/envelope.hpp"
#include "trace/route/host_facts.hpp"
#include "trace/route/signed_hops.hpp"
#include "trace/route/standing.hpp"

namespace emltrace::trace {

/// What speaks for a stranger on the path: domains whose signature or SPF passes for this message,
/// now or by a trusted record, and their MX hosts.
using Vouched = std::vector<DomainName>;
/// One of those domains and the name are of one organization.
[[nodiscard]] bool is_vouched(const Vouched& vouched, const DomainName& name);

/// Weeks in which hosts are seldom renamed or moved, seconds.
inline constexpr std::int64_t kRecent = std::int64_t{30} * 86'400;

/// The road of one message: the hops as they were written, and beside them, in step, what is known
/// and thought of each. Filled in this order; who reads a member needs those above it.
struct Route {
  std::span<const Hop> hops;    ///< oldest first
  Instant now;                  ///< the clock by which an answer of DNS is of its time
  std::optional<Instant> date;  ///< of the Date field, the sender's word
  bool list_mail = false;  ///< a List-Id (RFC 2919) is there: lists hide, keep and hold back lines
  std::span<const std::optional<ClockReading>> clocks;
  std::vector<HostFacts> facts;
  Boundary boundary;
  Envelope envelope;
  std::optional<std::vector<DomainName>>
      recipient_mx;  ///< MX hosts of the recipient's domain; null: not known
  Vouched vouched;
  std::vector<DomainName> open_signers;  ///< domains whose signature passes or could not be judged
  std::vector<SignedHop> signed_hops;    ///< lines that a DKIM2 chain bears out
  std::vector<Judgement> judgements;

  /// The message passed hop `i` so lately that DNS of today speaks of its hosts: by its stamp, else
  /// by that of a newer hop, else by the Date. True where there is no time at all.
  [[nodiscard]] bool is_recent(std::size_t i) const;
  [[nodiscard]] Standing standing(std::size_t i) const { return judgements[i].standing; }
  /// Null where there is no hop.
  [[nodiscard]] const Hop* border() const {
    return boundary.border ? &hops[*boundary.border] : nullptr;
  }
};

/// The MX hosts of the domain behind an address; null where DNS does not tell, or there are none.
[[nodiscard]] std::optional<std::vector<DomainName>> look_up_mx(
    dns::Client& client, const std::optional<std::string>& address);

}  // namespace emltrace::trace
