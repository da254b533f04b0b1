#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emltrace/base/ip.hpp"

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
    std::size_t mended_offset;
    std::size_t input_offset;
    std::size_t input_line;
  };
  /// Pieces in ascending order of `mended_offset`; inside a piece offsets run in step.
  void add(Piece piece) { pieces_.push_back(piece); }
  [[nodiscard]] bool empty() const { return pieces_.empty(); }
  /// The input's offset for an offset in the mended copy.
  [[nodiscard]] std::size_t input_offset(std::size_t mended_offset) const;
  /// The input's line for a place in the mended copy, which holds `mended_line` by its own count.
  [[nodiscard]] std::size_t input_line(std::size_t mended_offset, std::size_t mended_line) const;

 private:
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
};

/// One message to trace. `original` is what was given, `text` what is parsed: the same bytes, or a
/// mended copy. Both must outlive what is made of them.
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
};

}  // namespace emltrace::intake
