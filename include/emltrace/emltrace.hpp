#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Header forensics for e-mail: who put a message into the mail system, by what road it came, which
/// lines of its header can be believed, and whether its author is who it says.
///
///     const emltrace::Outcome outcome = emltrace::trace(bytes);
///     for (const emltrace::Report& report : outcome.reports) {
///       std::cout << emltrace::to_text(report);
///     }
///
/// Texts that come from the message or from DNS are as they were written: hostile, and not always
/// UTF-8. Only `to_json` and `to_text` escape them. What is not known is null.
// NOLINTNEXTLINE(modernize-concat-nested-namespaces): one of them may be inline
namespace emltrace {
#ifndef EMLTRACE_OWN_SOURCES  // which have names of their own in `emltrace`
inline
#endif
    namespace v1 {

/// UTC.
using Time = std::chrono::sys_seconds;

/// Whether messages inside the message are traced.
enum class Attached {
  automatic,  ///< the original in place of an abuse report (RFC 5965) or a forward-as-attachment
  never,
  all,  ///< the outer message and each inside
};

/// What the user knows and wants. The defaults ask the system's DNS servers, now.
struct Options {
  /// The name of the message in its reports.
  std::string name = "-";
  Attached attached = Attached::automatic;
  /// Tried where the bytes are an archive that needs one; `infected` is tried without being named.
  std::vector<std::string> passwords;

  /// The recipient's own servers, each a host name, `.suffix`, address or network in CIDR form.
  /// Empty: they are detected.
  std::vector<std::string> trust;
  /// Number of the hop in which the recipient's own server took the message from outside; 1 is the
  /// oldest. Null: it is detected.
  std::optional<int> border;

  /// The recipient's own domains, of which imitations are told, and names of his people in UTF-8,
  /// which are told where they stand at a domain that is not own.
  std::vector<std::string> own;
  std::vector<std::string> vip;

  /// Envelope facts known from elsewhere, a log: they override what the trace says.
  std::optional<std::string> client_ip;
  std::optional<std::string> helo;
  std::optional<std::string> mail_from;  ///< `a@b`; empty or `<>` for the null path
  std::optional<std::string> rcpt_to;    ///< `a@b`

