#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/lines.hpp"
#include "intake/mend/mend.hpp"

/// The detectors and menders behind the table in mend.cpp, grouped by what was damaged.
namespace emltrace::intake::rows {

using text::Line;
using text::line_at;
using text::Lines;

/// Bytes put in the place of the range [from, to) of the text.
struct Change {
  std::size_t from;
  std::size_t to;
  std::string bytes;
};
/// In ascending order, none inside another.
using Changes = std::vector<Change>;
/// The two halves of a row whose finder lists what it would change.
template <Changes (*find)(const Look&)>
bool found(const Look& look) {
  return !find(look).empty();
}
template <Changes (*find)(const Look&)>
void applied(const Look& look, Edit& edit) {
  std::size_t at = 0;
  for (const Change& change : find(look)) {
    edit.note(change.from);
    edit.copy(at, change.from);
    edit.replace(change.from, change.to, change.bytes);
    at = change.to;
  }
  edit.copy(at, look.text.size());
}

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

// Empty lines between groups of fields: groups.cpp.
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

// Bytes and words in front of the first field: front.cpp.
Changes leading_bytes(const Look& look);
Changes words_before_field(const Look& look);

// The text as one value of another: a cell of a table, a string of a program. wrapped.cpp.
Changes quoted_cell(const Look& look);
Changes escaped_line_ends(const Look& look);

// Marks around the text: fence.cpp, session.cpp.
Changes code_fence(const Look& look);
Changes smtp_session(const Look& look);

// What stands before each line: prefix.cpp; around each name: emphasis.cpp.
Changes line_numbers(const Look& look);
Changes line_prefixes(const Look& look);
Changes emphasis_marks(const Look& look);

// Lines of a web page without the page: html_lines.cpp.
bool has_html_lines(const Look& look);
void text_of_html_lines(const Look& look, Edit& edit);

// Signs that an input method or a word processor put in the place of others: signs.cpp.
Changes invisible_characters(const Look& look);
Changes full_width_signs(const Look& look);
Changes typographic_dashes(const Look& look);

// Addresses and names that were made links, or written so that nothing links: links.cpp,
// defanged.cpp.
Changes text_links(const Look& look);
Changes defanged(const Look& look);
Changes obscured_addresses(const Look& look);

// Ends of fields and of the header that were lost, starts that were escaped: field_ends.cpp.
Changes fields_run_together(const Look& look);
Changes boundary_without_blank(const Look& look);
Changes escaped_from_field(const Look& look);
/// The offset of the line of the header's own multipart boundary that stands in it; null where
/// there is none.
std::optional<std::size_t> boundary_in_header(std::string_view text, const HeaderBlock& block);

// Shared by them: support.cpp.

/// A field of LooseFields.
struct LooseField {
  std::string_view name;
  std::string_view body;  ///< from after the colon, with all lines that follow
  std::size_t offset;     ///< of `body`
};
LooseFields read_loose_fields(std::string_view text, const HeaderBlock& block, bool valid);
inline constexpr std::size_t kMaxLooseLines = 2'000;
/// Calls `visit` for each of `look.fields`. Stops where it returns true, and returns that.
template <class Visit>
bool any_loose_field(const Look& look, Visit&& visit) {
  const auto& starts = look.fields.starts;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const LooseStart& start = starts[i];
    const std::size_t end = i + 1 < starts.size() ? starts[i + 1].line : look.fields.end;
    if (visit(LooseField{look.text.substr(start.line, start.name_size),
                         look.text.substr(start.body, end - start.body), start.body}))
      return true;
  }
  return false;
}

/// Received and X-Received.
bool is_received(std::string_view name);
/// True for fields that hold addresses, message identifiers or trace information.
bool is_structured(std::string_view name);
/// The line that starts the header's first line that is not blank; null where all are blank.
std::optional<Line> first_line(std::string_view text);
/// Bytes of white space (ASCII, the UTF-8 forms of U+00A0, U+2000 … U+3000, or the byte A0 of
/// Latin-1) at `at`; 0 if none.
std::size_t space_length(std::string_view text, std::size_t at);
/// Nothing but white space, foreign spaces included.
bool is_blank(std::string_view line);
/// A known field at the start of a line, behind indents and `>` marks: its name.
std::string_view known_name_within(std::string_view line);
/// The name of a known field that begins right at `at`: name, colon, white space. Empty if none.
std::string_view known_field_at(std::string_view text, std::size_t at);
/// The same in a text with damage inside: invisible characters before the name, marks of emphasis
/// around it or its colon, a full-width colon.
std::string_view known_name_at(std::string_view text, std::size_t at);
/// Bytes that both look at: a name of the longest kind with marks, white space and a colon.
inline constexpr std::size_t kLongestStart = 112;
/// A known field somewhere in a line.
struct InnerName {
  std::size_t at;
  std::string_view name;
};
/// The first one in the first kMaxPrefix bytes of the line; null where there is none.
std::optional<InnerName> first_known_name(std::string_view line);
inline constexpr std::size_t kMaxPrefix = 200;
/// Takes the lines of [begin, end) out, one change a line.
void drop_lines(Changes& changes, std::string_view text, std::size_t begin, std::size_t end);
/// The line end that the first line of the text has; LF where it has none.
std::string_view line_end_of(std::string_view text);
/// Copies [from, to) with HTML entities decoded; each one is counted.
void copy_decoding_entities(std::string_view text, Edit& edit, std::size_t from, std::size_t to);
/// True where the text holds a time of day: `16:12`.
bool has_time_of_day(std::string_view text);

}  // namespace emltrace::intake::rows
