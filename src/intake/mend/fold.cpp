#include <algorithm>

#include "base/text.hpp"
#include "intake/mend/rows.hpp"
#include "message/field_start.hpp"

namespace emltrace::intake::rows {
namespace {

bool is_signature(std::string_view name) {
  return text::iends_with(name, "-signature") || text::iequals(name, "arc-seal");
}

bool is_dated(std::string_view name) {
  return is_received(name) || text::iequals(name, "date") || text::iequals(name, "resent-date");
}

// `16:12:36 +0000`, `16:12`
bool is_time_line(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && text::is_digit(line[at])) {
    ++at;
  }
  return at >= 1 && at <= 2 && at + 2 < line.size() && line[at] == ':' &&
         text::is_digit(line[at + 1]) && text::is_digit(line[at + 2]);
}

// Whether the list of names of `h=` in a signature is open behind `piece`, the next one of its
// text, which begins with the body or a line: no ';' came after the tag.
bool is_h_list_open(bool before, std::string_view piece) {
  bool open = before;
  for (std::size_t at = 0; at < piece.size(); ++at) {
    const bool tag_may_start = at == 0 || piece[at - 1] == ';' || text::is_space(piece[at - 1]);
    if (piece[at] == ';') {
      open = false;
    } else if (tag_may_start && text::istarts_with(piece.substr(at), "h=")) {
      open = true;
    }
  }
  return open;
}

// `from:to:subject:`, up to a ';' or the end.
bool is_name_list(std::string_view line) {
  const std::string_view list = line.substr(0, line.find(';'));
  std::size_t names = 0;
  for (const std::string_view part : text::split(list, ':')) {
    const std::string_view name = text::trim(part);
    if (!std::ranges::all_of(name,
                             [](char c) { return text::is_alnum(c) || c == '-' || c == '_'; })) {
      return false;
    }
    names += name.empty() ? 0 : 1;
  }
  return names > 0;
}

constexpr std::size_t kWrapColumn = 60;
constexpr std::size_t kMostLines = 20'000;
constexpr std::size_t kContextBytes = 4'096;

// What is known while the lines of a damaged header are read one after another.
struct Context {
  std::string_view name;     ///< of the field that is open
  std::string_view body;     ///< of it, so far: its last kContextBytes
  bool in_h_list = false;    ///< it is a signature, and breaks off amid the names of `h=`
  std::size_t previous = 0;  ///< length of the line before
};

bool is_complete(const Context& context) {
  return is_dated(context.name) && has_time_of_day(context.body) &&
         (!is_received(context.name) || context.body.find(';') != std::string_view::npos);
}

bool starts_field(std::string_view line, const Context& context) {
  const auto field = field_start(line);
  if (!field || is_time_line(line)) {
    return false;
  }
  const NameRank rank = name_rank(field->name);
  if (rank == NameRank::odd) {
    return false;
  }
  if (context.in_h_list && is_name_list(line)) {
    return false;
  }
  if (rank >= NameRank::common) {
    return field->gap_after || (rank >= NameRank::author && !is_signature(context.name));
  }
  const bool capital = line.front() >= 'A' && line.front() <= 'Z';
  return field->gap_after && capital && (is_complete(context) || context.previous < kWrapColumn);
}

// Calls `visit` for the lines of the header that go on from the line before though no white space
// says so. Each field's text is looked at a bounded number of times.
template <class Visit>
void each_lost_fold(const Look& look, Visit visit) {
  Context context;
  std::size_t body_at = 0;
  std::size_t lines = 0;
  for (const Line& line : Lines(look.text, look.block.begin, look.block.end)) {
    if (++lines > kMostLines) break;
    const bool folded = text::is_wsp(line.text.front());
    const bool envelope = line.offset == look.block.begin && is_from_line(line.text);
    const std::size_t window =
        std::max(body_at, line.offset - std::min(line.offset, kContextBytes));
    context.body = look.text.substr(window, line.offset - window);
    if (!folded && !envelope && starts_field(line.text, context)) {
      const auto field = field_start(line.text);
      context.name = field->name;
      body_at = line.offset + field->colon + 1;
      context.in_h_list =
          is_signature(context.name) && is_h_list_open(false, line.text.substr(field->colon + 1));
    } else {
      if (!folded && !envelope && !context.name.empty()) visit(line, context);
      if (is_signature(context.name)) {
        context.in_h_list = is_h_list_open(context.in_h_list, line.text);
      }
    }
    context.previous = line.text.size();
  }
}

// Puts a space before those of them that `wanted` takes.
template <class Wanted>
void indent_lost_folds(const Look& look, Edit& edit, Wanted wanted) {
  std::size_t from = 0;
  each_lost_fold(look, [&](const Line& line, const Context& context) {
    if (!wanted(line, context)) return;
    edit.note(line.offset);
    edit.copy(from, line.offset);
    edit.replace(line.offset, line.offset, " ");
    from = line.offset;
  });
  edit.copy(from, look.text.size());
}

}  // namespace

bool has_time_alone(const Look& look) {
  bool found = false;
  each_lost_fold(look, [&](const Line& line, const Context& context) {
    if (found || !is_time_line(line.text) || !is_dated(context.name)) return;
    const std::size_t stamp = context.body.rfind(';');
    found = !has_time_of_day(stamp == std::string_view::npos ? context.body
                                                             : context.body.substr(stamp));
  });
  return found;
}

void fold_time_alone(const Look& look, Edit& edit) {
  indent_lost_folds(look, edit, [](const Line& line, const Context& context) {
    return is_time_line(line.text) && is_dated(context.name);
  });
}

bool has_lost_folds(const Look& look) {
  bool found = false;
  if (look.block.strays > 0) {
    each_lost_fold(look, [&](const Line&, const Context&) { found = true; });
  }
  return found;
}

void restore_folds(const Look& look, Edit& edit) {
  indent_lost_folds(look, edit, [](const Line&, const Context&) { return true; });
}

}  // namespace emltrace::intake::rows
