#include "base/lines.hpp"

#include "base/work.hpp"

namespace emltrace::text {

Line line_at(std::string_view text, std::size_t offset, char end) {
  const std::size_t at = text.find(end, offset);
  if (at == std::string_view::npos) {
    const std::string_view rest = text.substr(offset);
    work::looked_at(rest.size());
    return {rest, rest, offset, text.size()};
  }
  const std::string_view raw = text.substr(offset, at + 1 - offset);
  std::string_view line = raw.substr(0, raw.size() - 1);
  work::looked_at(raw.size());
  if (end == '\n' && line.ends_with('\r')) line.remove_suffix(1);
  return {line, raw, offset, at + 1};
}

}  // namespace emltrace::text
