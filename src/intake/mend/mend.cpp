#include "intake/mend/mend.hpp"

#include <algorithm>
#include <array>

#include "base/date.hpp"
#include "intake/mend/input_lines.hpp"
#include "intake/mend/rows.hpp"
#include "message/mime.hpp"

namespace emltrace::intake {
namespace {

using namespace rows;

// Outer damage first: what was done last to the text is undone first.
constexpr std::array kRows = std::to_array<MendRow>({
    {"utf-16", true, false, "UTF-16 text was read as UTF-8.", is_utf16, from_utf16},
    {"byte-order-mark", false, false, "A byte order mark before the first line was left out.",
     has_byte_order_mark, drop_byte_order_mark},
    {"apple-mail-partial", true, false,
     "Apple Mail keeps what is attached to this message elsewhere: the body, which is not whole, "
     "was left out with the length and the property list around it.",
     is_partial_apple_mail, drop_partial_apple_mail},
    {"apple-mail", false, false,
     "The length and the property list that Apple Mail keeps around a message were left out.",
     is_apple_mail, drop_apple_mail},
    {"cr-line-ends", false, false, "Lines that ended with CR alone were ended with LF.",
     has_cr_lines, cr_to_lf},
    {"cr-cr-lf", false, false, "Lines that ended with CR CR LF were ended with CR LF.",
     has_cr_cr_lf, cr_cr_lf_to_crlf},
    {"gb18030", true, false, "GB18030 text was read as UTF-8.", is_gb18030, from_gb18030},
    {"html-page", true, false, "The text of a saved web page was taken, without its tags.",
     is_html_page, text_of_html},
    {"quoted-printable", true, true, "Quoted-printable escapes in the header were decoded.",
     is_quoted_printable, from_quoted_printable},
    {"html-entities", true, true, "HTML entities in the header were decoded.", has_entities,
     from_entities},
    {"gmail-table", false, false, "The table above the message on Gmail's page was left out.",
     has_gmail_table, drop_gmail_table},
    {"outlook-line", false, false,
     "The line that Outlook puts above Internet headers was left out.", has_outlook_line,
     drop_outlook_line},
    {"quote-marks", true, false, "Quote marks ('>') before the lines were taken off.", is_quoted,
     unquote},
    {"indented", true, false, "The indent that all lines share was taken off.", is_indented,
     dedent},
    {"one-line", true, false, "Fields that stood on one line were put on lines of their own.",
     is_one_line, split_one_line},
    {"leading-text", false, false, "Text before the header was left out.", has_leading_text,
     drop_leading_text},
    {"blank-lines-between", true, false, "Empty lines between all lines were taken out.",
     has_doubled_lines, undouble_lines},
    {"no-break-spaces", true, false, "No-break and other foreign spaces were made plain ones.",
     has_foreign_spaces, plain_spaces},
    {"blank-line-in-header", true, false, "An empty line inside the header was taken out.",
     has_blank_in_header, drop_blank_in_header},
    {"time-alone", true, true, "A time that stood alone on a line was joined to its date.",
     has_time_alone, fold_time_alone},
    {"fold-lost", true, false, "Lines that had lost their indent were joined to their field.",
     has_lost_folds, restore_folds},
    {"typographic-quotes", true, true, "Typographic quotes were made plain ones.",
     has_typographic_quotes, plain_quotes},
    {"mailto-links", true, true, "Links made of addresses were made addresses again.", has_mailto,
     drop_mailto},
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
  const std::string_view text = draft.text();
  const HeaderBlock block = scan_header_block(text, 0);
  return {text, block, block.is_valid() && has_valid_date(text.substr(0, block.end)), original};
}

struct Applied {
  const MendRow* row;
  std::size_t first = 0;  ///< offset in the input
  std::size_t count = 0;
  std::size_t times = 0;
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
      record(row, draft_.input_offset(edit.first()), edit.count());
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
                                a.row->touches_signed_bytes, std::string(a.row->detail)});
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
  void record(const MendRow& row, std::size_t first, std::size_t count) {
    if (Applied* applied = find(row)) {
      applied->first = std::min(applied->first, first);
      applied->count += count;
      ++applied->times;
    } else {
      applied_.push_back({&row, first, count, 1});
    }
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
  const long score_before = scan_header_block(bytes, 0).score();
  Session session(bytes);
  for (std::size_t i = 0; i < kMaxMends && session.step(); ++i) {
  }
  if (session.empty() || !session.worth_it(score_before)) {
    return {};
  }
  return session.finish(bytes);
}

}  // namespace emltrace::intake
