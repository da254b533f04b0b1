#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/domain.hpp"
#include "base/ip.hpp"
#include "base/result.hpp"
#include "intake/item.hpp"
#include "report/exchange/redaction.hpp"
#include "trace/report.hpp"

/// What a report of abuse states, whichever format it is written in (RFC 5965, RFC 6650, XARF).
namespace emltrace::report {

/// Feedback types of RFC 5965 7.3, RFC 6430 and RFC 6591.
enum class FeedbackType { abuse, fraud, virus, other, not_spam, auth_failure };
[[nodiscard]] std::string_view to_string(FeedbackType type);

/// Who complains: a mailbox that somebody reads.
struct Reporter {
  std::string organization;
  std::string address;

  [[nodiscard]] std::string domain() const;
};

struct ComplaintOptions {
  Instant now;                        ///< of the report
  std::string authserv_id;            ///< under which results of this run are stated
  std::optional<Reporter> reporter;   ///< null: by the recipient, see default_reporter
  std::optional<FeedbackType> type;   ///< null: by what was found
  std::vector<DomainName> own;        ///< `--own`
  const Redaction* hidden = nullptr;  ///< null: nothing is
  bool key_of_run = false;            ///< its key is known to nobody

  /// A text as the complaint shows it: without the recipients, where they are to be hidden.
  [[nodiscard]] std::string told(std::string_view text) const;
  /// The same of a text in which a recipient may stand by his name alone: a subject, a link.
  [[nodiscard]] std::string told_words(std::string_view text) const;
};

/// How far the address that is reported can be believed.
enum class SourceRecord {
  own,     ///< the recipient's own server recorded it
  option,  ///< the command line gave it, from a log
  stated,  ///< another host, or a reporter, states it
};

struct Complaint {
  FeedbackType type = FeedbackType::abuse;
  Reporter reporter;
  ip::Address source;  ///< of whoever handed the message to the recipient's side
  SourceRecord record = SourceRecord::own;
  std::optional<std::uint16_t> port;  ///< of it, where a line recorded it
  std::optional<trace::Contact> to;   ///< the one party that can act; null where none is known
  std::vector<const trace::Handle*>
      handles;                           ///< trusted ones, for the operator to find the account
  std::optional<std::string> mail_from;  ///< empty for the null path
  std::optional<std::string> rcpt_to;
  std::optional<Instant> arrival;            ///< at the border
  std::optional<std::string> reporting_mta;  ///< the host that took it
  std::vector<std::string> domains;  ///< that answer for the message: SPF, DKIM or DMARC passed for
                                     ///< them. Of an authentication failure the author's
  std::vector<std::string> links;    ///< see reported_links.hpp; none with a failed authentication
  std::string subject;               ///< of the original; empty where it has none
  std::string original;              ///< the bytes that are attached
  bool header_only = false;          ///< they are a header
  std::string id;                    ///< 32 hexadecimal digits, the same for the same report
};

/// The error says why there is nothing to report: no address of the sending side is known, nobody
/// is known who reports, or no authentication failed where that was to be reported. What the
/// complaint shows of the recipients has been hidden already.
[[nodiscard]] Result<Complaint> make_complaint(const trace::Report& report,
                                               const intake::Item& item,
                                               const ComplaintOptions& options);

/// `fraud` where the author is contradicted, a finding shows an imitation that deceives, or the
/// recipient's filter says so; `virus` by that filter; else `abuse`.
[[nodiscard]] FeedbackType type_by_findings(const trace::Report& report);

/// Results of this run are worth stating: somebody could be asked.
[[nodiscard]] bool has_results(const trace::Report& report);

/// postmaster@ the recipient's domain, which RFC 5321 4.5.1 gives to somebody who reads it; at a
/// mailbox provider for everybody the recipient himself. Null where no domain is known, or where
/// naming him is what has to be hidden.
[[nodiscard]] std::optional<Reporter> default_reporter(const trace::Report& report,
                                                       const ComplaintOptions& options);

}  // namespace emltrace::report
