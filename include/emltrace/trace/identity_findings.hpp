#pragma once

#include <vector>

#include "emltrace/dns/client.hpp"
#include "emltrace/trace/host_facts.hpp"
#include "emltrace/trace/report.hpp"
#include "emltrace/trace/standing.hpp"

namespace emltrace::trace {

/// The identities of the message beside its route: envelope against author, Message-ID against
/// hops, recipients, open relays, providers whose route is missing. Uses the report as filled so
/// far (hops, envelope, authentication).
[[nodiscard]] std::vector<Finding> identity_findings(const Message& message, const Report& report,
                                                     const Boundary& boundary, dns::Client& client);

}  // namespace emltrace::trace
