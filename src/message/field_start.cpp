#include "message/field_start.hpp"

#include "base/text.hpp"

namespace emltrace {
namespace {

// ftext = %d33-57 / %d59-126 (RFC 5322 3.6.8)
bool is_ftext(char c) {
  return c > ' ' && c < '\x7f' && c != ':';
}

}  // namespace

// field = field-name *WSP ":" unstructured CRLF (RFC 5322 2.2, 4.5)
std::optional<FieldStart> field_start(std::string_view line) {
  std::size_t end = 0;
  while (end < line.size() && is_ftext(line[end])) ++end;
  std::size_t colon = end;
  while (colon < line.size() && text::is_wsp(line[colon])) ++colon;
  if (end == 0 || colon >= line.size() || line[colon] != ':') return std::nullopt;
  const bool gap = colon + 1 == line.size() || text::is_space(line[colon + 1]);
  return FieldStart{line.substr(0, end), colon, colon != end, gap};
}

bool is_from_line(std::string_view line) {
  const bool begins = line.starts_with("From ") || line.starts_with(">From ");
  return begins && !field_start(line);
}

}  // namespace emltrace