  /// No DNS question is asked.
  bool offline = false;
  /// The text of a master file (RFC 1035 5) that answers all DNS questions: what it lacks does not
  /// exist. Goes before `offline` and `resolvers`.
  std::optional<std::string> zone;
  /// DNS servers: `ADDRESS`, `ADDRESS:PORT`, `[v6]:PORT`. Empty: the system's.
  std::vector<std::string> resolvers;
  std::chrono::milliseconds timeout{3'000};    ///< of one DNS question
  std::chrono::milliseconds deadline{10'000};  ///< of all DNS work of one message
  /// Believe the DNSSEC word (AD bit) of resolvers that are not on a loopback address.
  bool trust_ad = false;

  /// The clock of every check. Null: the present, where the message itself does not tell when it
  /// was received.
  std::optional<Time> now;
  /// Look for what broke a DKIM signature.
  bool repair = true;
};

/// How bad it is. `clean` means that nothing speaks against the message.
enum class Level { clean, notice, suspicious, forged };
/// The worst that is true of the route; `absent`: there is no Received line.
enum class Route { consistent, unverified, contradicted, absent };
/// Whether the domain of the author vouches for the message.
enum class Author { authenticated, unauthenticated, contradicted, unknown };
/// How far a hop can be believed.
enum class Standing {
  own,           ///< inside the recipient's infrastructure
  border,        ///< written by it about the outside
  corroborated,  ///< a claim that independent evidence supports
  unverified,    ///< a claim that nothing supports or contradicts
  contradicted,  ///< evidence is against it
  discarded,     ///< below a contradicted hop
};
enum class Severity { info, low, medium, high };

/// The words of the JSON report.
[[nodiscard]] std::string_view to_string(Level level);
[[nodiscard]] std::string_view to_string(Route route);
[[nodiscard]] std::string_view to_string(Author author);
[[nodiscard]] std::string_view to_string(Standing standing);
[[nodiscard]] std::string_view to_string(Severity severity);

/// The oldest client that can be believed without a gap.
struct Origin {
  std::optional<std::string> ip;
  std::optional<std::string> rdns;         ///< confirmed by DNS, or recorded by the hop
  std::optional<int> hop;                  ///< number of the hop that tells of it
  std::optional<std::string> recorded_by;  ///< the host that wrote that hop
  std::string confidence;                  ///< `high`, `medium`, `low`, `none`
  std::string reason;                      ///< one sentence
  std::optional<std::string> claimed_ip;   ///< an older address that the sender's lines alone claim
};

/// The envelope as the recipient's border saw it (RFC 5321 2.3.1), or as it was given.
struct Envelope {
  std::optional<std::string> client_ip;
  std::optional<std::string> helo;
  std::optional<std::string> mail_from;  ///< empty for the null path
  std::optional<std::string> rcpt_to;
  std::optional<Time> received_at;
  std::optional<int> from_hop;  ///< number of the border hop
};

/// One Received line (RFC 5321 4.4).
struct Hop {
  int number = 0;        ///< 1 is the oldest
  std::size_t line = 0;  ///< in the input, 1 is the first
  Standing standing = Standing::unverified;
  std::string standing_reason;           ///< one phrase; empty where there is none to tell
  std::optional<std::string> from_ip;    ///< of the client
  std::optional<std::string> from_helo;  ///< what the client called itself
  std::optional<std::string> from_rdns;  ///< the client's name as the writer looked it up
  std::optional<std::string> by_host;    ///< the writer
  std::optional<Time> stamp;
  std::optional<std::int64_t> delay_s;  ///< since the next older stamp; may be negative
  std::vector<std::string> findings;    ///< codes
};

/// One result of SPF, DKIM, ARC, DMARC or DKIM2, evaluated anew.
struct Check {
  std::string method;                 ///< `spf`, `dkim`, `arc`, `dmarc`, `dkim2`
  std::string result;                 ///< a word of RFC 8601 2.7
  std::optional<std::string> domain;  ///< whose record or signature it is
  std::optional<std::string> problem;
};

/// One thing that was noticed.
struct Finding {
  std::string code;  ///< stable: `helo-rdns-mismatch`
  Severity severity = Severity::info;
  std::optional<int> hop;           ///< number of the hop; null where it is about the message
  std::optional<std::size_t> line;  ///< in the input
  std::string message;              ///< one sentence
  std::vector<std::pair<std::string, std::string>> evidence;  ///< name → value
};

/// Everything that was found out about one message. A value: copies share what they hold, which
/// never changes, so that threads may read it at once.
class Report {
 public:
  /// MIME part number (`2`, `2.1`) of an attached message; null for the message that was given.
  [[nodiscard]] std::optional<std::string> part() const;
  [[nodiscard]] Level level() const;
  [[nodiscard]] Route route() const;
  [[nodiscard]] Author author() const;
  /// One sentence for people.
  [[nodiscard]] std::string summary() const;
  [[nodiscard]] Origin origin() const;
  [[nodiscard]] Envelope envelope() const;
  /// Oldest first.
  [[nodiscard]] std::vector<Hop> hops() const;
  /// SPF by identity, DKIM by signature, then ARC and DMARC, and DKIM2 where its fields are there.
  [[nodiscard]] std::vector<Check> checks() const;
  /// Most severe first.
  [[nodiscard]] std::vector<Finding> findings() const;
  /// How many DNS questions stayed without an answer: what they decide is not known.
  [[nodiscard]] std::size_t dns_failures() const;

  /// The library's own.
  struct Content;
  explicit Report(std::shared_ptr<const Content> content) : content_(std::move(content)) {}
  [[nodiscard]] const Content& content() const { return *content_; }

 private:
  std::shared_ptr<const Content> content_;
};

/// What became of the bytes.
struct Outcome {
  /// One for each message that was traced, the outer one first.
  std::vector<Report> reports;
  /// Why the bytes, or a message inside them, gave no report, and how many files of an archive hold
  /// no message: one line each.
  std::vector<std::string> unread;
  /// What is wrong with the options, `trust: …`. Then nothing was traced.
  std::optional<std::string> error;
};

/// Traces one message, or the pasted header of one: damage done to a paste is mended, and told in
/// the report. Or an archive (ZIP, gzip, tar, 7z …): each message in it is. Blocks until DNS has
/// answered or the deadline has passed. Never throws for what the bytes, the options or DNS hold.
/// May be called by several threads at once.
[[nodiscard]] Outcome trace(std::string_view bytes, const Options& options = {});

enum class JsonLayout {
  indented,  ///< one object over several lines, two spaces a level
  line,      ///< one object on one line
};

/// The report as `emltrace.report/1`, ended by a line end. UTF-8, and harmless on a terminal.
[[nodiscard]] std::string to_json(const Report& report, JsonLayout layout = JsonLayout::indented);

struct TextOptions {
  bool color = false;       ///< ANSI colours; everything is said in words too
  std::size_t width = 100;  ///< columns at which sentences are wrapped; data is never cut
  bool verbose = false;     ///< every reason, record, trail and evidence
};

/// The report for people, UTF-8, and harmless on a terminal.
[[nodiscard]] std::string to_text(const Report& report, const TextOptions& options = {});

/// `0.1.0`: the version of the library.
[[nodiscard]] std::string_view version();

}  // namespace v1
}  // namespace emltrace
