#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/domain.hpp"
#include "base/ip.hpp"
#include "dns/question.hpp"

namespace emltrace::dns {

enum class Status {
  ok,            ///< records of the type asked for are there
  no_data,       ///< the name exists, the type does not (RFC 2308 2.2)
  no_such_name,  ///< NXDOMAIN
  failed,        ///< SERVFAIL, a malformed reply, a CNAME loop, or no server could be reached
  timed_out,     ///< no answer within the question's or the message's time
  refused,       ///< REFUSED by every server, or asking is switched off (offline)
  pending,       ///< not known yet: the evaluator goes on and is run again
};
[[nodiscard]] std::string_view to_string(Status status);
/// The status of that word (`no-data`); null for any other.
[[nodiscard]] std::optional<Status> parse_status(std::string_view word);

struct MailExchange {
  std::uint16_t preference;
  std::optional<DomainName> exchange;  ///< null for the null MX `.` (RFC 7505)
  friend bool operator==(const MailExchange&, const MailExchange&) = default;
};

/// The character-strings of a TXT record, or the two of HINFO (RFC 1035 3.3.2), bytes as they came.
struct Text {
  std::vector<std::string> strings;
  friend bool operator==(const Text&, const Text&) = default;
};

struct Record {
  DomainName owner;
  Type type;
  std::uint32_t ttl;  ///< seconds
  std::variant<ip::Address, DomainName, MailExchange, Text>
      data;  ///< A/AAAA, PTR/CNAME/NS, MX, TXT/SPF/HINFO
  friend bool operator==(const Record&, const Record&) = default;
};

/// CNAME records that are followed for one question before it is called a failure.
inline constexpr std::size_t kMaxAliases = 16;

/// What is known of a question. The alias chain has been followed: `records` are of the type asked
/// for, preceded by the CNAME records that led there.
struct Answer {
  Status status = Status::pending;
  std::vector<Record> records;
  bool authenticated = false;   ///< the AD bit: a validating resolver vouched for it
  std::string server;           ///< `127.0.0.1:53`; empty where none was asked
  std::optional<Instant> time;  ///< when it came; null where no server was asked
  std::string reason;           ///< for failed, timed_out and refused: one phrase
  bool unheld = false;  ///< no_such_name only because a file of answers holds nothing of that
                        ///< name's domain: for the answer's user, not a fact about the world
  bool cached = false;  ///< asked before for another message: no question was sent for this

  [[nodiscard]] bool pending() const { return status == Status::pending; }
  /// No judgement can be based on it: failed, timed_out or refused.
  [[nodiscard]] bool error() const {
    return status == Status::failed || status == Status::timed_out || status == Status::refused;
  }
  [[nodiscard]] std::vector<ip::Address> addresses() const;
  /// PTR targets.
  [[nodiscard]] std::vector<DomainName> names() const;
  /// By ascending preference.
  [[nodiscard]] std::vector<MailExchange> exchanges() const;
  /// Each TXT record's strings joined without a separator (RFC 7208 3.3, RFC 6376 3.6.2.2).
  [[nodiscard]] std::vector<std::string> texts() const;
  friend bool operator==(const Answer&, const Answer&) = default;
};

}  // namespace emltrace::dns
