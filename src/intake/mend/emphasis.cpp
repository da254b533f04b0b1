#include <array>

#include "base/text.hpp"
#include "intake/mend/rows.hpp"
#include "message/field_start.hpp"

namespace emltrace::intake::rows {
namespace {

constexpr std::string_view kMarks = "*_`~";
constexpr std::size_t kMostMarks = 3;  // `***bold and slanted***`
constexpr std::size_t kFewNames = 2;   // marked names that show what was done; one, if the first
constexpr std::size_t kFewLines = 4;   // of a header whose fields stand on one

std::size_t marks_length(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < kMostMarks && kMarks.find(text[end]) != std::string::npos)
    ++end;
  return end - at;
}

// `**From:** a@b`, `*From*: a@b`, `` `From: a@b` ``
struct Marked {
  std::size_t name;  ///< offset of the name in the line
  std::size_t name_end;
  std::size_t colon;
  std::size_t value;     ///< offset behind the marks that follow the colon
  std::size_t line_end;  ///< offset of the mark at the line's end; its size where there is none
};

std::optional<Marked> read_marked(std::string_view line, std::size_t at) {
  const std::size_t open = marks_length(line, at);
  if (open == 0) return std::nullopt;
  Marked marked{};
  marked.name = at + open;
  marked.name_end = marked.name;
  while (marked.name_end < line.size() &&
         (text::is_alnum(line[marked.name_end]) || line[marked.name_end] == '-')) {
    ++marked.name_end;
  }
  const std::size_t inner = marks_length(line, marked.name_end);
  marked.colon = marked.name_end + inner;
  const std::string_view name = line.substr(marked.name, marked.name_end - marked.name);
  if (marked.colon >= line.size() || line[marked.colon] != ':' ||
      name_rank(name) < NameRank::common) {
    return std::nullopt;
  }
  marked.value = marked.colon + 1 + marks_length(line, marked.colon + 1);
  marked.line_end = line.size();
  const bool closed = inner > 0 || marked.value > marked.colon + 1;
  if (!closed && line.ends_with(line.substr(at, open))) marked.line_end -= open;
  return marked;
}

std::size_t bullet_length(std::string_view line) {
  return line.starts_with("- ") || line.starts_with("* ") ? 2 : 0;
}

void take_off(Changes& changes, std::size_t from, std::size_t to) {
  if (from < to) changes.push_back({from, to, ""});
}

}  // namespace

Changes emphasis_marks(const Look& look) {
  Changes changes;
  std::size_t names = 0;
  std::size_t lines = 0;
  const bool one_line = look.block.lines <= kFewLines;
  for (const Line& line : Lines(look.text, look.block.begin)) {
    if (++lines > kMaxLooseLines) break;
    std::size_t begin = 0;  // of what is taken off before the name
    std::size_t at = bullet_length(line.text);
    while (at < line.text.size()) {
      const auto marked = read_marked(line.text, at);
      if (marked) {
        names += lines == 1 ? kFewNames : 1;
        take_off(changes, line.offset + begin, line.offset + marked->name);
        take_off(changes, line.offset + marked->name_end, line.offset + marked->colon);
        take_off(changes, line.offset + marked->colon + 1, line.offset + marked->value);
        take_off(changes, line.offset + marked->line_end, line.offset + line.text.size());
      }
      const std::size_t space =
          one_line ? line.text.find(' ', marked ? marked->value : at) : std::string_view::npos;
      if (space == std::string_view::npos) break;
      begin = at = space + 1;
    }
  }
  return names >= kFewNames ? changes : Changes{};
}

}  // namespace emltrace::intake::rows
