#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emltrace::dns::wire {

/// The text of a master file (RFC 1035 5) as ldns reads it, and what the text alone tells of a
/// record that ldns does not. Lines are counted from 0 unless said otherwise.
class MasterText {
 public:
  explicit MasterText(std::string_view text);

  /// Without a byte order mark, and with `CLASS TTL` written as `TTL CLASS`, of the same length and
  /// lines: RFC 1035 5.1 allows both orders, ldns reads the second one alone.
  [[nodiscard]] const std::string& text() const { return text_; }
  /// The first line with a NUL byte.
  [[nodiscard]] std::optional<int> nul_line() const;
  /// The number, from 1, of the line at or after `from` on which something stands.
  [[nodiscard]] int record_line(int from) const;
  /// `$INCLUDE` or `$GENERATE`, where the record at or after `from` is one.
  [[nodiscard]] std::optional<std::string> unread_directive(int from) const;
  /// The record in the lines [from, to) has a name of impossible length as its owner, or as the
  /// target of a type whose data is a name: an empty label, one above 63 octets, more than 255 in
  /// all.
  [[nodiscard]] bool names_nothing(int from, int to) const;

 private:
  std::string text_;
  std::vector<std::string_view> lines_;  ///< of `text_`
};

}  // namespace emltrace::dns::wire
