#include <vector>

#include "intake/mend/rows.hpp"

namespace emltrace::intake::rows {
namespace {

bool repeats_author(const HeaderBlock& a, const HeaderBlock& b) {
  return (a.authors & b.authors) != 0;
}

constexpr std::size_t kMostGroups = 100;  // of fields with empty lines between them

// The block behind the empty lines at `at`; null where no field begins one.
std::optional<HeaderBlock> next_group(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(line_at(text, at).text)) {
    at = line_at(text, at).next;
  }
  return at < text.size() ? std::optional(scan_header_block(text, at)) : std::nullopt;
}

bool is_group(std::string_view text, const HeaderBlock& before, const HeaderBlock& next) {
  const bool starts =
      next.lines > 0 &&
      (!known_name_within(line_at(text, next.begin).text).empty() || before.received > 0);
  return starts && next.known >= 2 && next.strays <= next.fields * 3 + 1;
}

// Fields and nothing else.
bool is_pure_group(std::string_view text, const HeaderBlock& next) {
  return next.known > 0 && next.known == next.fields && next.strays == 0 &&
         !known_name_at(text, next.begin).empty();
}

// The groups of fields that belong to the header whose first one is `look.block`: up to that which
// names the author or the date, and what follows it where nothing but fields does. Empty where the
// header ends at its first empty line.
std::vector<HeaderBlock> further_groups(const Look& look) {
  if (!look.block.closed || look.block.known == 0 ||
      (look.block.has_from() && look.block.has_date())) {
    return {};
  }
  std::vector<HeaderBlock> groups;
  HeaderBlock all = look.block;
  std::size_t kept = 0;
  while (groups.size() < kMostGroups) {
    const HeaderBlock& last = groups.empty() ? look.block : groups.back();
    const auto next = last.closed ? next_group(look.text, last.next) : std::nullopt;
    if (!next || repeats_author(all, *next)) break;
    const bool whole = all.has_from() && all.has_date();
    const bool supplies = next->has_from() || next->has_date();
    const bool trace_only = next->received > 0 && next->authors == 0 && all.authors == 0;
    const bool pure = is_pure_group(look.text, *next);
    if (!pure && (whole || !is_group(look.text, all, *next) || !(supplies || trace_only))) break;
    groups.push_back(*next);
    if (!whole && (supplies || (trace_only && is_group(look.text, all, *next)))) {
      kept = groups.size();
    }
    // Behind a whole header a body may hold lines like fields: all that is left must be such.
    if (whole && !next->closed) kept = groups.size();
    all.authors |= next->authors;
    all.received += next->received;
    if (!pure) break;
  }
  groups.resize(kept);
  return groups;
}

}  // namespace

bool has_blank_in_header(const Look& look) {
  return !further_groups(look).empty();
}

void drop_blank_in_header(const Look& look, Edit& edit) {
  std::size_t from = 0;
  std::size_t end = look.block.end;
  for (const HeaderBlock& group : further_groups(look)) {
    for (const Line& line : Lines(look.text, end, group.begin)) edit.note(line.offset);
    edit.copy(from, end);
    from = group.begin;
    end = group.end;
  }
  edit.copy(from, look.text.size());
}

}  // namespace emltrace::intake::rows
