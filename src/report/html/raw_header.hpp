#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "intake/item.hpp"
#include "trace/report.hpp"

namespace emltrace::report {

/// The header of a message as it was read, line by line, with the bytes that findings speak of. It
/// looks into the item's text. Linear in the header and in the evidence of the findings.
class RawHeader {
 public:
  struct Line {
    std::string_view text;              ///< without its line end
    std::size_t offset = 0;             ///< in the text that was read
    std::size_t input_offset = 0;       ///< in the input, where the text was mended another one
    std::size_t number = 0;             ///< in the input
    bool begins_field = false;          ///< false: goes on with the line above
    bool first_of_number = false;       ///< false: a mend made several lines of one of the input
    std::vector<std::size_t> findings;  ///< that point here, as indices of Report::findings
  };

  RawHeader(const intake::Item& item, const std::vector<trace::Finding>& findings);

  /// Shows the lines of another text in their places. A line that is not the same bears no marks:
  /// they are those of other bytes. The text must outlive this.
  void show_instead(std::string_view text);

  [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }
  /// The severity of the gravest finding that speaks of the byte; null where none does.
  [[nodiscard]] std::optional<trace::Severity> severity_at(std::size_t offset) const;
  /// The line of the input is among those shown.
  [[nodiscard]] bool shows(std::size_t number) const;
  /// There is more of the header than kMaxBytes.
  [[nodiscard]] bool truncated() const { return truncated_; }

  static constexpr std::size_t kMaxBytes = std::size_t{256} << 10;

 private:
  void read_lines(const intake::PlaceMap& places);
  [[nodiscard]] std::optional<std::size_t> line_of(const trace::Finding& finding) const;
  void point(std::size_t index, const trace::Finding& finding);
  void mark(std::size_t begin, std::size_t end, trace::Severity severity);
  void mark_field(std::size_t line, const trace::Finding& finding);

  std::string_view text_;
  bool exact_;  // the text is the input: a place inside a line is the same in both
  bool truncated_ = false;
  std::size_t input_end_ = 0;  // of what is shown, in the input
  std::vector<Line> lines_;
  std::vector<std::uint8_t> marks_;  // a byte of the text each: 0, or 1 + severity
};

}  // namespace emltrace::report
