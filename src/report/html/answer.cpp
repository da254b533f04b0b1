#include <string>

#include "report/html/rows.hpp"
#include "report/html/section.hpp"
#include "report/text/section.hpp"

namespace emltrace::report {
namespace {

void answer_row(Page& page, const char* label, const std::string& text) {
  if (!text.empty()) page.row({{{label, Style::strong}, 0}}, {{text}});
}

}  // namespace

void html_answer(const View& view) {
  const trace::TraceVerdict& verdict = view.report.verdict;
  const Style style = style_of(verdict);
  view.out.element("h2", {}, title(view.report));
  const Element box(view.out, "div", {{"class", fmt::format("answer {}", class_of(style))}});
  {
    const Element summary(view.out, "p", {{"class", "summary"}});
    write_badge(view.out, trace::to_string(verdict.level), style);
    view.out.text(" " + verdict.summary);
  }
  RowsPage page(view.out, view.verbose);
  answer_row(page, "Rests on", basis_words(verdict.basis));
  answer_row(page, "Not checked", unchecked_words(verdict.unchecked));
  answer_rows(page, view.report);
}

}  // namespace emltrace::report
