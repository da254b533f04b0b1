#pragma once

#include <string>
#include <vector>

#include "trace/report.hpp"
#include "trace/route/boundary.hpp"
#include "trace/route/host_facts.hpp"

namespace emltrace::trace {

/// How a line fits under the newer one: is its writer the host that connected there?
enum class Link {
  supported,  ///< the writer is the client by DNS or by what the newer line's server looked up
  inside,     ///< handed over inside one host or one private network
  pulled,     ///< fetched from a mailbox (POP, IMAP): the client there is the mailbox, not a sender
  named,      ///< only the client's own HELO says so
  open,       ///< one of both tells too little to compare
  broken,     ///< the writer is somebody else
};

/// The link between `newer` and the line below it.
[[nodiscard]] Link judge_link(const Hop& newer, const HostFacts& newer_facts, const Hop& older,
                              const HostFacts& older_facts);

/// What speaks for a stranger on the path: domains whose signature or SPF passes for this message,
/// now or by a trusted record.
using Vouched = std::vector<DomainName>;
/// One of those domains and the name are of one organization.
[[nodiscard]] bool is_vouched(const Vouched& vouched, const DomainName& name);

/// Discards all hops below the contradicted one at `index`.
void discard_below(std::vector<Hop>& hops, std::size_t index);

/// Gives every hop below the border its standing and the reason, and tells broken links, forged
/// tails and imitated providers. Pure: all DNS answers are in `facts`.
[[nodiscard]] std::vector<Finding> judge_claims(std::vector<Hop>& hops,
                                                const std::vector<HostFacts>& facts,
                                                const Boundary& boundary, const Vouched& vouched);

}  // namespace emltrace::trace
