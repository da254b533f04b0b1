#pragma once

#include <optional>
#include <vector>

#include "base/ip.hpp"
#include "trace/report.hpp"

namespace emltrace::report {

/// The one party that a report about what came from `source` goes to (RFC 6650 4): the operator of
/// a handle that is trusted; else who answers for the network of that address, by look-ups, or by
/// the name of the host that DNS confirms; else abuse@ the author's domain, where that vouches for
/// the message and is no mailbox provider's for everybody. Null where none of them is known, or
/// takes reports by a form alone.
[[nodiscard]] std::optional<trace::Contact> contact_for(const trace::Report& report,
                                                        const ip::Address& source);
/// The handles whose operator can find the account behind the message.
[[nodiscard]] std::vector<const trace::Handle*> trusted_handles(const trace::Report& report);
/// Where reports of failed authentication go: a `ruf` address of the author's own organization
/// (RFC 9991; at another one it has to be confirmed first). Null where there is none.
[[nodiscard]] std::optional<trace::Contact> failure_contact(const trace::Report& report);

}  // namespace emltrace::report
