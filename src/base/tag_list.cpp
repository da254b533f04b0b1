#include "base/tag_list.hpp"

#include <set>

#include "base/text.hpp"

namespace emltrace {
namespace {

// RFC 6376 3.2, with RFC 8616 3 (UTF-8 in values):
//   tag-list  = tag-spec *( ";" tag-spec ) [ ";" ]
//   tag-spec  = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]
//   tag-name  = ALPHA *ALNUMPUNC
//   tag-value = [ tval *( 1*(WSP / FWS) tval ) ]
//   tval      = 1*VALCHAR
//   VALCHAR   = %x21-3A / %x3C-7E / UTF8-non-ascii
//   ALNUMPUNC = ALPHA / DIGIT / "_"

bool is_tag_name(std::string_view name) {
  if (name.empty() || !text::is_alpha(name.front())) return false;
  for (const char c : name) {
    if (!text::is_alnum(c) && c != '_') return false;
  }
  return true;
}

bool is_tag_value(std::string_view value) {
  bool ascii = true;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && !text::is_space(c)) || byte == 0x7F) return false;
    ascii = ascii && byte < 0x80;
  }
  return ascii || text::is_utf8(value);
}

}  // namespace

TagList TagList::parse(std::string_view text) {
  TagList list;
  std::set<std::string_view> seen;
  const auto note = [&list](std::string_view problem, std::size_t offset) {
    if (!list.problem.empty()) return;
    list.problem = problem;
    list.problem_offset = offset;
  };
  std::size_t start = 0;
  for (bool last = false; !last;) {
    std::size_t end = text.find(';', start);
    last = end == std::string_view::npos;
    if (last) end = text.size();
    const std::string_view spec = text.substr(start, end - start);
    const std::size_t equals = spec.find('=');
    const std::string_view name = text::trim(spec.substr(0, equals));
    const std::size_t offset =
        name.empty() ? start : start + static_cast<std::size_t>(name.data() - spec.data());
    if (text::trim(spec).empty()) {
      if (!last || start == 0) note("empty tag", start);
    } else if (equals == std::string_view::npos) {
      note("missing '='", offset);
    } else {
      const std::string_view value = text::trim(spec.substr(equals + 1));
      if (!is_tag_name(name)) note("invalid tag name", offset);
      if (!seen.insert(name).second) note("duplicate tag", offset);
      if (!is_tag_value(value)) note("invalid character in value", offset);
      list.tags.push_back({name, value, offset});
    }
    start = end + 1;
  }
  return list;
}

std::optional<std::string_view> TagList::find(std::string_view name) const {
  for (const Tag& tag : tags) {
    if (tag.name == name) return tag.value;
  }
  return std::nullopt;
}

}  // namespace emltrace
