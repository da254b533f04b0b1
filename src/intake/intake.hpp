#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/ip.hpp"

/// What a person or script gave, cut into messages and mended where a paste was damaged.
namespace emltrace::intake {

/// One kind of mend and how often it was made.
struct Repair {
  std::string code;      ///< `leading-text`, `fold-lost` …: stable names
  std::size_t line = 0;  ///< of the first one, in the input
  std::size_t count = 0;
  bool touches_signed_bytes =
      false;           ///< true where a signature over the fields or the body may suffer from it
  std::string detail;  ///< one sentence for people
};

/// From places in a mended copy to places in the input. Empty: both are the same.
class PlaceMap {
 public:
  struct Piece {
    std::size_t mended_offset = 0;
    std::size_t input_offset = 0;
    std::size_t mended_line = 1;  ///< 1 is the first line of the mended copy
    std::size_t input_line = 1;   ///< 1 is the first line of the input
    std::size_t width = 1;  ///< bytes of the input for one mended byte (2 where it was UTF-16)
  };
  /// Pieces in ascending order of `mended_offset`; inside a piece offsets run in step.
  void add(Piece piece) { pieces_.push_back(piece); }
  [[nodiscard]] bool empty() const { return pieces_.empty(); }
  /// The input's offset for an offset in the mended copy. A byte that a mend put in stands where
  /// the text before it ends.
  [[nodiscard]] std::size_t input_offset(std::size_t mended_offset) const;
  /// The input's line for a place in the mended copy, which holds `mended_line` by its own count.
  [[nodiscard]] std::size_t input_line(std::size_t mended_offset, std::size_t mended_line) const;

 private:
  [[nodiscard]] std::size_t piece_at(std::size_t mended_offset) const;
  std::vector<Piece> pieces_;
};

enum class Kind { message, headers };
[[nodiscard]] std::string_view to_string(Kind kind);

/// Envelope facts that a wrapper states (RFC 5965 Source-IP, Original-Mail-From, Arrival-Date …).
/// Null: not stated.
struct WrapperFacts {
  std::string wrapper;  ///< what it was found in: `feedback-report`, `forward`; empty if no wrapper
  std::string wrapper_from;     ///< From of the wrapper, for people
  std::string wrapper_subject;  ///< decoded
  std::optional<ip::Address> source_ip;
  std::optional<std::string> mail_from;
  std::optional<std::string> rcpt_to;
  std::optional<std::string> helo;
  std::optional<std::string> arrival_date;
  std::optional<std::string> reporting_mta;  ///< the host that took the original, without `dns;`
  std::optional<std::string> feedback_type;  ///< `abuse`, `fraud`, `auth-failure` …
};

/// One message to trace. `original` is what was given, `text` what is parsed: the same bytes, or a
/// mended copy. Both look into `storage` and are valid as long as it, or a copy of the item, lives.
struct Item {
  std::string path;       ///< `-` for standard input
  std::size_t index = 1;  ///< 1 is the first message of that path
  std::optional<std::string>
      part;  ///< MIME part number (`2`, `2.1`) of an attached message; null for the outer one
  Kind kind = Kind::message;
  std::string_view original;
  std::string_view text;
  std::size_t base_offset = 0;  ///< of `original` in the input file
  std::vector<Repair> repairs;
  PlaceMap places;
  WrapperFacts wrapper;
  std::shared_ptr<const void> storage;
};

/// `--input`: `automatic` tells an mbox and an Outlook .msg by their first bytes.
enum class InputKind { automatic, message, headers, mbox };
/// `--attached`: which messages inside a message are traced. `automatic`: the original in place of
/// an abuse report (RFC 5965) or of a forward-as-attachment; `all`: the outer one and each inside.
enum class AttachedMode { automatic, never, all };

struct Options {
  InputKind input = InputKind::automatic;
  AttachedMode attached = AttachedMode::automatic;
  /// Files, Maildirs, folders, `-`. None here and no `files_from`: standard input.
  std::vector<std::string> paths;
  std::optional<std::string> files_from;  ///< a file of further paths; `-`: standard input
  bool null_separated = false;            ///< its names end with NUL, not with a line end
  int standard_input = 0;                 ///< the descriptor behind `-`
};

/// Why a path, or one message of it, gave nothing to trace: one line for people.
struct Fault {
  std::string path;
  std::string message;
};

/// Gives the messages of all paths one after another, in the order of the paths; folders in the
/// order of their names. Holds one message at a time; a large file is mapped, and pages that no
/// living item looks into are given back. Never throws for what an input holds.
class Reader {
 public:
  explicit Reader(Options options);
  ~Reader();
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;

  /// The next message, or why an input gave none; null at the end of all.
  [[nodiscard]] std::optional<std::variant<Item, Fault>> next();
  /// Bytes of input that lie behind the messages given so far, for a progress bar.
  [[nodiscard]] std::uint64_t bytes_read() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A message or pasted text that is already in memory (`path` names it): mended, looked into for
/// attached originals by `options.attached`, never split as an mbox. At least one entry.
[[nodiscard]] std::vector<std::variant<Item, Fault>> read_bytes(std::string path, std::string bytes,
                                                                const Options& options);

}  // namespace emltrace::intake
