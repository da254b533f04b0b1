#pragma once

#include "message/message.hpp"
#include "trace/report.hpp"

namespace emltrace::trace {

/// The fields that name the author, the recipients and the subject. Where a field stands more than
/// once, the mailboxes of all of them are listed, in order; of Subject, Date, Message-ID and
/// Return-Path the first one counts; the Message-ID keeps its angle brackets. What is absent or
/// unreadable is null or empty; `date_raw` is the unfolded text of the Date field even where no
/// date could be read.
[[nodiscard]] Headers read_headers(const Message& message);

}  // namespace emltrace::trace
