#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ip.hpp"

namespace emltrace::intake {

/// What the message around an attached one states about it: an abuse report (RFC 5965), a journal
/// of Exchange. Null: not stated.
struct WrapperFacts {
  std::string wrapper;          ///< what it was found in: `feedback-report`, `journal-report`,
                                ///< `user-report`, `forward`, `attachment`; empty if no wrapper
  std::string wrapper_from;     ///< From of the wrapper, for people
  std::string wrapper_subject;  ///< decoded
  /// The wrapper is a delivery status notification (RFC 3464): the message came back to its sender,
  /// and its header ends before the delivery that failed.
  bool returned = false;
  /// Of a delivery status notification: the domains (d=, as written) of its DKIM2 signatures, the
  /// notifier's own first, and the addresses of its To. Nobody has checked them.
  std::vector<std::string> notice_signers, notice_recipients;
  /// The wrapper is written by the recipient's own system, which knew the envelope at first hand.
  bool own_record = false;
  std::optional<ip::Address> source_ip;
  std::optional<std::string> mail_from;  ///< empty for the null path
  std::optional<std::string> rcpt_to;    ///< null where several are stated
  std::vector<std::string> recipients;   ///< all that are stated
  std::optional<std::string> helo;
  std::optional<std::string> arrival_date;
  std::optional<std::string> reporting_mta;  ///< the host that took the original, without `dns;`
  std::optional<std::string> feedback_type;  ///< `abuse`, `fraud`, `auth-failure` …
  std::vector<std::string> reported_domains;
};

}  // namespace emltrace::intake
