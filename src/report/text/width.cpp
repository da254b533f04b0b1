#include "report/text/width.hpp"

#include <unilbrk.h>
#include <uniwidth.h>

#include <algorithm>
#include <cstdint>

#include "base/text.hpp"

namespace emltrace::report {
namespace {

constexpr const char* kEncoding = "UTF-8";  // ambiguous characters take one column

std::size_t code_point_width(char32_t code_point) {
  return static_cast<std::size_t>(std::max(uc_width(code_point, kEncoding), 0));
}

// Bytes of the escape that begins there, as for_terminal writes it; 0 for none.
std::size_t escape_length(std::string_view text) {
  if (text.size() < 2 || text[0] != '\\') return 0;
  const std::size_t digits = text[1] == 'x' ? 2 : text[1] == 'u' ? 4 : text[1] == 'U' ? 8 : 0;
  const std::string_view inside = text.substr(2, digits);
  const bool whole = digits > 0 && inside.size() == digits &&
                     std::all_of(inside.begin(), inside.end(),
                                 [](char c) { return text::hex_digit(c).has_value(); });
  return whole ? 2 + digits : 0;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto point = text::decode_utf8(text, at);
    width += code_point_width(point.value);
    at += point.length;
  }
  return width;
}

std::vector<std::size_t> wide_breaks(std::string_view text) {
  std::vector<std::size_t> breaks;
  if (text::is_ascii(text)) return breaks;
  std::vector<char> marks(text.size());
  u8_possible_linebreaks(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), kEncoding,
                         marks.data());
  std::size_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto point = text::decode_utf8(text, at);
    const std::size_t width = code_point_width(point.value);
    if (at > 0 && marks[at] == UC_BREAK_POSSIBLE && std::max(before, width) == 2) {
      breaks.push_back(at);
    }
    before = width == 0 ? before : width;
    at += point.length;
  }
  return breaks;
}

std::size_t fitting_bytes(std::string_view escaped, std::size_t columns) {
  std::size_t used = 0;
  for (std::size_t at = 0; at < escaped.size();) {
    const std::size_t escape = escape_length(escaped.substr(at));
    const auto point = text::decode_utf8(escaped, at);
    const std::size_t length = escape > 0 ? escape : point.length;
    const std::size_t width = escape > 0 ? escape : code_point_width(point.value);
    if (at > 0 && used + width > columns) return at;
    used += width;
    at += length;
  }
  return escaped.size();
}

}  // namespace emltrace::report
