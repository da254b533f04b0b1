#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dns/settle.hpp"
#include "report/json/writer.hpp"
#include "report/summary/heavy_hitters.hpp"
#include "report/text/text.hpp"
#include "trace/report.hpp"

/// What many messages have in common: a closing table over a batch.
namespace emltrace::report::summary {

/// A message under its newest DKIM2 signature, which covers its text.
struct SignedCopy {
  std::string key;             ///< the same of all copies under that signature
  std::string domain;          ///< d= of it
  std::size_t recipients = 0;  ///< addresses that it was signed for: rt=
  bool exploded = false;       ///< a signature of the chain says that it goes to many
  bool elsewhere = false;      ///< it was delivered to an address that it was not signed for
};

/// What a summary takes from one message.
struct Facts {
  std::string path;
  std::size_t index = 1;
  std::string sha256;
  std::optional<SignedCopy> copy;  ///< null where no DKIM2 signature covers the text as it is
  trace::Level level = trace::Level::clean;
  std::optional<std::string> origin;   ///< address
  std::optional<std::string> network;  ///< of it: /24, /48
  std::optional<std::string> system;   ///< of it: `AS64500 NAME`, where that was looked up
  std::vector<std::string> author_domains;
  std::vector<std::string> signers;  ///< d= of DKIM signatures that pass, each once
  std::optional<std::string> subject;
  std::string shape;  ///< see subject_shape
  std::vector<std::pair<std::string, trace::Severity>>
      findings;  ///< each code once, at its gravest
  std::vector<dns::Wait> waits;
};
[[nodiscard]] Facts facts_of(const trace::Report& report, std::vector<dns::Wait> waits);

/// Where a message stands.
struct Place {
  std::string path;
  std::size_t index = 1;
};

/// A campaign: messages of one network, author domain and shape of subject.
struct Campaign {
  std::string network;
  std::string author_domain;
  std::string shape;
  std::optional<std::string> subject;  ///< of the first
  Place first;
};

struct Repeated {
  std::string sha256;
  Place first;
  std::uint64_t copies = 0;  ///< the first one included
};

/// Copies of one message under one DKIM2 signature. No accusation: a mailbox holds as many as it
/// has addresses among the recipients, and a list's archive more.
struct RepeatedSigned {
  SignedCopy signed_as;  ///< of the first
  Place first;
  std::uint64_t copies = 0;     ///< the first one included
  std::uint64_t elsewhere = 0;  ///< of them, delivered to an address that was not signed for
  bool identical = true;        ///< byte for byte
};

/// Memory is bounded whatever the number of messages; where that costs exactness it is said. The
/// result depends on the order of the messages only where something does not fit.
class Summary {
 public:
  /// Different values of each kind that are counted exactly.
  static constexpr std::size_t kCapacity = 4'096;
  /// Different messages among which repeated ones are found.
  static constexpr std::size_t kMaxHashes = 100'000;
  static constexpr std::size_t kSlowest = 10;

  Summary();
  void add(const Facts& facts);
  /// An input that could not be read, or held no message.
  void add_unread() { ++unread_; }
  /// A message in which the program failed.
  void add_failed() { ++failed_; }
  /// A signal ended the run before all was read.
  void cut_short() { complete_ = false; }

  /// A block of text that follows the reports.
  [[nodiscard]] std::string to_text(const TextOptions& options) const;
  /// `emltrace.summary/1`, ended by a line end.
  [[nodiscard]] std::string to_json(JsonLayout layout) const;

 private:
  struct None {};
  using Counter = HeavyHitters<None>;
  struct Told {
    trace::Severity severity;  ///< the gravest
    std::uint64_t messages = 0;
  };

  void add_campaign(const Facts& facts);
  void add_waits(const std::vector<dns::Wait>& waits);
  void add_hash(const Facts& facts);
  void add_copy(const Facts& facts);

  [[nodiscard]] std::vector<HeavyHitters<Campaign>::Row> campaigns(std::size_t count) const;
  [[nodiscard]] std::vector<Repeated> repeated(std::size_t count) const;
  [[nodiscard]] std::vector<RepeatedSigned> repeated_signed(std::size_t count) const;
  /// Codes, the most frequent first.
  [[nodiscard]] std::vector<std::pair<std::string, Told>> findings() const;
  /// The longest first.
  [[nodiscard]] std::vector<dns::Wait> slowest() const;

  void write_counter(json::Writer& out, std::string_view name, const char* value,
                     const Counter& counter) const;

  std::uint64_t messages_ = 0;
  std::uint64_t unread_ = 0;
  std::uint64_t failed_ = 0;
  bool complete_ = true;
  std::array<std::uint64_t, 4> levels_{};
  Counter origins_;
  Counter networks_;
  Counter systems_;
  Counter author_domains_;
  Counter signers_;
  HeavyHitters<Campaign> campaigns_;
  std::map<std::string, Told> findings_;
  std::map<dns::Question, dns::Source::Clock::duration> waits_;
  struct Seen {
    Place first;
    std::uint64_t copies = 0;
    std::uint64_t order = 0;
  };
  std::unordered_map<std::string, Seen> hashes_;
  bool all_hashes_ = true;
  struct SeenCopy {
    RepeatedSigned row;
    std::string sha256;  ///< of the first
    std::uint64_t order = 0;
  };
  std::unordered_map<std::string, SeenCopy> copies_;
  bool all_copies_ = true;
};

}  // namespace emltrace::report::summary
