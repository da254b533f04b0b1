#include <array>

#include "base/text.hpp"
#include "intake/mend/rows.hpp"
#include "message/field_start.hpp"

namespace emltrace::intake::rows {
namespace {

constexpr std::string_view kMarks = "*_`~";
constexpr std::size_t kMostMarks = 3;  // `***bold and slanted***`
constexpr std::size_t kFewNames = 2;   // marked names that show what was done

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

std::optional<Marked> read_marked(std::string_view line) {
  const std::size_t bullet = line.starts_with("- ") || line.starts_with("* ") ? 2 : 0;
  const std::size_t open = marks_length(line, bullet);
  if (open == 0) return std::nullopt;
  Marked marked{};
  marked.name = bullet + open;
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
  const std::size_t behind = marks_length(line, marked.colon + 1);
  marked.value = marked.colon + 1 + behind;
  marked.line_end = line.size();
  const std::string_view mark = line.substr(bullet, open);
  if (inner == 0 && behind == 0 && line.ends_with(mark)) marked.line_end -= open;
  return marked;
}

void take_off(Changes& changes, std::size_t from, std::size_t to) {
  if (from < to) changes.push_back({from, to, ""});
}

}  // namespace

Changes emphasis_marks(const Look& look) {
  Changes changes;
  std::size_t names = 0;
  const std::size_t end = look.valid ? look.block.end : look.text.size();
  std::size_t lines = 0;
  for (const Line& line : Lines(look.text, look.block.begin, end)) {
    if (++lines > kMaxLooseLines) break;
    const auto marked = read_marked(line.text);
    if (!marked) continue;
    ++names;
    take_off(changes, line.offset, line.offset + marked->name);
    take_off(changes, line.offset + marked->name_end, line.offset + marked->colon);
    take_off(changes, line.offset + marked->colon + 1, line.offset + marked->value);
    take_off(changes, line.offset + marked->line_end, line.offset + line.text.size());
  }
  return names >= kFewNames ? changes : Changes{};
}

}  // namespace emltrace::intake::rows
