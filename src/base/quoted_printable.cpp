#include "base/quoted_printable.hpp"

#include "base/text.hpp"

namespace emltrace::quoted_printable {

std::optional<char> escaped_byte(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != '=') return std::nullopt;
  return text::hex_octet(text, at + 1);
}

std::size_t soft_break(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] != '=') return 0;
  std::size_t end = at + 1;
  while (end < text.size() && text::is_wsp(text[end])) ++end;
  if (end < text.size() && text[end] == '\r') ++end;
  return end < text.size() && text[end] == '\n' ? end + 1 - at : 0;
}

std::string decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (const auto byte = escaped_byte(text, at)) {
      out.push_back(*byte);
      at += 3;
    } else if (const std::size_t soft = soft_break(text, at)) {
      at += soft;
    } else {
      out.push_back(text[at++]);
    }
  }
  return out;
}

}  // namespace emltrace::quoted_printable
