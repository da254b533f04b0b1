#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "dns/source.hpp"

/// DNS answers kept as evidence: a file of JSON lines, the first about the recording itself, then
/// one an answer, message by message, for each by name and type:
///
///     {"schema":"emltrace.recording/1","tool":{"name":"emltrace","version":"0.1.0"},
///      "inputs":["SHA-256 …"],"servers":["127.0.0.1:53"],"now":"2026-05-01T12:00:00Z"}
///     {"name":"example.org","type":"MX","status":"ok","ad":false,"server":"127.0.0.1:53",
///      "time":"2026-05-01T12:00:00Z","reason":null,"records":[{"owner":"example.org","type":"MX",
///      "ttl":300,"data":{"preference":10,"exchange":"mx.example.org"}}]}
///
/// The head says too, where they were so: `"mode":"zone"`, `"elapsed_ms":[84]`,
/// `"now_given":true`, `"trust_ad":true`, `"zone_skipped":2`; an answer, `"unheld":true`, and
/// `"input":7` where it is not the first message that asked for it: it holds for the 7th of
/// `inputs` and for those behind it, until the next line about the same question.
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

/// The answers of one run, put down message by message in the order of the input, however many of
/// them waited for answers together.
class Recording {
 public:
  /// The answer that the `input`th message (0 is the first) judged by. False where it had stood for
  /// a message before: no line is added, and the message counts it as cached.
  bool add(std::size_t input, const Question& question, Answer answer);
  [[nodiscard]] std::string text(const TapeHead& head) const;
  /// Writes `text(head)` whole or not at all.
  [[nodiscard]] Result<void> write(const std::string& path, const TapeHead& head) const;

 private:
  std::map<Question, Answer> standing_;  ///< of the last line about it
  std::vector<std::string> lines_;
};

/// Answers from a recording alone: the same answers, with server, time and reason as they were, so
/// that the same report comes out. What the recording lacks is `refused`, `not in the recording`.
/// Copies share the table.
class Replay final : public Source {
 public:
  /// The error names file and line: `a.jsonl:3: …`.
  [[nodiscard]] static Result<Replay> open(const std::string& path);
  [[nodiscard]] static Result<Replay> parse(std::string_view text, const std::string& name);

  [[nodiscard]] const TapeHead& head() const { return table_->head; }
  /// Which of the recorded messages a message with that SHA-256 is: the `index`th (0 is the first)
  /// where that one is the same, else the first that is; null where none is.
  [[nodiscard]] std::optional<std::size_t> find_input(const std::string& sha256,
                                                      std::size_t index) const;
  /// What the `input`th message was told. The first one's, until it is said.
  [[nodiscard]] Replay of_input(std::size_t input) const;

  void fetch(const Question& question, Clock::time_point deadline, Done done) override;
  void run() override {}
  [[nodiscard]] std::string_view mode() const override { return "replay"; }
  [[nodiscard]] std::vector<std::string> servers() const override { return table_->head.servers; }
  [[nodiscard]] std::optional<std::size_t> skipped() const override {
    return table_->head.zone_skipped;
  }

 private:
  struct Line {
    std::size_t input;  ///< from that one on
    Answer answer;
  };
  struct Table {
    TapeHead head;
    std::map<std::string, std::size_t, std::less<>>
        inputs;                                     ///< where in the head each stands first
    std::map<Question, std::vector<Line>> answers;  ///< by input
  };
  explicit Replay(std::shared_ptr<const Table> table) : table_(std::move(table)) {}
  std::shared_ptr<const Table> table_;
  std::size_t input_ = 0;
};

}  // namespace emltrace::dns
