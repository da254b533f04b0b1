#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/lines.hpp"
#include "base/span.hpp"

namespace emltrace {

/// One header field (RFC 5322 2.2). All views look into the bytes given to Message::parse.
struct Field {
  std::string_view name;  ///< without the colon and without white space before it
  std::string_view
      body;  ///< from after the colon up to, not including, the last line end; still folded
  std::string_view raw;             ///< the whole field with its line end
  std::size_t offset = 0;           ///< of `raw` in the message
  std::size_t line = 0;             ///< 1 is the first line of the message
  bool space_before_colon = false;  ///< `From :` (RFC 5322 4.5), a display trick today
};

enum class LineEnding { none, lf, crlf, cr, mixed };
[[nodiscard]] std::string_view to_string(LineEnding ending);

/// Oddities of the bytes that some readers see differently. Offsets of the first one; null where
/// absent.
struct ByteDefects {
  std::optional<std::size_t> nul;      ///< NUL anywhere in the header
  std::optional<std::size_t> control;  ///< C0 control other than TAB, CR, LF in the header;
                                       ///< shifts of ISO-2022 text apart
  std::optional<std::size_t> bare_cr;  ///< CR not followed by LF where CRLF or LF ends lines
  std::optional<std::size_t> bare_lf;  ///< LF without CR in a message of CRLF lines
  std::optional<std::size_t>
      second_header;  ///< a header block after a line of a lone dot in the body
  std::optional<std::size_t> overlong_line;  ///< a line above 998 bytes (RFC 5322 2.1.1)
};

/// A line in the header block that is neither a field nor a continuation (`From ` lines apart).
struct StrayLine {
  std::string_view text;  ///< without its line end
  std::size_t line = 0;
};

/// A message as bytes with the places of its header fields. Parsing never fails: what is no field
/// is in `stray`. The bytes must outlive the message; nothing is copied.
class Message {
 public:
  /// Linear in the size of the header; the body is only searched for the defects above.
  [[nodiscard]] static Message parse(std::string_view bytes);

  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }
  [[nodiscard]] const std::vector<StrayLine>& stray() const { return stray_; }
  /// A leading `From ` or `>From ` line without its end (of both the latter); empty if none.
  [[nodiscard]] std::string_view from_line() const { return from_line_; }
  /// The first field of that name (ASCII case does not matter); null if none.
  [[nodiscard]] const Field* find(std::string_view name) const;
  [[nodiscard]] std::vector<const Field*> find_all(std::string_view name) const;
  /// True where an empty line ends the header (a body follows, maybe an empty one).
  [[nodiscard]] bool has_body() const { return has_body_; }
  [[nodiscard]] std::string_view body() const { return body_; }
  [[nodiscard]] LineEnding line_ending() const { return line_ending_; }
  [[nodiscard]] const ByteDefects& defects() const { return defects_; }
  /// True where MAX_FIELDS or MAX_HEADER_BYTES was reached: the rest of the header was not looked
  /// at.
  [[nodiscard]] bool truncated() const { return truncated_; }

  /// Place of a view that looks into bytes().
  [[nodiscard]] Span span_of(std::string_view view) const;

  static constexpr std::size_t kMaxFields = 10'000;
  static constexpr std::size_t kMaxHeaderBytes = std::size_t{16} << 20;

 private:
  void take_line(const text::Line& line, std::size_t number, bool& in_field);
  void scan_bytes(char end_byte);
  void note_control(std::string_view header);

  std::string_view bytes_;
  std::vector<Field> fields_;
  std::vector<StrayLine> stray_;
  std::string_view from_line_;
  std::string_view body_;
  bool has_body_ = false;
  bool truncated_ = false;
  LineEnding line_ending_ = LineEnding::none;
  ByteDefects defects_;
};

/// The field body with line ends taken out (RFC 5322 2.2.3) and white space at both ends removed.
[[nodiscard]] std::string unfold(std::string_view body);

}  // namespace emltrace
