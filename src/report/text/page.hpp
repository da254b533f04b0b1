#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/text/text.hpp"
#include "report/text/width.hpp"

/// What a report for people is set on. The sections say what there is to say in rows; a page
/// escapes it and gives it its form.
namespace emltrace::report {

enum class Style { plain, strong, dim, good, note, warn, bad };

/// A piece of text in one style, as it came: the page escapes it.
struct Run {
  std::string text;
  Style style = Style::plain;
  bool whole = false;  ///< no line is broken inside
  bool value = false;  ///< somebody will want to copy it: a page with a pointer takes it at a click
  bool strong = false;  ///< stands out of its style

  Run(std::string t, Style s = Style::plain, bool w = false)
      : text(std::move(t)), style(s), whole(w) {}
  Run(const char* t, Style s = Style::plain, bool w = false) : text(t), style(s), whole(w) {}
};
using Runs = std::vector<Run>;

/// Bytes of one run that a page shows; of a longer one it tells how long it is, and the JSON report
/// has it whole. A message may hold names of any length, and a finding's sentence and value
/// (kMaxFindingMessage, kMaxFindingValue) have room.
inline constexpr std::size_t kMostShown = 1'200;
inline constexpr std::size_t kMostShownVerbose = 2'200;

/// An address, a name or an identifier, to be copied.
[[nodiscard]] inline Run value_run(std::string text, Style style = Style::plain) {
  Run run(std::move(text), style);
  run.value = true;
  return run;
}

/// The same text standing out of its style.
[[nodiscard]] inline Run strong_run(std::string text, Style style = Style::plain) {
  Run run(std::move(text), style);
  run.strong = true;
  return run;
}

/// A column in front of a row's text: `run`, filled up to `width` columns. Where the run is wider,
/// one space follows it.
struct Cell {
  Run run;
  std::size_t width;
};

class Page {
 public:
  virtual ~Page() = default;

  /// Every reason, record, trail and evidence is wanted.
  [[nodiscard]] virtual bool verbose() const = 0;
  virtual void blank() = 0;
  /// A section begins.
  virtual void heading(std::string_view text) = 0;
  /// Cells, of which the last one that is not empty is the row's label, then the text.
  virtual void row(const std::vector<Cell>& cells, const Runs& text) = 0;
};

/// A page of a terminal or a text file: wraps and colours. No line is wider than the width, of 8
/// columns at least.
class TextPage final : public Page {
 public:
  explicit TextPage(const TextOptions& options) : options_(options) {}

  [[nodiscard]] bool verbose() const override { return options_.verbose; }
  [[nodiscard]] std::size_t width() const { return options_.width; }
  /// The text as this page shows it: bounded and escaped.
  [[nodiscard]] std::string shown(std::string_view raw) const;
  /// Columns that it takes.
  [[nodiscard]] std::size_t columns(std::string_view text) const;
  [[nodiscard]] std::size_t columns(const Runs& runs) const;
  void blank() override { out_ += '\n'; }
  /// A line of its own behind an empty one.
  void heading(std::string_view text) override;
  /// The text is wrapped at white space and between ideographs with its lines hanging under the
  /// first. A word is cut only where no line has room for it. Where the cells leave too little
  /// room beside them, they flow with the text.
  void row(const std::vector<Cell>& cells, const Runs& text) override;
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  struct Word;
  struct Cursor;

  [[nodiscard]] std::vector<Word> words_of(const Runs& runs) const;
  [[nodiscard]] std::vector<Word> fitting_words(const Runs& runs, std::size_t columns) const;
  [[nodiscard]] bool has_room(const std::vector<Cell>& cells, bool beside) const;
  void flow(const std::vector<Cell>& cells, const Runs& text);
  void wrap(const Runs& text, Cursor at, std::size_t hang);
  void put(std::string_view escaped, Style style, bool strong);

  TextOptions options_;
  std::string out_;
};

}  // namespace emltrace::report
