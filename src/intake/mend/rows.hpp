#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/lines.hpp"
#include "intake/mend/mend.hpp"

/// The detectors and menders behind the table in mend.cpp, grouped by what was damaged.
namespace emltrace::intake::rows {

using text::Line;
using text::line_at;
using text::Lines;

// The bytes as a whole: encoding.cpp.
bool is_utf16(const Look& look);
void from_utf16(const Look& look, Edit& edit);
bool has_byte_order_mark(const Look& look);
void drop_byte_order_mark(const Look& look, Edit& edit);
bool has_cr_lines(const Look& look);
void cr_to_lf(const Look& look, Edit& edit);
bool has_cr_cr_lf(const Look& look);
void cr_cr_lf_to_crlf(const Look& look, Edit& edit);
bool is_gb18030(const Look& look);
void from_gb18030(const Look& look, Edit& edit);

// What Apple Mail puts around a message: apple_mail.cpp.
bool is_apple_mail(const Look& look);
void drop_apple_mail(const Look& look, Edit& edit);
bool is_partial_apple_mail(const Look& look);
void drop_partial_apple_mail(const Look& look, Edit& edit);

// The text as markup: markup.cpp.
bool is_html_page(const Look& look);
void text_of_html(const Look& look, Edit& edit);
bool is_quoted_printable(const Look& look);
void from_quoted_printable(const Look& look, Edit& edit);
bool has_entities(const Look& look);
void from_entities(const Look& look, Edit& edit);

// Lines in front of and between the lines: layout.cpp.
bool has_gmail_table(const Look& look);
void drop_gmail_table(const Look& look, Edit& edit);
bool has_outlook_line(const Look& look);
void drop_outlook_line(const Look& look, Edit& edit);
bool is_quoted(const Look& look);
void unquote(const Look& look, Edit& edit);
bool is_indented(const Look& look);
void dedent(const Look& look, Edit& edit);
bool has_leading_text(const Look& look);
void drop_leading_text(const Look& look, Edit& edit);
bool has_doubled_lines(const Look& look);
void undouble_lines(const Look& look, Edit& edit);
bool has_blank_in_header(const Look& look);
void drop_blank_in_header(const Look& look, Edit& edit);

// Fields that stand on one line: one_line.cpp.
bool is_one_line(const Look& look);
void split_one_line(const Look& look, Edit& edit);

// Folds that lost their indent: fold.cpp.
bool has_time_alone(const Look& look);
void fold_time_alone(const Look& look, Edit& edit);
bool has_lost_folds(const Look& look);
void restore_folds(const Look& look, Edit& edit);

// Spaces that were lost with the folds: fold_space.cpp.
bool has_lost_fold_spaces(const Look& look);
void restore_fold_spaces(const Look& look, Edit& edit);

// Characters inside fields: characters.cpp.
bool has_foreign_spaces(const Look& look);
void plain_spaces(const Look& look, Edit& edit);
bool has_typographic_quotes(const Look& look);
void plain_quotes(const Look& look, Edit& edit);
bool has_mailto(const Look& look);
void drop_mailto(const Look& look, Edit& edit);

// Shared by them: support.cpp.

/// A field with the lines that belong to it, strays included, as far as can be told from a damaged
/// text.
struct LooseField {
  std::string_view name;
  std::string_view body;  ///< from after the colon, with all lines that follow
  std::size_t offset;     ///< of `body`
};
/// Calls `visit` for each field of the header: of the block where the text is valid, else of the
/// first kMaxLooseLines lines, whatever stands between them. Stops where `visit` returns true, and
/// returns that.
bool any_loose_field(const Look& look, const std::function<bool(const LooseField&)>& visit);
inline constexpr std::size_t kMaxLooseLines = 2'000;

/// Received and X-Received.
bool is_received(std::string_view name);
/// True for fields that hold addresses, message identifiers or trace information.
bool is_structured(std::string_view name);
/// The line that starts the header's first line that is not blank; null where all are blank.
std::optional<Line> first_line(std::string_view text);
/// Bytes of white space (ASCII, or the UTF-8 forms of U+00A0, U+2000 … U+3000) at `at`; 0 if none.
std::size_t space_length(std::string_view text, std::size_t at);
/// A known field at the start of a line, behind indents and `>` marks: its name.
std::string_view known_name_within(std::string_view line);
/// True where the text holds a time of day: `16:12`.
bool has_time_of_day(std::string_view text);

}  // namespace emltrace::intake::rows
