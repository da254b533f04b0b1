#include "trace/author/vade_cause.hpp"

#include "base/text.hpp"

namespace emltrace::trace {
namespace {

// "Vade Retro", as all of them begin.
constexpr std::string_view kBegin = "gggruggvucftvghtrhho";
constexpr int kBase = 17;

}  // namespace

std::optional<std::string> decode_vade_cause(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (!text::is_space(c) && c != '"' && c != '\'') letters += c;
  }
  if (!letters.starts_with(kBegin)) return std::nullopt;
  std::string out;
  for (std::size_t at = 0; at + 1 < letters.size(); at += 2) {
    const bool value_first = at % 4 == 0;
    const char value = letters[value_first ? at : at + 1];
    const char mark = letters[value_first ? at + 1 : at];
    const bool valid = value >= 'f' && value <= 'v' && mark >= 'c' && mark <= 'o';
    const int octet = value + kBase * (mark - 'h');
    if (!valid || octet < ' ') return std::nullopt;
    text::append_utf8(out, static_cast<char32_t>(octet));
  }
  return out;
}

}  // namespace emltrace::trace
