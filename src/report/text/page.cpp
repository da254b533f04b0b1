#include "report/text/page.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "report/escape.hpp"
#include "report/text/ascii.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kLeastRoom = 16;  // columns of text beside cells
constexpr std::size_t kLeastWidth = 8;  // of a page
constexpr std::size_t kFlowIndent = 2;  // of what continues a row that flows

// Of the palette of 256 colours, whose hues are the same everywhere: the first sixteen are each
// terminal's own, and in many of them yellow, cyan and bright green cannot be read on white.
std::string_view ansi(Style style) {
  switch (style) {
    case Style::plain:
      return "";
    case Style::strong:
      return "\x1b[1m";
    case Style::dim:
      return "\x1b[2m";
    case Style::good:
      return "\x1b[38;5;64m";
    case Style::note:
      return "\x1b[38;5;31m";
    case Style::warn:
      return "\x1b[38;5;166m";
    case Style::bad:
      return "\x1b[1;38;5;196m";
  }
  return "";
}

struct Piece {
  std::string text;
  Style style;
  bool strong;
};

std::size_t width_of(std::size_t asked) {
  return std::max(asked, kLeastWidth);
}

}  // namespace

/// What stands together on a line, and the spaces in front of it where it is not the line's first.
struct TextPage::Word {
  std::size_t spaces = 0;
  std::size_t width = 0;
  std::vector<Piece> pieces;

  void add(std::string_view text, const Piece& like) {
    if (text.empty()) return;
    width += display_width(text);
    pieces.push_back({std::string(text), like.style, like.strong});
  }
  /// Spaces within a word end no line.
  void trim_end();
  /// The word in parts that take at most `columns` each.
  [[nodiscard]] std::vector<Word> cut(std::size_t columns) const;
};

/// Where the next word goes. Spaces are owed, not written, so that no line ends in them.
struct TextPage::Cursor {
  std::size_t column = 0;
  std::size_t owed = 0;
};

void TextPage::Word::trim_end() {
  while (!pieces.empty() && pieces.back().text.ends_with(' ')) {
    pieces.back().text.pop_back();
    --width;
    if (pieces.back().text.empty()) pieces.pop_back();
  }
}

std::vector<TextPage::Word> TextPage::Word::cut(std::size_t columns) const {
  std::vector<Word> parts(1);
  parts.back().spaces = spaces;
  for (const Piece& piece : pieces) {
    for (std::string_view rest = piece.text; !rest.empty();) {
      const std::size_t room = columns - std::min(columns, parts.back().width);
      const std::size_t bytes = fitting_bytes(rest, room);
      if (!parts.back().pieces.empty() && display_width(rest.substr(0, bytes)) > room) {
        parts.back().trim_end();
        parts.emplace_back();
        continue;
      }
      parts.back().add(rest.substr(0, bytes), piece);
      rest.remove_prefix(bytes);
      if (!rest.empty()) parts.back().trim_end();
      const bool begins = parts.back().pieces.empty() || parts.back().width >= columns;
      while (begins && rest.starts_with(' ')) rest.remove_prefix(1);
    }
  }
  parts.back().trim_end();
  return parts;
}

std::string TextPage::shown(std::string_view raw) const {
  const std::size_t most = options_.verbose ? kMostShownVerbose : kMostShown;
  std::string text = for_terminal(text::bounded(raw, most));
  return options_.ascii ? in_ascii(text) : text;
}

std::size_t TextPage::columns(std::string_view text) const {
  return display_width(shown(text));
}

std::size_t TextPage::columns(const Runs& runs) const {
  std::size_t out = 0;
  for (const Run& run : runs) out += columns(run.text);
  return out;
}

