#include "intake/mend/mend.hpp"

#include <algorithm>
#include <array>

#include "base/date.hpp"
#include "base/text.hpp"
#include "intake/mend/input_lines.hpp"
#include "intake/mend/rows.hpp"
#include "message/mime.hpp"

namespace emltrace::intake {
namespace {

using namespace rows;

// Outer damage first: what was done last to the text is undone first.
constexpr std::array kRows = std::to_array<MendRow>({
    {"utf-16", false, false, "UTF-16 text was read as UTF-8.", is_utf16, from_utf16},
    {"byte-order-mark", false, false, "A byte order mark before the first line was left out.",
     has_byte_order_mark, drop_byte_order_mark},
    {"apple-mail-partial", true, false,
     "Apple Mail keeps what is attached to this message elsewhere: the body, which is not whole, "
     "was left out with the length and the property list around it.",
     is_partial_apple_mail, drop_partial_apple_mail},
    {"apple-mail", false, false,
     "The length and the property list that Apple Mail keeps around a message were left out.",
     is_apple_mail, drop_apple_mail},
    {"leading-bytes", false, false,
     "Bytes that are no text, before the first field, were left out.", found<leading_bytes>,
     applied<leading_bytes>},
    {"cr-line-ends", false, false, "Lines that ended with CR alone were ended with LF.",
     has_cr_lines, cr_to_lf},
    {"cr-cr-lf", false, false, "Lines that ended with CR CR LF were ended with CR LF.",
     has_cr_cr_lf, cr_cr_lf_to_crlf},
    {"gb18030", true, false, "GB18030 text was read as UTF-8.", is_gb18030, from_gb18030},
    {"smtp-session", false, false,
     "The commands and replies around a message in a record of SMTP, and the dot at its end, were "
     "left out.",
     found<smtp_session>, applied<smtp_session>},
    {"quoted-cell", false, true, "The text of one cell of a table was taken, without its quotes.",
     found<quoted_cell>, applied<quoted_cell>},
    {"escaped-line-ends", true, true, "Line ends and tabs written as \\n and \\t were put in.",
     found<escaped_line_ends>, applied<escaped_line_ends>},
    {"html-page", true, false, "The text of a saved web page was taken, without its tags.",
     is_html_page, text_of_html},
    {"html-lines", true, true, "Tags of a web page, without the page, were taken off the lines.",
     has_html_lines, text_of_html_lines},
    {"line-numbers", true, false, "Line numbers before the lines were taken off.",
     found<line_numbers>, applied<line_numbers>},
    {"line-prefixes", true, false, "What stood before each line was taken off.",
     found<line_prefixes>, applied<line_prefixes>},
    {"quoted-printable", true, true, "Quoted-printable escapes in the header were decoded.",
     is_quoted_printable, from_quoted_printable},
    {"html-entities", true, true, "HTML entities in the header were decoded.", has_entities,
     from_entities},
    {"gmail-table", false, false, "The table above the message on Gmail's page was left out.",
     has_gmail_table, drop_gmail_table},
    {"outlook-line", false, false,
     "The line that Outlook puts above Internet headers was left out.", has_outlook_line,
     drop_outlook_line},
    {"code-fence", false, false,
     "The marks around a block of code, and the text behind, were left out.", found<code_fence>,
     applied<code_fence>},
    {"quote-marks", true, false, "Quote marks ('>') before the lines were taken off.", is_quoted,
     unquote},
    {"indented", true, false, "The indent that all lines share was taken off.", is_indented,
     dedent},
    {"words-before-field", false, true, "Words before the first field on its line were left out.",
     found<words_before_field>, applied<words_before_field>},
    {"emphasis-marks", true, false, "Marks of bold or code around field names were taken off.",
     found<emphasis_marks>, applied<emphasis_marks>},
    {"invisible-characters", true, true, "Invisible characters before fields were taken out.",
     found<invisible_characters>, applied<invisible_characters>},
    {"full-width-signs", true, true,
     "Full-width colons, brackets and letters were made plain ones.", found<full_width_signs>,
     applied<full_width_signs>},
    {"typographic-dashes", true, true, "Typographic dashes were made hyphens and minus signs.",
     found<typographic_dashes>, applied<typographic_dashes>},
    {"escaped-from-field", true, false, "A From field that was written as >From was read.",
     found<escaped_from_field>, applied<escaped_from_field>},
    {"boundary-without-blank", true, true,
     "The empty line between the header and the first boundary was put in.",
     found<boundary_without_blank>, applied<boundary_without_blank>},
    {"fields-run-together", true, true, "Fields that had run together were parted.",
     found<fields_run_together>, applied<fields_run_together>},
    {"one-line", true, false, "Fields that stood on one line were put on lines of their own.",
     is_one_line, split_one_line},
    {"leading-text", false, false, "Text before the header was left out.", has_leading_text,
     drop_leading_text},
    {"blank-lines-between", true, false, "Empty lines between all lines were taken out.",
     has_doubled_lines, undouble_lines},
    {"no-break-spaces", true, true, "No-break and other foreign spaces were made plain ones.",
     has_foreign_spaces, plain_spaces},
    {"blank-line-in-header", true, false, "An empty line inside the header was taken out.",
     has_blank_in_header, drop_blank_in_header},
    {"time-alone", true, true, "A time that stood alone on a line was joined to its date.",
     has_time_alone, fold_time_alone},
    {"fold-lost", true, false, "Lines that had lost their indent were joined to their field.",
     has_lost_folds, restore_folds},
    {"typographic-quotes", true, true, "Typographic quotes were made plain ones.",
     has_typographic_quotes, plain_quotes},
    {"text-links", true, true, "Links made of addresses and names were made text again.",
     found<text_links>, applied<text_links>},
    {"mailto-links", true, true, "Links made of addresses were made addresses again.", has_mailto,
     drop_mailto},
    {"defanged", true, true, "Addresses and names written so that nothing links were written out.",
     found<defanged>, applied<defanged>},
    {"obscured-address", true, true, "An address written with 'at' was read as one.",
     found<obscured_addresses>, applied<obscured_addresses>},
    {"fold-space-lost", true, true, "Words that had grown together at a fold were parted.",
     has_lost_fold_spaces, restore_fold_spaces},
});

constexpr std::size_t kMostOfOneRow = 12;

// RFC 5322 3.3 or 4.3.
bool has_valid_date(std::string_view header) {
  const auto value = mime::header_value(header, "date");
  const auto date = value ? parse_date(*value) : std::nullopt;
  return date && !date->defects.syntax;
}

Look look_at(const Draft& draft, bool original) {
  Look look;
  look.text = draft.text();
  look.block = scan_header_block(look.text, 0);
  const std::string_view header = look.text.substr(0, look.block.end);
  look.valid = look.block.is_valid() && has_valid_date(header);
  look.original = original;
  look.ascii = text::is_ascii(header);
  look.fields = read_loose_fields(look.text, look.block, look.valid);
  return look;
}

// The score of the header as it would be read; its own boundary line ends it whatever is mended.
long score_of(std::string_view text) {
  const HeaderBlock block = scan_header_block(text, 0);
  const auto boundary = boundary_in_header(text, block);
  return boundary ? scan_header_block(text.substr(0, *boundary), 0).score() : block.score();
}

struct Applied {
  const MendRow* row;
  std::size_t first = 0;  ///< offset in the input
  std::size_t count = 0;
  std::size_t times = 0;
  bool touched = false;  ///< the mend itself said that signed bytes may differ
};

// All that was done to one input.
class Session {
 public:
  explicit Session(std::string_view bytes) : draft_(bytes) {}

