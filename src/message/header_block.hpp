#pragma once

#include <cstddef>
#include <string_view>

/// A quick look at lines that may be a header, before anything is parsed or mended.
namespace emltrace {

/// How much a field name tells about being in the header of a mail.
enum class NameRank {
  odd,      ///< allowed by RFC 5322 3.6.8, yet no name that mail software writes (`16`, `[IPv6`)
  unknown,  ///< a plain word nobody registered
  common,   ///< registered, or of the shape `X-Some-Thing`
  author,   ///< From, Date, Subject, Message-ID …
  trace,    ///< Received, Return-Path, signatures and authentication results
};
[[nodiscard]] NameRank name_rank(std::string_view name);
/// True for a name of the table of those that mail software writes; letter case does not count.
[[nodiscard]] bool is_registered_name(std::string_view name);

/// What a plain reading of one header block finds. A block ends at an empty line.
struct HeaderBlock {
  static constexpr std::size_t kMaxBytes = std::size_t{16} << 20;

  std::size_t begin = 0;
  std::size_t end = 0;       ///< offset of the empty line, or the size of the text
  std::size_t next = 0;      ///< offset behind the empty line
  bool closed = false;       ///< an empty line ends it
  bool starts_well = false;  ///< with a field or a `From ` line
  std::size_t lines = 0;     ///< of the block, continuations and strays included
  std::size_t fields = 0;
  std::size_t known = 0;     ///< common, author and trace names
  std::size_t mail = 0;      ///< of them those that tell of mail by themselves
  std::size_t received = 0;  ///< fields of that name
  std::size_t odd = 0;       ///< fields of a name that no software writes
  std::size_t strays = 0;    ///< lines that are neither a field nor a continuation
  unsigned authors = 0;      ///< set of the author fields found, one bit each

  [[nodiscard]] bool has_from() const;
  [[nodiscard]] bool has_date() const;
  /// What RFC 5322 3.6 demands: only fields, with a From and a Date among them.
  [[nodiscard]] bool is_valid() const;
  /// Higher is better: what was recovered less what was not understood.
  [[nodiscard]] long score() const;
};
/// Reads at most kMaxBytes from `begin` on.
[[nodiscard]] HeaderBlock scan_header_block(std::string_view text, std::size_t begin);

}  // namespace emltrace
