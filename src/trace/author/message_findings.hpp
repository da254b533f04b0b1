#pragma once

#include <cstddef>
#include <vector>

#include "message/headers.hpp"
#include "message/message.hpp"
#include "trace/finding/finding.hpp"

namespace emltrace::trace {

/// What the fields of one message tell about themselves, without DNS: display tricks of the author
/// fields, fields that are missing, repeated or misplaced, bytes that readers see differently, and
/// the shape of the Date field. Lines and offsets are those of the message; evidence is the
/// offending bytes, raw, cut to kMaxEvidence. `headers` is read_headers(message).
[[nodiscard]] std::vector<Finding> message_findings(const Message& message, const Headers& headers);

/// Bytes of the message shown with one finding.
inline constexpr std::size_t kMaxEvidence = 200;

}  // namespace emltrace::trace
