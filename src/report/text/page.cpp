#include "report/text/page.hpp"

#include <algorithm>
#include <utility>

#include "report/escape.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kLeastRoom = 16;  // columns beside the cells, however narrow the page

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
      const std::string_view word = std::string_view(text).substr(at, end - at);
      std::size_t from = 0;
      for (const std::size_t next : wide_breaks(word)) {
        words.back().add(word.substr(from, next - from), run.style);
        words.emplace_back();
        from = next;
      }
      words.back().add(word.substr(from), run.style);
      at = end;
    }
  }
  return words;
}

/// The word in parts that take at most `columns` each.
std::vector<Word> cut(const Word& word, std::size_t columns) {
  std::vector<Word> parts(1);
  parts.back().spaces = word.spaces;
  for (const Piece& piece : word.pieces) {
    for (std::string_view rest = piece.text; !rest.empty();) {
      const std::size_t room = columns - std::min(columns, parts.back().width);
      const std::size_t bytes = fitting_bytes(rest, room);
      if (!parts.back().pieces.empty() && display_width(rest.substr(0, bytes)) > room) {
        parts.emplace_back();
        continue;
      }
      parts.back().add(rest.substr(0, bytes), piece.style);
      rest.remove_prefix(bytes);
    }
  }
  return parts;
}

/// Words of which each has room on a line.
std::vector<Word> fitting_words(const Runs& runs, std::size_t columns) {
  std::vector<Word> words;
  for (Word& word : words_of(runs)) {
    if (word.width <= columns) {
      words.push_back(std::move(word));
      continue;
    }
    for (Word& part : cut(word, columns)) words.push_back(std::move(part));
  }
  return words;
}

}  // namespace

void TextPage::put(std::string_view escaped, Style style) {
  if (!options_.color || style == Style::plain || escaped.empty()) {
    out_ += escaped;
    return;
  }
  out_ += ansi(style);
  out_ += escaped;
  out_ += "\x1b[0m";
}

void TextPage::heading(std::string_view text) {
  blank();
  put(for_terminal(text), Style::strong);
  out_ += '\n';
}

void TextPage::row(const std::vector<Cell>& cells, const Runs& text) {
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
  const std::size_t room = options_.width - std::min(options_.width, hang);
  for (const Word& word : fitting_words(text, std::max(room, kLeastRoom))) {
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
