#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "intake/mend/rows.hpp"
#include "message/field_start.hpp"

namespace emltrace::intake::rows {
namespace {

constexpr std::size_t kSampleLines = 400;
constexpr std::size_t kFewNames = 2;  // lines with one prefix that show what was done

// A prefix as the lines share it: runs of digits are one '#', runs of blanks one space.
struct Shape {
  std::string core;        ///< without the blanks at both ends
  std::string tail;        ///< the blanks between the core and the field, as they stand
  std::size_t column = 0;  ///< where fields begin, where the blanks differ; else 0
  std::size_t fields = 0;  ///< lines with it before a field
};

std::string core_of(std::string_view prefix) {
  std::string core;
  for (const char c : text::trim(prefix)) {
    const char mark = text::is_digit(c) ? '#' : (text::is_wsp(c) ? ' ' : c);
    const bool runs_on = !core.empty() && core.back() == mark && (mark == '#' || mark == ' ');
    if (!runs_on) core.push_back(mark);
  }
  return core;
}

std::string_view tail_of(std::string_view prefix) {
  const std::size_t last = prefix.find_last_not_of(" \t");
  return prefix.substr(last == std::string_view::npos ? 0 : last + 1);
}

// The end of the core at the start of a line; null where the line does not begin with it.
std::optional<std::size_t> core_end(std::string_view line, std::string_view core) {
  std::size_t at = 0;
  const auto skip = [&](auto is) {
    const std::size_t from = at;
    while (at < line.size() && is(line[at])) ++at;
    return at > from;
  };
  const auto take = [&](char mark) {
    const bool fits = at < line.size() && line[at] == mark;
    at += fits ? 1 : 0;
    return fits;
  };
  skip(text::is_wsp);
  for (const char mark : core) {
    const bool fits = mark == '#'   ? skip(text::is_digit)
                      : mark == ' ' ? skip(text::is_wsp)
                                    : take(mark);
    if (!fits) return std::nullopt;
  }
  return at;
}

// The bytes of the prefix of one line.
std::optional<std::size_t> prefix_length(std::string_view line, const Shape& shape) {
  const auto core = core_end(line, shape.core);
  if (!core) return std::nullopt;
  if (shape.column > 0) return std::min(std::max(shape.column, *core), line.size());
  const std::string_view rest = line.substr(*core);
  if (rest.starts_with(shape.tail)) return *core + shape.tail.size();
  return text::trim(rest).empty() ? std::optional(line.size()) : std::nullopt;
}

struct Count {
  std::size_t lines = 0;
  std::string tail;  ///< the shortest
  bool tails_agree = true;
  std::map<std::size_t, std::size_t> columns;  ///< lines by where their field begins

  void add(std::string_view prefix) {
    const std::string_view own = tail_of(prefix);
    if (lines == 0) tail = own;
    tails_agree = tails_agree && own == tail;
    if (own.size() < tail.size()) tail = own;
    ++lines;
    ++columns[prefix.size()];
  }

  // Where nearly all fields begin, the blanks before them being of different length; else 0.
  [[nodiscard]] std::size_t column() const {
    const auto most =
        std::ranges::max_element(columns, {}, [](const auto& column) { return column.second; });
    return !tails_agree && most->second * 10 >= lines * 9 ? most->first : 0;
  }
};

// The prefix before nearly all fields; null where they begin their lines.
std::optional<Shape> shared_prefix(std::string_view text) {
  std::map<std::string, Count, std::less<>> counts;
  std::size_t bare = 0;
  std::size_t lines = 0;
  for (const Line& line : Lines(text)) {
    if (++lines > kSampleLines) break;
    // Fields of a program's own may stand in front of all that has the prefix.
    if (!known_name_at(line.text, 0).empty()) {
      bare += counts.empty() ? 0 : 1;
      continue;
    }
    const auto inner = first_known_name(line.text);
    if (!inner) continue;
    const std::string_view prefix = line.text.substr(0, inner->at);
    if (std::string core = core_of(prefix); !core.empty()) counts[std::move(core)].add(prefix);
  }
  const auto best =
      std::ranges::max_element(counts, {}, [](const auto& count) { return count.second.lines; });
  if (best == counts.end() || best->second.lines <= bare * 4) return std::nullopt;
  return Shape{best->first, best->second.tail, best->second.column(), best->second.lines};
}

struct Prefixed {
  Line line;
  std::size_t length;
};

// The lines from the first to the last one that begin with the prefix, and lines of blanks between
// them; none where many others stand there.
std::vector<Prefixed> prefixed_lines(std::string_view text, const Shape& shape) {
  std::vector<Prefixed> found;
  std::size_t prefixed = 0;
  std::size_t others = 0;
  std::size_t trailing = 0;
  for (const Line& line : Lines(text)) {
    if (const auto length = prefix_length(line.text, shape)) {
      found.push_back({line, *length});
      ++prefixed;
      others += std::exchange(trailing, 0);
    } else if (!found.empty() && text::trim(line.text).empty()) {
      if (!line.text.empty()) found.push_back({line, line.text.size()});
    } else if (!found.empty()) {
      ++trailing;
    }
  }
  // One field shows a prefix only where its other lines have it too.
  const std::size_t few = shape.fields < kFewNames ? kFewNames : 1;
  return prefixed < few || others * 5 > prefixed ? std::vector<Prefixed>{} : found;
}

std::optional<std::size_t> last_number(std::string_view prefix) {
  const std::size_t last = prefix.find_last_of("0123456789");
  if (last == std::string_view::npos) return std::nullopt;
  std::size_t first = last;
  while (first > 0 && text::is_digit(prefix[first - 1])) --first;
  const auto value = text::parse_unsigned(prefix.substr(first, last + 1 - first));
  return value ? std::optional(static_cast<std::size_t>(*value)) : std::nullopt;
}

// Each line has the number of the one before and one more; a program that leaves lines out (`grep`)
// only ascends.
bool are_numbered(const std::vector<Prefixed>& lines, const Shape& shape) {
  const std::string_view core = shape.core;
  const std::size_t number = core.rfind('#');
  if (number == std::string_view::npos || core.size() - number > 2 ||
      core.find(' ') != std::string_view::npos) {
    return false;
  }
  std::optional<std::size_t> before;
  if (lines.empty()) return false;
  for (const Prefixed& one : lines) {
    const std::string_view prefix = one.line.text.substr(0, one.length);
    if (text::trim(prefix).empty()) continue;
    const auto own = last_number(prefix);
    if (!own || (before && *own <= *before)) return false;
    before = own;
  }
  return true;
}

// The same marks before each line say nothing of it: quotation and indent are other rows' business.
bool is_mark_of_others(const Shape& shape) {
  return shape.core.find_first_not_of("> ") == std::string::npos || shape.core.starts_with('"') ||
         shape.core.find('<') != std::string::npos;
}

Changes without_prefix(const Look& look, bool numbered) {
  const auto shape = shared_prefix(look.text);
  if (!shape || is_mark_of_others(*shape)) {
    return {};
  }
  const auto lines = prefixed_lines(look.text, *shape);
  if (are_numbered(lines, *shape) != numbered) {
    return {};
  }
  Changes changes;
  for (const Prefixed& one : lines) {
    changes.push_back({one.line.offset, one.line.offset + one.length, ""});
  }
  return changes;
}

}  // namespace

Changes line_numbers(const Look& look) {
  return without_prefix(look, true);
}

Changes line_prefixes(const Look& look) {
  return without_prefix(look, false);
}

}  // namespace emltrace::intake::rows
