#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "dns/source.hpp"

/// DNS answers kept as evidence: a file of JSON lines, the first about the recording itself, then
/// one an answer, in the order in which they came:
///
///     {"schema":"emltrace.recording/1","tool":{"name":"emltrace","version":"0.1.0"},
///      "inputs":["SHA-256 …"],"servers":["127.0.0.1:53"],"now":"2026-05-01T12:00:00Z"}
///     {"name":"example.org","type":"MX","status":"ok","ad":false,"server":"127.0.0.1:53",
///      "time":"2026-05-01T12:00:00Z","reason":null,"records":[{"owner":"example.org","type":"MX",
///      "ttl":300,"data":{"preference":10,"exchange":"mx.example.org"}}]}
///
/// The head says too, where they were so: `"mode":"zone"`, `"elapsed_ms":[84]`,
/// `"now_given":true`, `"trust_ad":true`, `"zone_skipped":2`; an answer, `"cached":true`,
/// `"unheld":true`.
///
/// `data` is an address or a name as text, a MX as above (`exchange` null for the null MX), or a
/// list of character-strings; one that is not UTF-8 is `{"base64":"…"}`.
namespace emltrace::dns {

/// What a recording says of itself.
struct TapeHead {
  std::string version;               ///< of the tool that wrote it
  std::vector<std::string> inputs;   ///< SHA-256 of each message, lower-case hexadecimal
  std::vector<std::string> servers;  ///< as in Source::servers
  std::optional<Instant> now;        ///< the clock of the checks
  bool now_given = false;            ///< the user set that clock: it is the clock of every check
  bool trust_ad = false;             ///< the AD bit of every server was believed
  std::string mode = {};             ///< as in Source::mode; empty where it is not told
  std::optional<std::size_t> zone_skipped = std::nullopt;  ///< records left out of zone files
  std::vector<std::int64_t> elapsed_ms = {};  ///< what DNS took, one for each of `inputs`
};

/// The answers of one run.
///
/// A question that has been answered keeps its answer for the whole run, so that the recording
/// tells all there was; one that failed may be asked again, and then has several lines.
class Recording {
 public:
  /// The answer that stands for that question: the one given here, or an earlier one, then marked
  /// as cached.
  Answer add(const Question& question, Answer answer);
  /// The answer that stands, marked as cached; null where there is none or it failed.
  [[nodiscard]] std::optional<Answer> find(const Question& question) const;
  [[nodiscard]] std::string text(const TapeHead& head) const;
  /// Writes `text(head)` whole or not at all.
  [[nodiscard]] Result<void> write(const std::string& path, const TapeHead& head) const;

 private:
  std::map<Question, Answer> standing_;
  std::vector<std::string> lines_;
};

/// Passes questions on and puts each answer on the recording. Both must outlive it.
class Recorder final : public Source {
 public:
  Recorder(Source& source, Recording& recording) : source_(source), recording_(recording) {}
  void fetch(const Question& question, Clock::time_point deadline, Done done) override;
  void run() override { source_.run(); }
  [[nodiscard]] std::string_view mode() const override { return source_.mode(); }
  [[nodiscard]] std::vector<std::string> servers() const override { return source_.servers(); }
  [[nodiscard]] std::optional<std::size_t> skipped() const override { return source_.skipped(); }

 private:
  Source& source_;
  Recording& recording_;
};

/// Answers from a recording alone: the same answers, with server, time and reason as they were, so
/// that the same report comes out. What the recording lacks is `refused`, `not in the recording`.
/// Copies share the table and count for themselves.
class Replay final : public Source {
 public:
  /// The error names file and line: `a.jsonl:3: …`.
  [[nodiscard]] static Result<Replay> open(const std::string& path);
  [[nodiscard]] static Result<Replay> parse(std::string_view text, const std::string& name);

  [[nodiscard]] const TapeHead& head() const { return table_->head; }

  void fetch(const Question& question, Clock::time_point deadline, Done done) override;
  void run() override {}
  [[nodiscard]] std::string_view mode() const override { return "replay"; }
  [[nodiscard]] std::vector<std::string> servers() const override { return table_->head.servers; }
  [[nodiscard]] std::optional<std::size_t> skipped() const override {
    return table_->head.zone_skipped;
  }

 private:
  struct Table {
    TapeHead head;
    std::map<Question, std::vector<Answer>> answers;  ///< as often as it was asked anew
  };
  explicit Replay(std::shared_ptr<const Table> table) : table_(std::move(table)) {}
  std::shared_ptr<const Table> table_;
  std::map<Question, std::size_t> served_;
};

}  // namespace emltrace::dns