std::vector<TextPage::Word> TextPage::words_of(const Runs& runs) const {
  std::vector<Word> words(1);
  for (const Run& run : runs) {
    const std::string text = shown(run.text);
    const Piece like{"", run.style, run.strong};
    if (run.whole) {
      words.back().add(text, like);
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
      const std::string_view word = std::string_view(text).substr(at, end - at);
      std::size_t from = 0;
      for (const std::size_t next : wide_breaks(word)) {
        words.back().add(word.substr(from, next - from), like);
        words.emplace_back();
        from = next;
      }
      words.back().add(word.substr(from), like);
      at = end;
    }
  }
  return words;
}

std::vector<TextPage::Word> TextPage::fitting_words(const Runs& runs, std::size_t columns) const {
  std::vector<Word> words;
  for (Word& word : words_of(runs)) {
    if (word.width <= columns) {
      words.push_back(std::move(word));
      continue;
    }
    for (Word& part : word.cut(columns)) words.push_back(std::move(part));
  }
  return words;
}

void TextPage::put(std::string_view escaped, Style style, bool strong) {
  if (!options_.color || escaped.empty() || (style == Style::plain && !strong)) {
    out_ += escaped;
    return;
  }
  out_ += ansi(style);
  if (strong && style != Style::strong && style != Style::bad) out_ += ansi(Style::strong);
  out_ += escaped;
  out_ += "\x1b[0m";
}

void TextPage::heading(std::string_view text) {
  blank();
  wrap({{std::string(text), Style::strong}}, {}, 0);
}

void TextPage::wrap(const Runs& text, Cursor at, std::size_t hang) {
  const std::size_t width = width_of(options_.width);
  bool first = true;
  for (const Word& word : fitting_words(text, width - hang)) {
    if (word.pieces.empty()) continue;
    const std::size_t spaces = first ? 0 : word.spaces;
    if (at.column > hang && at.column + spaces + word.width > width) {
      out_ += '\n';
      at = {hang, hang};
    } else {
      at.owed += spaces;
      at.column += spaces;
    }
    out_.append(at.owed, ' ');
    at.owed = 0;
    for (const Piece& piece : word.pieces) put(piece.text, piece.style, piece.strong);
    at.column += word.width;
    first = false;
  }
  out_ += '\n';
}

bool TextPage::has_room(const std::vector<Cell>& cells, bool beside) const {
  std::size_t end = 0;
  std::size_t hang = 0;
  for (const Cell& cell : cells) {
    const std::size_t width = columns(cell.run.text);
    if (width > 0) end = (end > 0 && end >= hang ? end + 1 : hang) + width;
    hang += cell.width;
  }
  const std::size_t page = width_of(options_.width);
  return end <= page && (!beside || hang + kLeastRoom <= page);
}

void TextPage::flow(const std::vector<Cell>& cells, const Runs& text) {
  std::size_t indent = 0;
  Runs all;
  for (const Cell& cell : cells) {
    if (cell.run.text.empty()) {
      if (all.empty()) indent += cell.width;
      continue;
    }
    all.push_back(cell.run);
    all.emplace_back(" ");
  }
  all.insert(all.end(), text.begin(), text.end());
  indent = std::min(indent, width_of(options_.width) / 8);
  wrap(all, {indent, indent}, indent + kFlowIndent);
}

void TextPage::row(const std::vector<Cell>& cells, const Runs& text) {
  if (!has_room(cells, !text.empty())) return flow(cells, text);
  std::size_t hang = 0;
  Cursor at;
  for (const Cell& cell : cells) {
    const std::string escaped = shown(cell.run.text);
    const std::size_t width = display_width(escaped);
    if (!escaped.empty()) {
      out_.append(at.owed, ' ');
      at.owed = 0;
      put(escaped, cell.run.style, cell.run.strong);
    }
    hang += cell.width;
    at.column += width;
    const std::size_t fill = at.column < hang ? hang - at.column : (width == 0 ? 0 : 1);
    at.owed += fill;
    at.column += fill;
  }
  wrap(text, at, hang);
}

}  // namespace emltrace::report
