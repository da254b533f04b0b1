#include <array>

#include "base/text.hpp"
#include "intake/mend/rows.hpp"
#include "message/field_start.hpp"

namespace emltrace::intake::rows {
namespace {

constexpr std::size_t kSearchLines = 20'000;

struct Fence {
  std::string_view open;
  std::string_view close;
  bool word_behind;  ///< the name of a language may follow the opening mark
};
// CommonMark's fences, Jira's and BBCode's blocks.
constexpr std::array kFences = std::to_array<Fence>({
    {"```", "```", true},
    {"~~~", "~~~", true},
    {"{noformat}", "{noformat}", false},
    {"{code}", "{code}", false},
    {"[code]", "[/code]", false},
    {"[quote]", "[/quote]", false},
});

bool starts_header(std::string_view text, std::size_t at) {
  return at < text.size() &&
         (!known_name_at(text, at).empty() || is_from_line(line_at(text, at).text));
}

// The offset of the header behind the mark that opens it; null where the line is no such mark, or
// no header follows.
std::optional<std::size_t> header_behind(std::string_view text, const Line& line,
                                         const Fence& fence) {
  const std::size_t indent = line.text.find_first_not_of(" \t");
  if (indent == std::string_view::npos || !line.text.substr(indent).starts_with(fence.open)) {
    return std::nullopt;
  }
  std::size_t behind = indent + fence.open.size();
  while (behind < line.text.size() && line.text[behind] == fence.open.front()) ++behind;
  if (starts_header(text, line.offset + behind)) return line.offset + behind;
  const std::string_view rest = text::trim(line.text.substr(behind));
  if (!rest.empty() &&
      (!fence.word_behind || rest.find_first_of(" :`") != std::string_view::npos)) {
    return std::nullopt;
  }
  std::size_t next = line.next;
  while (next < text.size() && text::trim(line_at(text, next).text).empty()) {
    next = line_at(text, next).next;
  }
  return starts_header(text, next) ? std::optional(next) : std::nullopt;
}

// The offset of the mark that closes the block: a line of its own, or the end of one.
std::size_t closing(std::string_view text, std::size_t from, const Fence& fence) {
  for (const Line& line : Lines(text, from)) {
    const std::string_view trimmed = text::trim(line.text);
    if (trimmed.starts_with(fence.close) &&
        trimmed.find_first_not_of(fence.close.front()) == std::string_view::npos) {
      return line.offset;
    }
    if (trimmed == fence.close) return line.offset;
    if (trimmed.ends_with(fence.close)) {
      return static_cast<std::size_t>(trimmed.data() - text.data()) + trimmed.size() -
             fence.close.size();
    }
  }
  return text.size();
}

// The mark behind a header whose opening mark was not copied.
Changes lone_closing(const Look& look) {
  for (const Line& line : Lines(look.text, look.block.begin, look.block.end)) {
    const std::string_view trimmed = text::trim(line.text);
    const bool closes = trimmed.size() >= 3 &&
                        (trimmed.starts_with("```") || trimmed.starts_with("~~~")) &&
                        trimmed.find_first_not_of(trimmed.front()) == std::string_view::npos;
    if (closes && line.offset > look.block.begin) {
      Changes changes;
      drop_lines(changes, look.text, line.offset, look.text.size());
      return changes;
    }
  }
  return {};
}

}  // namespace

Changes code_fence(const Look& look) {
  std::size_t lines = 0;
  for (const Line& line : Lines(look.text)) {
    if (++lines > kSearchLines) break;
    for (const Fence& fence : kFences) {
      const auto header = header_behind(look.text, line, fence);
      if (!header) continue;
      Changes changes;
      drop_lines(changes, look.text, line.offset, *header);
      drop_lines(changes, look.text, closing(look.text, *header, fence), look.text.size());
      return changes;
    }
    if (look.block.starts_well && line.offset >= look.block.end) break;
  }
  return look.block.known > 1 ? lone_closing(look) : Changes{};
}

}  // namespace emltrace::intake::rows
