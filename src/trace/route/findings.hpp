#pragma once

#include <vector>

#include "trace/report.hpp"
#include "trace/route/boundary.hpp"
#include "trace/route/host_facts.hpp"
#include "trace/route/links.hpp"

namespace emltrace::trace {

/// What each Received field tells by itself and beside DNS: HELO against names and address,
/// addresses out of place, fields that could not be read, ids and keywords. Standings are set.
[[nodiscard]] std::vector<Finding> hop_findings(const std::vector<Hop>& hops,
                                                const std::vector<HostFacts>& facts,
                                                const Boundary& boundary, const Vouched& vouched);

/// The same queue id at hosts of different organizations.
[[nodiscard]] std::vector<Finding> reused_id_findings(const std::vector<Hop>& hops);

/// Times hidden in ids against the stamps: sets `hop.clock`, tells mismatches. A mismatch that is
/// proof makes a hop below the border `contradicted`, and all below it `discarded`.
[[nodiscard]] std::vector<Finding> clock_findings(std::vector<Hop>& hops, const Boundary& boundary);

/// Times hidden in fields of the author's program (Message-ID, MIME boundary …) beside the Date.
[[nodiscard]] std::vector<MessageClock> read_message_clocks(const Message& message,
                                                            const Headers& headers);
/// Those that contradict the Date: told, never proof, since a draft may lie for days.
[[nodiscard]] std::vector<Finding> message_clock_findings(const std::vector<MessageClock>& clocks,
                                                          const Headers& headers);

}  // namespace emltrace::trace
