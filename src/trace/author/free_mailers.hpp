#pragma once

#include "base/domain.hpp"

namespace emltrace::trace {

/// The name itself is a domain under which anybody gets a mailbox at once and for nothing
/// (`gmail.com`). Mailboxes of access providers are left out: their holders are known customers.
[[nodiscard]] bool is_free_mailer(const DomainName& name);

}  // namespace emltrace::trace
