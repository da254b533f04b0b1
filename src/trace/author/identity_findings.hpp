#pragma once

#include <vector>

#include "dns/client.hpp"
#include "trace/report.hpp"
#include "trace/route/boundary.hpp"
#include "trace/route/host_facts.hpp"

namespace emltrace::trace {

/// The identities of the message beside its route: envelope against author, Message-ID against
/// hops, recipients, open relays, providers whose route is missing. Uses the report as filled so
/// far (hops, envelope, authentication).
[[nodiscard]] std::vector<Finding> identity_findings(const Message& message, const Report& report,
                                                     const Boundary& boundary, dns::Client& client);

}  // namespace emltrace::trace
