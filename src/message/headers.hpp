#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "message/address.hpp"
#include "message/message.hpp"

namespace emltrace {

/// The fields that name the author, the recipients and the subject (RFC 5322 3.6).
struct Headers {
  std::vector<Mailbox> from, sender, reply_to, to, cc;
  std::string to_raw;  ///< text of a To field that names no mailbox, `(recipient list suppressed)`;
                       ///< else empty
  std::optional<std::string> subject;  ///< decoded
  std::optional<Date> date;
  std::string date_raw;
  std::optional<std::string> message_id;
  std::optional<std::string> return_path;  ///< empty for `<>`
};

/// Raw bytes of another charset are read as field_text says. Where a field stands more than once,
/// the mailboxes of all of them are listed, in order; of Subject, Date, Message-ID and Return-Path
/// the first one counts; the Message-ID keeps its angle brackets. What is absent or unreadable is
/// null or empty; `date_raw` is the unfolded text of the Date field even where no date could be
/// read.
[[nodiscard]] Headers read_headers(const Message& message);

/// Whether To or Cc names the address `local@domain`; letter case does not count.
[[nodiscard]] bool is_recipient(const Headers& headers, std::string_view address);

}  // namespace emltrace
