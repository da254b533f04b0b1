#include "report/text/page.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "report/escape.hpp"

namespace emltrace::report {
namespace {

struct WidthRange {
  char32_t first;
  char32_t last;
  std::size_t width;
};

// Ascending; what is in no row takes one column (Unicode 15, East_Asian_Width W and F, and the
// combining blocks).
constexpr std::array kWidths{
    WidthRange{0x0300, 0x036f, 0},   WidthRange{0x0483, 0x0489, 0},
    WidthRange{0x0591, 0x05bd, 0},   WidthRange{0x0610, 0x061a, 0},
    WidthRange{0x064b, 0x065f, 0},   WidthRange{0x1100, 0x115f, 2},
    WidthRange{0x1ab0, 0x1aff, 0},   WidthRange{0x1dc0, 0x1dff, 0},
    WidthRange{0x20d0, 0x20ff, 0},   WidthRange{0x2e80, 0x303e, 2},
    WidthRange{0x3041, 0x4dbf, 2},   WidthRange{0x4e00, 0xa4cf, 2},
    WidthRange{0xac00, 0xd7a3, 2},   WidthRange{0xf900, 0xfaff, 2},
    WidthRange{0xfe00, 0xfe0f, 0},   WidthRange{0xfe20, 0xfe2f, 0},
    WidthRange{0xfe30, 0xfe6f, 2},   WidthRange{0xff00, 0xff60, 2},
    WidthRange{0xffe0, 0xffe6, 2},   WidthRange{0x1f300, 0x1f64f, 2},
    WidthRange{0x1f680, 0x1f6ff, 2}, WidthRange{0x1f900, 0x1f9ff, 2},
    WidthRange{0x20000, 0x3fffd, 2},
};

std::size_t code_point_width(char32_t code_point) {
  const auto* row =
      std::lower_bound(kWidths.begin(), kWidths.end(), code_point,
                       [](const WidthRange& range, char32_t c) { return range.last < c; });
  return row != kWidths.end() && row->first <= code_point ? row->width : 1;
}

std::string_view ansi(Style style) {
  switch (style) {
    case Style::plain:
      return "";
    case Style::strong:
      return "\x1b[1m";
    case Style::dim:
      return "\x1b[2m";
    case Style::good:
      return "\x1b[32m";
    case Style::note:
      return "\x1b[36m";
    case Style::warn:
      return "\x1b[33m";
    case Style::bad:
      return "\x1b[1;31m";
  }
  return "";
}

struct Piece {
  std::string text;
  Style style;
};

/// What stands together on a line, and the spaces in front of it where it is not the line's first.
struct Word {
  std::size_t spaces = 0;
  std::size_t width = 0;
  std::vector<Piece> pieces;

  void add(std::string_view text, Style style) {
    if (text.empty()) return;
    width += display_width(text);
    pieces.push_back({std::string(text), style});
  }
};

std::vector<Word> words_of(const Runs& runs) {
  std::vector<Word> words(1);
  for (const Run& run : runs) {
    const std::string text = for_terminal(run.text);
    if (run.whole) {
      words.back().add(text, run.style);
      continue;
    }
    for (std::size_t at = 0; at < text.size();) {
      if (text[at] == ' ') {
        if (!words.back().pieces.empty()) words.emplace_back();
        ++words.back().spaces;
        ++at;
        continue;
      }
      const auto end = std::min(text.find(' ', at), text.size());
      words.back().add(std::string_view(text).substr(at, end - at), run.style);
      at = end;
    }
  }
  return words;
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

void Page::put(std::string_view escaped, Style style) {
  if (!options_.color || style == Style::plain || escaped.empty()) {
    out_ += escaped;
    return;
  }
  out_ += ansi(style);
  out_ += escaped;
  out_ += "\x1b[0m";
}

void Page::heading(std::string_view text) {
  blank();
  put(for_terminal(text), Style::strong);
  out_ += '\n';
}

void Page::row(const std::vector<Cell>& cells, const Runs& text) {
  std::size_t hang = 0;
  std::size_t column = 0;
  // Spaces are owed, not written, so that no line ends in them.
  std::size_t owed = 0;
  for (const Cell& cell : cells) {
    const std::string escaped = for_terminal(cell.run.text);
    const std::size_t width = display_width(escaped);
    if (!escaped.empty()) {
      out_.append(owed, ' ');
      owed = 0;
      put(escaped, cell.run.style);
    }
    hang += cell.width;
    column += width;
    const std::size_t fill = column < hang ? hang - column : (width == 0 ? 0 : 1);
    owed += fill;
    column += fill;
  }
  bool first = true;
  for (const Word& word : words_of(text)) {
    if (word.pieces.empty()) continue;
    const std::size_t spaces = first ? 0 : word.spaces;
    if (!first && column + spaces + word.width > options_.width) {
      out_ += '\n';
      owed = hang;
      column = hang;
    } else {
      owed += spaces;
      column += spaces;
    }
    out_.append(owed, ' ');
    owed = 0;
    for (const Piece& piece : word.pieces) put(piece.text, piece.style);
    column += word.width;
    first = false;
  }
  out_ += '\n';
}

}  // namespace emltrace::report
