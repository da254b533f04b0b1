#include "report/html/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/text.hpp"
#include "report/text/auth_rows.hpp"

namespace emltrace::report {
namespace {

std::size_t indent_of(const std::vector<Cell>& cells) {
  std::size_t indent = 0;
  for (const Cell& cell : cells) {
    if (!cell.run.text.empty()) break;
    indent += cell.width;
  }
  return indent;
}

std::size_t words_in(const std::vector<Cell>& cells) {
  return static_cast<std::size_t>(
      std::ranges::count_if(cells, [](const Cell& cell) { return !cell.run.text.empty(); }));
}

}  // namespace

std::string_view class_of(Style style) {
  switch (style) {
    case Style::plain:
      return "";
    case Style::strong:
      return "strong";
    case Style::dim:
      return "dim";
    case Style::good:
      return "good";
    case Style::note:
      return "note";
    case Style::warn:
      return "warn";
    case Style::bad:
      return "bad";
  }
  return "";
}

void write(Markup& out, const Run& run) {
  if (run.text.empty()) return;
  const std::string_view style = class_of(run.style);
  const std::string text = text::bounded(run.text, kMostShownVerbose);
  if (run.value) {
    out.element("span", {{"class", style.empty() ? "value" : fmt::format("value {}", style)}},
                text);
  } else if (style.empty()) {
    out.text(text);
  } else {
    out.element("span", {{"class", style}}, text);
  }
}

void write(Markup& out, const Runs& runs) {
  for (const Run& run : runs) write(out, run);
}

void write_badge(Markup& out, std::string_view word, Style style) {
  const std::string_view name = class_of(style);
  out.element("span", {{"class", name.empty() ? "badge" : fmt::format("badge {}", name)}}, word);
}

RowsPage::~RowsPage() {
  close_section();
}

void RowsPage::close_list() {
  if (in_list_) out_.close("dl");
  in_list_ = false;
}

void RowsPage::close_section() {
  close_list();
  if (in_section_) out_.close("section");
  in_section_ = false;
}

void RowsPage::heading(std::string_view text) {
  close_section();
  out_.open("section");
  in_section_ = true;
  out_.element("h3", {}, text);
}

void RowsPage::row(const std::vector<Cell>& cells, const Runs& text) {
  if (!in_list_) out_.open("dl");
  in_list_ = true;
  const bool more = indent_of(cells) >= kAuthIndent + kAuthMethod;
  const Element row(out_, "div", {{"class", more ? "row more" : "row"}});
  {
    const Element term(out_, "dt");
    // Of two words the second one is the result of the first.
    const bool result = words_in(cells) > 1;
    for (const Cell& cell : cells) {
      if (result && &cell == &cells.back())
        write_badge(out_, cell.run.text, cell.run.style);
      else
        write(out_, cell.run);
    }
  }
  const Element words(out_, "dd");
  write(out_, text);
}

}  // namespace emltrace::report
