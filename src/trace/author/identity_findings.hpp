#pragma once

#include <vector>

#include "trace/author/examined.hpp"
#include "trace/finding/finding.hpp"

namespace emltrace::trace {

/// The identities of the message beside its route: envelope against author, Message-ID against
/// hops, recipients, open relays, providers whose route is missing.
[[nodiscard]] std::vector<Finding> identity_findings(const Examined& mail);

}  // namespace emltrace::trace
