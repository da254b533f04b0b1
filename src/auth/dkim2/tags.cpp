#include "auth/dkim2/tags.hpp"

#include <algorithm>
#include <set>

#include "base/lines.hpp"
#include "base/tag_list.hpp"
#include "base/text.hpp"

namespace emltrace::dkim2 {
namespace {

// FWS = [*WSP CRLF] 1*WSP: a line of white space alone is the obsolete form.
bool has_empty_line(std::string_view field_body) {
  const text::Lines lines(field_body);
  for (const text::Line& line : lines) {
    const bool first = line.offset == 0;
    const bool last = line.next >= field_body.size();
    if (!first && !last && text::trim(line.text).empty()) return true;
  }
  return false;
}

}  // namespace

Tags Tags::parse(std::string_view field_body) {
  Tags out;
  const TagList list = TagList::parse(field_body);
  out.well_formed = list.problem.empty() && !has_empty_line(field_body);
  std::set<std::string> seen;
  for (const Tag& tag : list.tags) {
    out.all.emplace_back(text::lower(tag.name), tag.value);
    if (!seen.insert(out.all.back().first).second) out.well_formed = false;
  }
  return out;
}

std::optional<std::string_view> Tags::find(std::string_view name) const {
  const auto found = std::ranges::find(all, name, [](const auto& tag) { return tag.first; });
  if (found == all.end()) return std::nullopt;
  return found->second;
}

std::optional<std::size_t> read_ordinal(std::string_view value) {
  const auto number = text::parse_unsigned(value);
  if (!number || *number == 0) return std::nullopt;
  return static_cast<std::size_t>(*number);
}

Timestamp read_timestamp(std::string_view value) {
  Timestamp out;
  out.well_formed = !value.empty() && std::ranges::all_of(value, text::is_digit);
  if (out.well_formed) out.signed_at = parse_epoch_seconds(value);
  return out;
}

std::vector<ListItem> read_groups(std::string_view value) {
  std::vector<ListItem> items;
  std::size_t group = 0;
  for (const std::string_view part : text::split(value, '|')) {
    ++group;
    for (const std::string_view item : text::split(part, ',')) items.push_back({group, item});
  }
  return items;
}

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return text::is_alnum(c) || c == '.' || c == '_' || c == '-';
  });
}

std::optional<Triple> read_triple(std::string_view item) {
  const auto parts = text::split(item, ':');
  if (parts.size() != 3) return std::nullopt;
  const Triple out{text::trim(parts[0]), text::trim(parts[1]), text::trim(parts[2])};
  if (!is_name(out.first)) return std::nullopt;
  return out;
}

}  // namespace emltrace::dkim2
