#pragma once

#include <optional>
#include <vector>

#include "base/ip.hpp"
#include "trace/report.hpp"

namespace emltrace::trace {

/// The address of the sending side that a report is about.
struct ReportedSource {
  ip::Address address;
  bool is_client = false;  ///< it connected to the border; else it is the origin
};
/// The client at the border; where it is a host inside a provider or a private network, which
/// nobody outside can look up, the origin. Null where neither is known.
[[nodiscard]] std::optional<ReportedSource> reported_source(const Report& report);

/// Somebody who takes reports about a message.
struct Addressee {
  Contact contact;
  std::optional<ip::Address> network;  ///< in whose network, or at whose host, he answers; null
                                       ///< where a handle names him
  std::vector<const Handle*> handles;  ///< what he needs to find the account; of the report
};
/// All that were found, best first, each address once: operators of handles that are genuine, who
/// answers for the network of the reported source, and for that of the other one of border's client
/// and origin. A contact may be a form on the web.
[[nodiscard]] std::vector<Addressee> addressees(const Report& report);

/// The one party that a report about what came from `source` goes to (RFC 6650 4): the operator of
/// a handle that is trusted; else who answers for the network of that address, by look-ups, or by
/// the name of the host that DNS confirms; else abuse@ the author's domain, where that vouches for
/// the message and is no mailbox provider's for everybody. Null where none of them is known, or
/// takes reports by a form alone.
[[nodiscard]] std::optional<Contact> contact_for(const Report& report, const ip::Address& source);
/// The handles whose operator can find the account behind the message.
[[nodiscard]] std::vector<const Handle*> trusted_handles(const Report& report);
/// Where reports of failed authentication go: a `ruf` address of the author's own organization
/// (RFC 9991; at another one it has to be confirmed first). Null where there is none.
[[nodiscard]] std::optional<Contact> failure_contact(const Report& report);

}  // namespace emltrace::trace
