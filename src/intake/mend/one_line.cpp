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

// The next field inside a line: a known name with a capital, a colon and white space behind it.
std::optional<Inner> next_inner_field(std::string_view line, std::size_t from, bool spaced) {
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
    if (name.empty() || !gap_after || name.front() < 'A' || name.front() > 'Z') {
      continue;
    }
    const bool gap_before = start > 0 && text::is_space(line[start - 1]);
    const bool known = name_rank(name) >= NameRank::common;
    if ((gap_before && known && (end == colon || spaced)) ||
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

InnerCount count_inner(std::string_view header, bool spaced) {
  InnerCount count;
  std::size_t at = 1;
  while (const auto inner = next_inner_field(header, at, spaced)) {
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

}  // namespace

bool is_one_line(const Look& look) {
  const std::string_view header = look.text.substr(0, look.block.end);
  if (header.empty()) {
    return false;
  }
  const InnerCount inner = count_inner(header, is_spaced(header));
  const bool few_lines = look.block.lines <= 4;
  return few_lines ? inner.fields >= 2 || inner.received > 0
                   : inner.received > 0 && inner.fields > look.block.fields;
}

void split_one_line(const Look& look, Edit& edit) {
  const std::string_view header = look.text.substr(0, look.block.end);
  const bool spaced = is_spaced(header);
  std::size_t from = 0;
  std::size_t at = 1;
  while (const auto inner = next_inner_field(header, at, spaced)) {
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
