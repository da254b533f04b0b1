#include "base/text.hpp"
#include "intake/mend/rows.hpp"
#include "message/field_start.hpp"

namespace emltrace::intake::rows {
namespace {

bool is_name_char(char c) {
  return text::is_alnum(c) || c == '-' || c == '_';
}

// Names that begin a field even where the white space before them was lost.
bool is_unmistakable(std::string_view name) {
  return name_rank(name) == NameRank::trace || name == "Message-ID" || name == "MIME-Version";
}

struct Inner {
  std::size_t gap;    ///< offset of the white space before the name
  std::size_t start;  ///< offset of the name
};

/// How the fields of a line are parted.
struct Style {
  bool spaced = false;  ///< `Name : ` is how names are written
  bool glued = false;   ///< nothing stands between a value and the next name
};

// A name at the end of a run of letters, the longest that begins with a capital: `comReceived`.
std::optional<std::size_t> glued_name(std::string_view run) {
  for (std::size_t at = 0; at < run.size(); ++at) {
    const bool capital = run[at] >= 'A' && run[at] <= 'Z';
    const std::string_view name = run.substr(at);
    const bool extension = name.size() > 3 && name.starts_with("X-") && text::is_alpha(name[2]);
    if (capital && (at == 0 || run[at - 1] != '-') && (extension || is_registered_name(name))) {
      return at;
    }
  }
  return std::nullopt;
}

bool starts_glued(std::string_view line, std::size_t start, bool gap_after) {
  if (start == 0) return false;
  const char before = line[start - 1];
  const bool behind_mark = before == '>' || before == ')';
  return behind_mark || (gap_after && before != '=' && before != ':' && !text::is_space(before));
}

// The next field inside a line: a known name with a capital, a colon and white space behind it.
std::optional<Inner> next_inner_field(std::string_view line, std::size_t from, Style style) {
  for (std::size_t colon = line.find(':', from); colon != std::string_view::npos;
       colon = line.find(':', colon + 1)) {
    std::size_t end = colon;
    while (end > from && line[end - 1] == ' ') {
      --end;
    }
    std::size_t start = end;
    while (start > from && is_name_char(line[start - 1])) {
      --start;
    }
    const std::string_view name = line.substr(start, end - start);
    const bool gap_after = colon + 1 < line.size() && text::is_space(line[colon + 1]);
    if (const auto inner = style.glued ? glued_name(name) : std::nullopt;
        inner && starts_glued(line, start + *inner, gap_after)) {
      return Inner{start + *inner, start + *inner};
    }
    if (name.empty() || !gap_after || name.front() < 'A' || name.front() > 'Z') {
      continue;
    }
    const bool gap_before = start > 0 && text::is_space(line[start - 1]);
    const bool known = name_rank(name) >= NameRank::common;
    if ((gap_before && known && (end == colon || style.spaced)) ||
        (start > 0 && is_unmistakable(name) && (gap_before || end == colon)) ||
        (gap_before && is_received(name))) {
      std::size_t gap = start;
      while (gap > from && text::is_space(line[gap - 1])) {
        --gap;
      }
      return Inner{gap, start};
    }
  }
  return std::nullopt;
}

// `Name : ` is how this header writes its fields.
bool is_spaced(std::string_view header) {
  const auto field = field_start(line_at(header, 0).text);
  return field && field->space_before;
}

struct InnerCount {
  std::size_t fields = 0;
  std::size_t received = 0;
};

InnerCount count_inner(std::string_view header, Style style) {
  InnerCount count;
  std::size_t at = 1;
  while (const auto inner = next_inner_field(header, at, style)) {
    const std::size_t colon = header.find(':', inner->start);
    if (header[inner->start - 1] != '\n') {
      ++count.fields;
      count.received +=
          is_received(text::trim(header.substr(inner->start, colon - inner->start))) ? 1 : 0;
    }
    at = colon + 1;
  }
  return count;
}

constexpr std::size_t kFewLines = 4;

// Null where the fields stand on lines of their own.
std::optional<Style> one_line_style(const Look& look) {
  const std::string_view header = look.text.substr(0, look.block.end);
  if (header.empty()) {
    return std::nullopt;
  }
  Style style{is_spaced(header), false};
  const InnerCount inner = count_inner(header, style);
  if (look.block.lines > kFewLines) {
    const bool most = inner.received > 0 && inner.fields > look.block.fields;
    return most ? std::optional(style) : std::nullopt;
  }
  style.glued = true;
  const InnerCount glued = count_inner(header, style);
  style.glued = glued.fields > inner.fields * 2 && glued.fields >= 2;
  const bool any = style.glued || inner.fields >= 2 || inner.received > 0;
  return any ? std::optional(style) : std::nullopt;
}

}  // namespace

bool is_one_line(const Look& look) {
  return one_line_style(look).has_value();
}

void split_one_line(const Look& look, Edit& edit) {
  const std::string_view header = look.text.substr(0, look.block.end);
  const Style style = *one_line_style(look);
  std::size_t from = 0;
  std::size_t at = 1;
  while (const auto inner = next_inner_field(header, at, style)) {
    if (header[inner->start - 1] != '\n') {
      edit.note(inner->start);
      edit.copy(from, inner->gap);
      edit.replace(inner->gap, inner->start, "\n");
      from = inner->start;
    }
    at = header.find(':', inner->start) + 1;
  }
  edit.copy(from, look.text.size());
}

}  // namespace emltrace::intake::rows
