#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "intake/mend/rows.hpp"
#include "message/field_start.hpp"

namespace emltrace::intake::rows {
namespace {

constexpr std::string_view kOutlookLine = "Microsoft Mail Internet Headers Version";
constexpr std::size_t kTableLines = 40;
constexpr std::size_t kSearchLines = 20'000;
constexpr std::size_t kSampleLines = 60;
constexpr std::size_t kOneLine = 2;  // lines of a header that stood on one, envelope included

// `SPF:⇥PASS with IP 192.0.2.1`, `DKIM:⇥'PASS' with domain example.com`, `DMARC:⇥'PASS'`
bool is_table_result(std::string_view line) {
  static constexpr std::array<std::string_view, 3> kMethods = {"SPF:", "DKIM:", "DMARC:"};
  return std::ranges::any_of(kMethods, [&](auto method) {
    if (!line.starts_with(method)) {
      return false;
    }
    std::string_view rest = text::trim(line.substr(method.size()));
    if (rest.starts_with('\'')) {
      rest.remove_prefix(1);
    }
    static constexpr std::array<std::string_view, 7> kResults = {
        "pass", "fail", "softfail", "neutral", "none", "temperror", "permerror"};
    return std::ranges::any_of(kResults,
                               [&](auto result) { return text::istarts_with(rest, result); });
  });
}

bool is_table_link(std::string_view line) {
  return line == "Download Original" || line == "Copy to clipboard" ||
         line == "Download original" || line == "Learn more";
}

// Without the marks of a reply in front.
std::string_view unmarked(std::string_view line) {
  const std::size_t at = line.find_first_not_of("> ");
  return at == std::string_view::npos ? std::string_view{} : line.substr(at);
}

// The offset behind the last line of the table; null where there is no table.
std::optional<std::size_t> table_end(std::string_view text) {
  std::optional<std::size_t> end;
  bool titled = false;
  std::size_t lines = 0;
  for (const Line& line : Lines(text)) {
    if (++lines > kTableLines) break;
    const std::string_view trimmed = text::trim(unmarked(line.text));
    titled = titled || text::iequals(trimmed, "Original Message") ||
             trimmed.starts_with("Message ID") || trimmed.starts_with("Created at:");
    if (titled && (is_table_result(trimmed) || is_table_link(trimmed))) {
      end = line.next;
    }
  }
  return end;
}

bool is_marked(std::string_view line) {
  return line.starts_with('>') && !line.starts_with(">From ");
}

struct Indent {
  std::size_t bytes = 0;  ///< shortest among the lines
};

std::size_t indent_of(std::string_view line) {
  std::size_t at = 0;
  while (const std::size_t length = at < line.size() ? space_length(line, at) : 0) {
    at += length;
  }
  return at;
}

// The indent that all lines of the first paragraph share. The first lines may stand out of it: a
// selection often begins in the middle of a line.
std::optional<Indent> shared_indent(std::string_view text) {
  const auto first = first_line(text);
  if (!first) {
    return std::nullopt;
  }
  std::size_t shortest = std::string_view::npos;
  std::vector<std::size_t> known;
  bool exempt = false;
  std::size_t lines = 0;
  for (const Line& line : Lines(text, first->offset)) {
    if (is_blank(line.text) || ++lines > kSearchLines) break;
    const std::size_t own = indent_of(line.text);
    const std::string_view name = known_name_within(line.text);
    if (own == 0 && known.empty()) {
      exempt = true;
    } else if (!name.empty()) {
      known.push_back(own);
    }
    shortest = known.empty() ? shortest : std::min(shortest, own);
  }
  const auto flush = static_cast<std::size_t>(std::ranges::count(known, shortest));
  if (known.empty() || shortest == 0 || flush < (exempt ? 2U : 1U)) {
    return std::nullopt;
  }
  return Indent{shortest};
}

struct Paragraph {
  std::size_t header = std::string_view::npos;  ///< offset of its first line that names a field
  bool pure = true;                             ///< nothing stands before that line
  std::size_t next = 0;
  std::size_t trace = 0;
  std::size_t known = 0;
  std::size_t lines = 0;

