#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "intake/mend/rows.hpp"
#include "intake/mend/tags.hpp"

namespace emltrace::intake::rows {
namespace {

constexpr std::size_t kSampleLines = 60;
constexpr std::size_t kFewBreaks = 2;

bool is_break(std::string_view tag) {
  static constexpr std::array<std::string_view, 7> kBreaks = {"<br>",   "<br/>", "<br />", "</p>",
                                                              "</div>", "</li>", "</tr>"};
  return std::ranges::any_of(kBreaks, [&](auto known) { return text::istarts_with(tag, known); });
}

// The header's lines by what ends them.
struct Breaks {
  std::size_t at_end = 0;  ///< lines that end with a break
  std::size_t inside = 0;  ///< breaks with a known field right behind them
  std::size_t lines = 0;
  std::size_t known = 0;  ///< lines with a known field
};

Breaks count_breaks(const Look& look) {
  Breaks breaks;
  for (const Line& line : Lines(look.text, look.block.begin)) {
    const std::string_view trimmed = text::trim(line.text);
    if (trimmed.empty() || breaks.lines == kSampleLines) break;
    ++breaks.lines;
    breaks.known += first_known_name(trimmed) ? 1 : 0;
    const std::size_t last = trimmed.rfind('<');
    const bool tagged = last != std::string_view::npos && trimmed.ends_with('>');
    breaks.at_end += tagged && is_break(trimmed.substr(last)) ? 1 : 0;
    for (std::size_t at = line.text.find('<'); at != std::string_view::npos;
         at = line.text.find('<', at + 1)) {
      if (!is_break(line.text.substr(at))) continue;
      const std::size_t behind = line.text.find('>', at) + 1;
      breaks.inside += known_name_at(line.text, behind).empty() ? 0 : 1;
    }
  }
  return breaks;
}

}  // namespace

bool has_html_lines(const Look& look) {
  const std::string_view header = look.text.substr(0, look.block.end);
  static constexpr std::array<std::string_view, 3> kHints = {"<br", "<BR", "</"};
  const bool tagged = std::ranges::any_of(
      kHints, [&](auto hint) { return header.find(hint) != std::string_view::npos; });
  if (!tagged) return false;
  const Breaks breaks = count_breaks(look);
  return breaks.known > 0 && (breaks.inside >= kFewBreaks ||
                              (breaks.at_end > 0 && breaks.at_end * 5 >= breaks.lines * 4));
}

// A break at the end of a line says what the line end says already.
void text_of_html_lines(const Look& look, Edit& edit) {
  std::size_t from = 0;
  Tags tags(look.text);
  for (std::size_t at = look.text.find('<'); at != std::string_view::npos;
       at = look.text.find('<', at)) {
    const std::size_t end = tags.end_of(at);
    if (end == at) {
      ++at;
      continue;
    }
    copy_decoding_entities(look.text, edit, from, at);
    edit.note(at);
    const std::size_t next = look.text.find_first_not_of(" \t\r", end);
    const bool last = next == std::string_view::npos || look.text[next] == '\n';
    if (is_break(look.text.substr(at)) && !last) edit.replace(at, end, "\n");
    at = from = end;
  }
  copy_decoding_entities(look.text, edit, from, look.text.size());
}

}  // namespace emltrace::intake::rows
