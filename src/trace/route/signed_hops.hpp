#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "auth/dkim2/verdict.hpp"
#include "base/instant.hpp"
#include "message/received/hop.hpp"

namespace emltrace::trace {

/// A Received line that a DKIM2 chain bears out: a domain signed that it sent the message to the
/// domain of the line's writer, at a time that fits the line. It proves that hand-over, no address
/// and no host name.
struct SignedHop {
  std::size_t index = 0;      ///< of the hop
  std::size_t signature = 0;  ///< i=
  std::string domain;         ///< d=
  Instant signed_at;
};

/// Ties each signature to the line that its next receiver wrote, by names of one organization and
/// by time, and notes its number (`SignatureVerdict::hop`). Names alone are anybody's to write: a
/// line is borne out only where its signature and all newer ones verify, the newest instance
/// matches the message, custody holds up to the delivery, and the recipient is one of the newest
/// rt=. `hops` oldest first.
[[nodiscard]] std::vector<SignedHop> tie_signatures(std::span<const Hop> hops,
                                                    dkim2::Verdict& verdict);

}  // namespace emltrace::trace