  bool step() {
    const Look look = look_at(draft_, applied_.empty());
    for (const MendRow& row : kRows) {
      if ((look.valid && !row.in_place) || times(row) >= kMostOfOneRow || !row.detect(look)) {
        continue;
      }
      Edit edit(draft_);
      row.mend(look, edit);
      if (edit.count() == 0) {
        continue;
      }
      record(row, draft_.input_offset(edit.first()), edit);
      draft_ = edit.finish();
      return true;
    }
    return false;
  }

  // In-place mends have their own strict evidence; all others must have recovered something.
  [[nodiscard]] bool worth_it(long score_before) const {
    const HeaderBlock block = scan_header_block(draft_.text(), 0);
    const bool in_place =
        std::ranges::all_of(applied_, [](const Applied& a) { return a.row->in_place; });
    return block.fields > 0 &&
           (block.score() > score_before || (in_place && block.score() >= score_before));
  }

  [[nodiscard]] bool empty() const { return applied_.empty(); }

  [[nodiscard]] Mended finish(std::string_view input) {
    Mended mended;
    const InputLines lines(input);
    for (const Applied& a : applied_) {
      mended.repairs.push_back({std::string(a.row->code), lines.line_of(a.first), a.count,
                                a.row->touches_signed_bytes || a.touched,
                                std::string(a.row->detail)});
    }
    mended.places = draft_.places();
    mended.text = draft_.take();
    return mended;
  }

 private:
  Applied* find(const MendRow& row) {
    const auto it = std::ranges::find(applied_, &row, &Applied::row);
    return it == applied_.end() ? nullptr : &*it;
  }
  std::size_t times(const MendRow& row) {
    const Applied* applied = find(row);
    return applied == nullptr ? 0 : applied->times;
  }
  void record(const MendRow& row, std::size_t first, const Edit& edit) {
    Applied* applied = find(row);
    if (applied == nullptr) {
      applied = &applied_.emplace_back(Applied{&row, first});
    }
    applied->first = std::min(applied->first, first);
    applied->count += edit.count();
    applied->touched = applied->touched || edit.touches_signed_bytes();
    ++applied->times;
  }

  Draft draft_;
  std::vector<Applied> applied_;
};

}  // namespace

std::span<const MendRow> mend_rows() {
  return kRows;
}

Mended mend(std::string_view bytes) {
  if (bytes.size() > kMaxMendBytes) {
    return {};
  }
  Session session(bytes);
  for (std::size_t i = 0; i < kMaxMends && session.step(); ++i) {
  }
  if (session.empty() || !session.worth_it(score_of(bytes))) {
    return {};
  }
  return session.finish(bytes);
}

}  // namespace emltrace::intake
