#pragma once

#include "message/received/received.hpp"

/// What kind of hand-over a Received line tells of, apart from SMTP between hosts.
namespace emltrace {

/// Inside one host, or between the parts of one mail system: LMTP in all spellings (RFC 2033), the
/// pipes of Exim (`local`, `spam-scanned`, `archive`), qmail's `invoked`, lines of a user number,
/// scanners, Exchange's shadow copies and resubmissions, and every line that tells of no client.
/// Where such a line names a client all the same (qmail-scanner does), it repeats what the line
/// below it recorded.
[[nodiscard]] bool is_local_handover(const Received& received);

/// A person handed the message in by a browser, or a program did by the same service's interface:
/// HTTP, but not the HTTPS by which Exchange Online and Yahoo hand on inside. Never a local
/// hand-over, even where the browser's address is not told.
[[nodiscard]] bool is_web_submission(const Received& received);

/// A program fetched the message from a mailbox (POP, IMAP): the client is the mailbox's server.
[[nodiscard]] bool is_pull(const Received& received);

}  // namespace emltrace
