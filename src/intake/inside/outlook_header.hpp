#pragma once

#include <string>
#include <vector>

#include "intake/inside/mapi.hpp"

/// A mail header out of what Outlook knows of a message that came with none: sent items, mail
/// inside one Exchange organization, drafts.
namespace emltrace::outlook_header {

/// From, Sender (where another acted), To, Cc, Subject, Date and Message-ID as far as properties
/// name them; LF ends the lines. No property can add a line of its own. An address of Exchange
/// (`/O=…/CN=…`) is no mail address: such a mailbox is a name without one. Empty where neither an
/// author, a time nor an identifier is there: then it is no mail.
[[nodiscard]] std::string make(const mapi::Properties& message,
                               const std::vector<mapi::Properties>& recipients);

}  // namespace emltrace::outlook_header
