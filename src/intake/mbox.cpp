#include "intake/mbox.hpp"

#include <algorithm>

#include "base/calendar.hpp"
#include "base/lines.hpp"
#include "base/text.hpp"
#include "intake/mend/input_lines.hpp"
#include "message/field_start.hpp"
#include "message/header_block.hpp"

namespace emltrace::mbox {
namespace {

constexpr std::string_view kFrom = "From ";
constexpr std::size_t kLookAhead = 4'096;
constexpr std::size_t kLongestFromLine = 1'024;

enum class Shape { none, address, dated };

bool has_time(std::string_view word) {
  const std::size_t colon = word.find(':');
  return colon != std::string_view::npos && colon > 0 && text::is_digit(word[colon - 1]) &&
         colon + 1 < word.size() && text::is_digit(word[colon + 1]);
}

bool is_year(std::string_view word) {
  const bool digits = word.size() == 4 && std::ranges::all_of(word, text::is_digit);
  return digits && (word.starts_with("19") || word.starts_with("20"));
}

// from-line = "From " addr-spec SP timestamp (RFC 4155 appendix A); `From -` and the like are seen.
Shape shape_of(std::string_view line) {
  if (!line.starts_with(kFrom) || line.size() > kLongestFromLine) {
    return Shape::none;
  }
  const std::string_view rest = line.substr(kFrom.size());
  const auto words = text::words(rest);
  const bool month = std::ranges::any_of(words, [](std::string_view word) {
    return calendar::is_abbreviation(calendar::kMonths, word);
  });
  if (month && std::ranges::any_of(words, has_time) && std::ranges::any_of(words, is_year)) {
    return Shape::dated;
  }
  const bool address = words.size() == 1 && (words[0].find('@') != std::string_view::npos ||
                                             words[0] == "MAILER-DAEMON");
  return address ? Shape::address : Shape::none;
}

bool is_header_line(std::string_view line, NameRank least) {
  const auto field = field_start(line);
  return line.starts_with(">From ") || (field && name_rank(field->name) >= least);
}

// Calls `visit(offset, marks)` for the lines of a body that are `From ` lines, marked or not.
template <class Visit>
bool any_from_line(std::string_view text, std::size_t begin, std::size_t end, Visit visit) {
  for (std::size_t at = text.find(kFrom, begin); at < end; at = text.find(kFrom, at + 1)) {
    std::size_t line = at;
    while (line > begin && text[line - 1] == '>') {
      --line;
    }
    if ((line == begin || text[line - 1] == '\n') && visit(line, at - line)) {
      return true;
    }
  }
  return false;
}

std::optional<std::uint64_t> content_length(std::string_view header) {
  for (const text::Line& line : text::Lines(header)) {
    if (const auto field = field_start(line.text);
        field && text::iequals(field->name, "content-length")) {
      return text::parse_unsigned(text::trim(line.text.substr(field->colon + 1)));
    }
  }
  return std::nullopt;
}

std::size_t line_end_before(std::string_view text, std::size_t at) {
  if (at == 0 || text[at - 1] != '\n') {
    return 0;
  }
  return at >= 2 && text[at - 2] == '\r' ? 2 : 1;
}

// Without the empty line that stands between two messages.
std::size_t without_empty_line(std::string_view text, std::size_t end) {
  const std::size_t last = line_end_before(text, end);
  return last > 0 && line_end_before(text, end - last) > 0 ? end - last : end;
}

}  // namespace

bool looks_like_mbox(std::string_view text) {
  if (!text.starts_with(kFrom)) {
    return false;
  }
  const text::Line from = text::line_at(text, 0);
  return shape_of(from.text) != Shape::none && from.next < text.size() &&
         is_header_line(text::line_at(text, from.next).text, NameRank::odd);
}

// The offset behind the empty line that ends the header, or of the next message's `From ` line.
std::size_t Splitter::find_body() {
  std::size_t at = text::line_at(input_.view(), 0).next;
  while (at < kMaxHeaderBytes) {
    if (input_.view().size() < at + kLookAhead) {
      input_.grow_to(at + kLookAhead);
    }
    const std::string_view view = input_.view();
    if (at >= view.size()) {
      return view.size();
    }
    const text::Line line = text::line_at(view, at);
    if (line.text.empty()) {
      return line.next;
    }
    if (line.next == view.size() && !input_.complete()) {
      input_.grow();
      continue;
    }
    at = line.next;
  }
  return at;
}

std::optional<Splitter::Extent> Splitter::by_length(std::size_t body) {
  const auto length = content_length(input_.view().substr(0, body));
  if (!length || *length > kMaxPipedBytes) {
    return std::nullopt;
  }
  const std::size_t end = body + static_cast<std::size_t>(*length);
  input_.grow_to(end + kLookAhead);
  const std::string_view view = input_.view();
  if (end > view.size()) {
    return std::nullopt;
  }
  std::size_t next = end;
  while (next < view.size() && (view[next] == '\n' || view[next] == '\r') && next < end + 4) {
    ++next;
  }
  const bool fits =
      next == view.size() || (next > 0 && view[next - 1] == '\n' &&
                              shape_of(text::line_at(view, next).text) != Shape::none);
  if (!fits) {
    return std::nullopt;
  }
  // Without a body the one empty line is the writer's.
  const bool no_body = *length == 0 && next == end;
  return Extent{no_body ? end - line_end_before(view, end) : end, next};
}

bool Splitter::is_separator(std::size_t at) {
  input_.grow_to(at + kLookAhead);
  const std::string_view view = input_.view();
  const text::Line line = text::line_at(view, at);
  const Shape shape = shape_of(line.text);
  if (shape == Shape::none || line.next >= view.size()) {
    return false;
  }
  const std::size_t ended = line_end_before(view, at);
  const bool after_empty = ended > 0 && line_end_before(view, at - ended) > 0;
  const std::string_view header = text::line_at(view, line.next).text;
  return after_empty ? is_header_line(header, NameRank::odd)
                     : shape == Shape::dated && is_header_line(header, NameRank::common);
}

Splitter::Extent Splitter::by_from_line(std::size_t body) {
  std::size_t from = body > 0 ? body - 1 : 0;
  while (true) {
    const std::string_view view = input_.view();
    const std::size_t found = view.find("\nFrom ", from);
    if (found != std::string_view::npos) {
      if (is_separator(found + 1)) {
        return {without_empty_line(input_.view(), found + 1), found + 1};
      }
      from = found + 1;
      continue;
    }
    from = std::max(from, view.size() - std::min(view.size(), kFrom.size()));
    if (view.size() >= kMaxPipedBytes || !input_.grow()) {
      const std::size_t size = input_.view().size();
      return {without_empty_line(input_.view(), size), size};
    }
  }
}

// Looks through what is in view: in a mapped file that is all that follows.
bool Splitter::lengths_escape() {
  if (!lengths_escape_) {
    const std::string_view view = input_.view();
    std::size_t at = 0;
    while (!lengths_escape_ && at < view.size()) {
      const auto rest = view.substr(at);
      const std::size_t empty = std::min(rest.find("\n\n"), rest.find("\n\r\n"));
      const auto length = content_length(rest.substr(0, empty));
      if (empty == std::string_view::npos || !length || *length > rest.size() - empty) {
        break;
      }
      const std::size_t body = empty + (rest[empty + 1] == '\r' ? 3 : 2);
      const std::size_t end = std::min(rest.size(), body + static_cast<std::size_t>(*length));
      if (any_from_line(rest, body, end, [](std::size_t, std::size_t n) { return n == 0; })) {
        lengths_escape_ = false;
      }
      const std::size_t next = rest.find(kFrom, end);
      at = next == std::string_view::npos || next > end + 4 ? view.size() : at + next;
    }
    lengths_escape_ = lengths_escape_.value_or(true);
  }
  return *lengths_escape_;
}

bool Splitter::is_escaped(std::size_t body, const Extent& extent, bool by_length) {
  const std::string_view view = input_.view();
  bool marked = false;
  bool plain = false;
  any_from_line(view, body, extent.end, [&](std::size_t, std::size_t marks) {
    marked = marked || marks > 0;
    plain = plain || marks == 0;
    return plain && by_length;
  });
  if (by_length && plain) {
    lengths_escape_ = false;
  }
  return marked && (!by_length || lengths_escape());
}

std::optional<Slice> Splitter::next() {
  input_.grow_to(kLookAhead);
  if (input_.view().empty()) {
    return std::nullopt;
  }
  const std::size_t body = find_body();
  auto extent = by_length(body);
  const bool measured = extent.has_value();
  if (!extent) {
    extent = by_from_line(std::min(body, input_.view().size()));
  }
  Slice slice;
  slice.offset = input_.position();
  slice.escaped = is_escaped(body, *extent, measured);
  slice.chunk = input_.take(extent->end);
  input_.advance(extent->next - extent->end);
  return slice;
}

intake::Mended unescape(std::string_view message) {
  const intake::Draft draft(message);
  intake::Edit edit(draft);
  const HeaderBlock block = scan_header_block(message, 0);
  std::size_t from = 0;
  any_from_line(message, block.next, message.size(), [&](std::size_t line, std::size_t marks) {
    if (marks > 0) {
      edit.note(line);
      edit.copy(from, line);
      from = line + 1;
    }
    return false;
  });
  edit.copy(from, message.size());
  intake::Mended mended;
  if (edit.count() > 0) {
    const intake::InputLines lines(message);
    mended.repairs.push_back({"mbox-from-escaped", lines.line_of(edit.first()), edit.count(), true,
                              "'>From ' lines of the mbox were made 'From ' lines again."});
    intake::Draft next = edit.finish();
    mended.places = next.places();
    mended.text = next.take();
  }
  return mended;
}

}  // namespace emltrace::mbox
