#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "report/html/rows.hpp"
#include "report/html/section.hpp"
#include "report/text/section.hpp"

namespace emltrace::report {
namespace {

std::string basis_words(const std::optional<trace::Basis>& basis) {
  if (!basis) return "nothing, for the author: no check could decide";
  switch (*basis) {
    case trace::Basis::now:
      return "the checks made now, for the author";
    case trace::Basis::recorded:
      return "what the recipient's own servers recorded at receipt, for the author";
    case trace::Basis::both:
      return "the checks made now and the recipient's own record at receipt, for the author";
  }
  return "";
}

std::string unchecked_words(const std::vector<std::string>& codes) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kNames{
      {{"spf", "SPF"},
       {"dkim", "DKIM"},
       {"arc", "ARC"},
       {"dkim2", "DKIM2"},
       {"dmarc", "DMARC"},
       {"dns", "facts about hosts (DNS)"}}};
  std::vector<std::string> names;
  for (const std::string& code : codes) {
    std::string_view name = code;
    for (const auto& [known, words] : kNames) {
      if (code == known) name = words;
    }
    names.emplace_back(name);
  }
  return text::join(names, ", ");
}

void answer_row(Page& page, const char* label, const std::string& text) {
  if (!text.empty()) page.row({{{label, Style::strong}, 0}}, {{text}});
}

}  // namespace

void html_answer(const View& view) {
  const trace::TraceVerdict& verdict = view.report.verdict;
  const Style style = style_of(verdict.level);
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
