#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/inside/wrapper_facts.hpp"

/// Envelope journals of Exchange (MS-XJRNL; Exchange Server 2007 and later, Exchange Online): a
/// message whose text states the envelope of the message that is attached to it.
namespace emltrace::journal {

/// The field that Exchange puts into the header of each journal report, empty.
inline constexpr std::string_view kField = "X-MS-Journal-Report";

/// What the text part of a journal report states.
struct Record {
  std::optional<std::string> mail_from;  ///< `Sender:`; empty for `<>`, null where it is no address
  std::string message_id;  ///< of the message journaled, with its brackets; empty if not stated
  /// Whom the envelope named, each once: the address behind `Expanded:` or `Forwarded:` where there
  /// is one, for the other was put in its place by the categorizer.
  std::vector<std::string> recipients;
};

/// Journal-report-body = "Sender:" SP address CRLF "Subject:" … "Message-ID:" … 1*recipient
/// recipient = ( "Recipient" / "To" / "Cc" / "Bcc" ) ":" SP address
///             [ "," SP ( "Expanded" / "Forwarded" ) ":" SP address ] CRLF
/// Null where the text does not begin so: a Sender, a Message-ID and a recipient must be there.
[[nodiscard]] std::optional<Record> read(std::string_view text);

/// Puts the envelope into `facts`. A single recipient is the RCPT TO; of several none is.
void put(const Record& record, intake::WrapperFacts& facts);

}  // namespace emltrace::journal
