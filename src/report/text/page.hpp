#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/text/text.hpp"
#include "report/text/width.hpp"

/// The page that the text report is set on: escapes, wraps and colours.
namespace emltrace::report {

enum class Style { plain, strong, dim, good, note, warn, bad };

/// A piece of text in one style, as it came: the page escapes it.
struct Run {
  std::string text;
  Style style = Style::plain;
  bool whole = false;  ///< no line is broken inside

  Run(std::string t, Style s = Style::plain, bool w = false)
      : text(std::move(t)), style(s), whole(w) {}
  Run(const char* t, Style s = Style::plain, bool w = false) : text(t), style(s), whole(w) {}
};
using Runs = std::vector<Run>;

/// A column in front of a row's text: `run`, filled up to `width` columns. Where the run is wider,
/// one space follows it.
struct Cell {
  Run run;
  std::size_t width;
};

class Page {
 public:
  explicit Page(const TextOptions& options) : options_(options) {}

  [[nodiscard]] bool verbose() const { return options_.verbose; }
  void blank() { out_ += '\n'; }
  /// A line of its own behind an empty one.
  void heading(std::string_view text);
  /// Cells, then the text, wrapped at white space and between ideographs with its lines hanging
  /// under the first. A word is cut only where no line has room for it.
  void row(const std::vector<Cell>& cells, const Runs& text);
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void put(std::string_view escaped, Style style);

  TextOptions options_;
  std::string out_;
};

}  // namespace emltrace::report
