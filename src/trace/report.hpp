#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/arc/arc.hpp"
#include "auth/dkim/dkim.hpp"
#include "auth/dkim2/dkim2.hpp"
#include "auth/dmarc/dmarc.hpp"
#include "auth/spf/spf.hpp"
#include "base/date.hpp"
#include "base/ip.hpp"
#include "intake/intake.hpp"
#include "message/address.hpp"
#include "message/message.hpp"
#include "message/received/received.hpp"
#include "message/results/recorded.hpp"
#include "trace/finding/finding.hpp"

namespace emltrace::trace {

/// How far a hop can be believed.
enum class Standing {
  own,           ///< inside the recipient's infrastructure
  border,        ///< written by it about the outside
  corroborated,  ///< a claim that independent evidence supports
  unverified,    ///< a claim that nothing supports or contradicts
  contradicted,  ///< evidence is against it
  discarded,     ///< below a contradicted hop
};
[[nodiscard]] std::string_view to_string(Standing standing);

/// What DNS says today about a hop's statements. Null: not asked, not answerable.
struct HopDns {
  std::optional<std::vector<DomainName>>
      ptr;                                ///< names of the address; an empty list: there are none
  std::optional<bool> forward_confirmed;  ///< a PTR name has the address
  std::optional<bool> helo_confirmed;  ///< the HELO name has the address, or is under a confirmed
                                       ///< PTR's organization
  std::optional<bool> by_exists;       ///< the `by` name has an address or an MX
};

/// The time hidden in an id of the hop.
struct HopClock {
  std::string producer;  ///< row of the clock table: `postfix-long`
  Instant time;
  std::int64_t precision_s;            ///< the token tells the time to this many seconds
  std::optional<std::int64_t> skew_s;  ///< written stamp − token; null without a stamp
};

/// The time hidden in a field that is no hop's: Message-ID, MIME boundary, X-QQ-mid …
struct MessageClock {
  std::size_t line = 0;
  std::string place;           ///< `Message-ID`, `boundary` …
  std::string text;            ///< as written
  HopClock clock;              ///< skew against the Date
  std::optional<bool> agrees;  ///< null where there is no Date to compare with
  bool weak = false;           ///< a mismatch proves nothing
};

struct Hop {
  int number = 0;          ///< 1 is the oldest
  std::size_t line = 0;    ///< in the input
  std::size_t offset = 0;  ///< of the field in the message text
  std::string raw;         ///< the field body, unfolded
  Received received;
  /// Stamp minus the stamp of the next older hop that has one; of the oldest one minus the Date
  /// field, the sender's word. Seconds; may be negative.
  std::optional<std::int64_t> delay_s;
  bool delay_from_date = false;  ///< `delay_s` is reckoned from the Date field
  Standing standing = Standing::unverified;
  std::string standing_reason;  ///< why, one phrase for people
  HopDns dns;
  std::optional<HopClock> clock;
  std::vector<std::string> findings;  ///< codes, in order, each once
};

struct Envelope {
  std::optional<ip::Address> client_ip;
  std::optional<std::string> helo;
  std::optional<std::string> mail_from;  ///< empty for the null path
  std::optional<std::string> rcpt_to;
  std::optional<Instant> received_at;
  std::optional<int> from_hop;  ///< the border hop
  std::vector<std::string>
      overridden;  ///< `client_ip`, `helo`, `mail_from`, `rcpt_to`: given, not read
  std::optional<std::string>
      source;  ///< where given facts came from: `command line`, `feedback-report`
};

struct Origin {
  std::optional<ip::Address> ip;
  std::optional<std::string> rdns;  ///< confirmed by DNS, or recorded by the hop
  std::optional<int> hop;
  std::optional<std::string> recorded_by;  ///< the `by` host of that hop
  std::string confidence;                  ///< `high`, `medium`, `low`, `none`
  std::string reason;                      ///< one sentence
  std::optional<ip::Address> claimed_ip;   ///< a lower address that only the sender's lines claim
  std::optional<int> claimed_hop;
};

enum class Level { clean, notice, suspicious, forged };
enum class Route { consistent, unverified, contradicted, absent };
enum class Author { authenticated, unauthenticated, contradicted, unknown };
[[nodiscard]] std::string_view to_string(Level level);
[[nodiscard]] std::string_view to_string(Route route);
[[nodiscard]] std::string_view to_string(Author author);

struct TraceVerdict {
  Level level = Level::clean;
  Route route = Route::absent;
  Author author = Author::unknown;
  std::string summary;  ///< one sentence
};

/// A recorded result beside the re-run.
struct RecordedComparison {
  Recorded recorded;
  bool trusted = false;                   ///< written by a host of standing own or border
  std::optional<std::string> recomputed;  ///< null where the re-run has no such result
  std::optional<bool> agrees;
  std::string reason;  ///< why they differ, as far as known; empty where they agree
};

/// The clock by which expiry was judged.
struct CheckClock {
  Instant at;
  std::string source;  ///< `border`, `now`, `given`
};

using auth::Dkim2Field;

/// Lines shown beside the chain: X-Received, Resent-*, Delivered-To …
struct SideLine {
  std::size_t line = 0;
  std::string name;
  std::string value;  ///< unfolded
};

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

struct DnsSummary {
  std::string mode;  ///< live, zone, replay, offline
  std::vector<std::string> servers;
  std::size_t questions = 0;
  std::size_t cached = 0;
  std::size_t failed = 0;               ///< failed, timed out or refused
  std::vector<std::string> unanswered;  ///< the questions that failed, `name TYPE: reason`
  std::int64_t elapsed_ms = 0;
};

using Evidence = std::vector<std::pair<std::string, std::string>>;

/// A finding about the message, with the usual severity of its kind.
[[nodiscard]] Finding make_finding(std::string code, std::string message, Evidence evidence = {});
/// The same about one hop.
[[nodiscard]] Finding make_finding(const Hop& hop, std::string code, std::string message,
                                   Evidence evidence = {});

/// Everything there is to say about one message. A plain value; the reports print it.
struct Report {
  std::string path;
  std::size_t index = 1;
  std::optional<std::string> part;
  intake::Kind kind = intake::Kind::message;
  std::size_t base_offset = 0;  ///< of the original in the input file, bytes: lines and offsets
                                ///< of the report count from there
  std::size_t bytes = 0;        ///< of the original
  std::string sha256;           ///< of the original, hexadecimal
  LineEnding line_ending = LineEnding::none;
  std::vector<intake::Repair> repairs;
  intake::WrapperFacts wrapper;

  Headers headers;
  Envelope envelope;
  CheckClock clock;
  std::vector<Hop> hops;  ///< 1 first
  std::vector<SideLine> beside;
  std::vector<MessageClock> clocks;
  Origin origin;
  std::vector<spf::Verdict> spf;
  std::vector<dkim::Verdict> dkim;
  arc::Verdict arc;
  dmarc::Verdict dmarc;
  std::vector<RecordedComparison> recorded;
  std::vector<Dkim2Field> dkim2;
  std::vector<Finding> findings;  ///< most severe first, then by hop from the newest
  TraceVerdict verdict;
  DnsSummary dns;
};

}  // namespace emltrace::trace
