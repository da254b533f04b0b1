#pragma once

#include <string_view>

/// What the subject and the recipients of a message tell about why another one is attached to it.
namespace emltrace::report_mark {

/// `Fwd:`, `WG:`, `转发:` … in front of a subject (decoded).
[[nodiscard]] bool is_forward(std::string_view subject);

/// What report buttons put in front of, or for, the subject of what they report: `[Phish Alert] x`,
/// `Potential Phish: x`, `3|x`, `Suspicious email reported by Carol`. Nothing but words about
/// reports, one that names the matter and one of reporting: `Phishing awareness: x` is none, nor
/// the
/// `[SPAM] x` of a filter.
[[nodiscard]] bool is_report(std::string_view subject);

/// True where `outer` is the subject `inner` with something in front that is no reply mark: whoever
/// wrote it wrote about that message (`Gemeldet: x` in whatever language).
[[nodiscard]] bool quotes_subject(std::string_view outer, std::string_view inner);

/// A mailbox for reports by its local part: `abuse@` (RFC 2142), `phishing-report@`, `is-spam@`.
[[nodiscard]] bool is_report_mailbox(std::string_view local_part);

}  // namespace emltrace::report_mark
