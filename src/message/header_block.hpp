#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// A quick look at lines that may be a header, before anything is parsed or mended.
namespace emltrace::intake {

/// One line of a text: LF or CRLF ends it.
struct Line {
  std::string_view text;   ///< without its line end
  std::size_t offset = 0;  ///< of `text`
  std::size_t next = 0;    ///< offset of the line after it
};
/// The line that begins at `offset`, which is below the size of `text`.
[[nodiscard]] Line line_at(std::string_view text, std::size_t offset);

/// How much a field name tells about being in the header of a mail.
enum class NameRank {
  odd,      ///< allowed by RFC 5322 §3.6.8, yet no name that mail software writes (`16`, `[IPv6`)
  unknown,  ///< a plain word nobody registered
  common,   ///< registered, or of the shape `X-Some-Thing`
  author,   ///< From, Date, Subject, Message-ID …
  trace,    ///< Received, Return-Path, signatures and authentication results
};
[[nodiscard]] NameRank name_rank(std::string_view name);

/// The start of a header field: `name:`.
struct FieldStart {
  std::string_view name;
  std::size_t colon = 0;      ///< offset of the colon in the line
  bool space_before = false;  ///< `From :`
  bool gap_after = false;     ///< white space or the end of the line follows the colon
};
/// Null where the line is no field by RFC 5322 §2.2 and §4.5.
[[nodiscard]] std::optional<FieldStart> field_start(std::string_view line);

/// `From ` or `>From ` at the start of a line, as mbox writers put it before a message.
[[nodiscard]] bool is_from_line(std::string_view line);

/// What a plain reading of one header block finds. A block ends at an empty line.
struct Block {
  std::size_t begin = 0;
  std::size_t end = 0;   ///< offset of the empty line, or the size of the text
  std::size_t next = 0;  ///< offset behind the empty line
  bool closed = false;   ///< an empty line ends it
  bool starts_well = false;
  std::size_t lines = 0;
  std::size_t fields = 0;
  std::size_t known = 0;  ///< common, author and trace names
  std::size_t received = 0;
  std::size_t odd = 0;
  std::size_t strays = 0;  ///< lines that are neither a field nor a continuation
  unsigned authors = 0;    ///< set of the author fields found, one bit each

  [[nodiscard]] bool has_from() const;
  [[nodiscard]] bool has_date() const;
  /// What RFC 5322 §3.6 demands: only fields, with a From and a Date among them.
  [[nodiscard]] bool is_valid() const;
  /// Higher is better: what was recovered less what was not understood.
  [[nodiscard]] long score() const;
};
/// Reads at most kMaxBlockBytes from `begin` on.
[[nodiscard]] Block scan_block(std::string_view text, std::size_t begin);

/// The text with quoted strings and comments blanked out, at the same length. Depth is bounded.
[[nodiscard]] std::string bare(std::string_view text);

inline constexpr std::size_t kMaxBlockBytes = std::size_t{16} << 20;

}  // namespace emltrace::intake