  [[nodiscard]] std::size_t weight() const { return 4 * trace + known; }
};

Paragraph read_paragraph(std::string_view text, std::size_t at) {
  Paragraph paragraph;
  paragraph.next = text.size();
  for (const Line& line : Lines(text, at)) {
    if (is_blank(line.text) && paragraph.lines > 0) {
      paragraph.next = line.offset;
      break;
    }
    if (is_blank(line.text)) continue;
    ++paragraph.lines;
    const std::string_view name = known_name_within(line.text);
    const bool starts = paragraph.header != std::string_view::npos;
    if (!name.empty() && !starts) {
      paragraph.header = line.offset;
    }
    paragraph.pure = paragraph.pure && (starts || !name.empty());
    paragraph.known += name.empty() ? 0 : 1;
    paragraph.trace += !name.empty() && name_rank(name) == NameRank::trace ? 1 : 0;
  }
  return paragraph;
}

// Where the header begins: the paragraph that holds most of one, and what of it stands directly
// before in paragraphs of their own.
std::optional<std::size_t> header_start(std::string_view text) {
  std::size_t best = 0;
  std::size_t start = std::string_view::npos;
  std::size_t run_start = std::string_view::npos;
  std::size_t lines = 0;
  for (std::size_t at = 0; at < text.size() && lines < kSearchLines;) {
    const Paragraph paragraph = read_paragraph(text, at);
    const bool has_header = paragraph.header != std::string_view::npos;
    const bool goes_on = run_start != std::string_view::npos && has_header && paragraph.pure;
    if (!goes_on) {
      const bool begins = has_header && (paragraph.trace > 0 || paragraph.known == 1);
      run_start = begins ? paragraph.header : std::string_view::npos;
    }
    if (has_header && paragraph.weight() > best) {
      best = paragraph.weight();
      start = goes_on ? run_start : paragraph.header;
    }
    lines += paragraph.lines;
    at = paragraph.next;
  }
  return best == 0 ? std::nullopt : std::optional(start);
}

// An envelope line before the first field belongs to the message.
std::size_t with_envelope_line(std::string_view text, std::size_t start) {
  if (start < 2) {
    return start;
  }
  const std::size_t before = text.rfind('\n', start - 2);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  return is_from_line(line_at(text, begin).text) ? begin : start;
}

// Of quoted lines that were put on one line the marks stand behind white space.
void unquote_inside(const Look& look, Edit& edit) {
  std::size_t from = 0;
  for (std::size_t at = look.text.find('>'); at != std::string_view::npos;
       at = look.text.find('>', at + 1)) {
    const bool mark = at == from || (at > 0 && text::is_space(look.text[at - 1]));
    if (mark && !look.text.substr(at).starts_with(">From ")) {
      edit.note(at);
      edit.copy(from, at);
      from = at + (look.text.substr(at + 1).starts_with(' ') ? 2 : 1);
    }
  }
  edit.copy(from, look.text.size());
}

}  // namespace

bool has_gmail_table(const Look& look) {
  return table_end(look.text).has_value();
}

void drop_gmail_table(const Look& look, Edit& edit) {
  const std::size_t end = *table_end(look.text);
  for (const Line& line : Lines(look.text, 0, end)) edit.note(line.offset);
  edit.copy(end, look.text.size());
}

bool has_outlook_line(const Look& look) {
  const auto first = first_line(look.text);
  return first && text::trim(first->text).starts_with(kOutlookLine);
}

void drop_outlook_line(const Look& look, Edit& edit) {
  const Line first = *first_line(look.text);
  const std::size_t start = look.text.find(kOutlookLine);
  const std::size_t version = start + kOutlookLine.size();
  const std::size_t end = look.text.find_first_not_of(" .0123456789", version);
  const bool alone = end >= first.offset + first.text.size();
  edit.note(first.offset);
  edit.copy(alone ? first.next : end, look.text.size());
}

bool is_quoted(const Look& look) {
  const auto first = first_line(look.text);
  if (!first) {
    return false;
  }
  std::size_t marked = 0;
  std::size_t known = 0;
  std::size_t lines = 0;
  for (const Line& line : Lines(look.text, first->offset)) {
    if (line.text.empty() || lines == kSampleLines) break;
    marked += is_marked(line.text) ? 1 : 0;
    known += is_marked(line.text) && !known_name_within(line.text).empty() ? 1 : 0;
    ++lines;
  }
  const bool nearly_all = first->text.starts_with('>') && marked * 5 >= lines * 4;
  return nearly_all || (known >= 2 && marked * 2 > lines);
}

void unquote(const Look& look, Edit& edit) {
  if (look.block.lines <= kOneLine) {
    unquote_inside(look, edit);
    return;
  }
  for (const Line& line : Lines(look.text)) {
    std::size_t skip = 0;
    if (line.text.starts_with('>')) {
      skip = line.text.size() > 1 && line.text[1] == ' ' ? 2 : 1;
      edit.note(line.offset);
    }
    edit.copy(line.offset + skip, line.next);
  }
}

bool is_indented(const Look& look) {
  return shared_indent(look.text).has_value();
}

void dedent(const Look& look, Edit& edit) {
  const Indent indent = *shared_indent(look.text);
  for (const Line& line : Lines(look.text)) {
    const std::size_t skip = std::min(indent_of(line.text), indent.bytes);
    if (skip > 0) edit.note(line.offset);
    edit.copy(line.offset + skip, line.next);
  }
}

bool has_leading_text(const Look& look) {
  if (look.block.starts_well && (look.block.received > 0 || look.block.known > 3)) {
    return false;
  }
  const auto start = header_start(look.text);
  if (!start) {
    return false;
  }
  const std::size_t cut = with_envelope_line(look.text, *start);
  if (cut == 0) {
    return false;
  }
  const bool blank_only = is_blank(look.text.substr(0, cut)) || look.block.lines == 0;
  return blank_only || !look.block.starts_well || look.block.fields == 0 ||
         scan_header_block(look.text, cut).score() > look.block.score();
}

void drop_leading_text(const Look& look, Edit& edit) {
  const std::size_t cut = with_envelope_line(look.text, *header_start(look.text));
  for (const Line& line : Lines(look.text, 0, cut)) edit.note(line.offset);
  edit.copy(cut, look.text.size());
}

bool has_doubled_lines(const Look& look) {
  if (look.block.lines == 0 || look.block.lines > 2) {
    return false;
  }
  std::size_t alone = 0;
  std::size_t lines = 0;
  std::size_t known = 0;
  std::size_t blanks = 0;
  for (const Line& line : Lines(look.text)) {
    if (lines == kSampleLines || blanks == 3) break;
    if (is_blank(line.text)) {
      blanks += 1;
      alone += blanks == 1 && lines > 0 ? 1 : 0;
      continue;
    }
    blanks = 0;
    ++lines;
    known += known_name_within(line.text).empty() ? 0 : 1;
  }
  return lines >= 3 && known >= 2 && (alone + 1) * 10 >= lines * 9;
}

// Each line was followed by an empty one: of a run of them half was there before.
void undouble_lines(const Look& look, Edit& edit) {
  std::size_t run = 0;
  for (const Line& line : Lines(look.text)) {
    run = is_blank(line.text) ? run + 1 : 0;
    if (run % 2 == 1) {
      edit.note(line.offset);
    } else {
      edit.copy(line.offset, line.next);
    }
  }
}

}  // namespace emltrace::intake::rows
