#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "report/html/rows.hpp"
#include "report/html/section.hpp"
#include "report/text/auth_rows.hpp"
#include "report/text/section.hpp"

namespace emltrace::report {
namespace {

using Comparison = trace::RecordedComparison;

struct Method {
  std::string_view name;  ///< by which receivers record it (RFC 8601 2.7)
  void (*rows)(Page& page, const trace::Report& report);
};

constexpr std::array kMethods{
    Method{"spf", spf_rows},
    Method{"dkim", dkim_rows},
    Method{"arc", [](Page& page, const trace::Report& report) { arc_rows(page, report.arc); }},
    Method{"dmarc",
           [](Page& page, const trace::Report& report) { dmarc_rows(page, report.dmarc); }},
    Method{"dkim2", dkim2_rows},
};

// Few messages carry DKIM2 fields yet: one without them has no row of it.
bool has_row(const Method& method, const trace::Report& report) {
  return method.name != "dkim2" || report.dkim2.is_present();
}

bool is_checked_here(const Comparison& comparison, const trace::Report& report) {
  return std::ranges::any_of(kMethods, [&](const Method& method) {
    return has_row(method, report) && text::iequals(comparison.recorded.method.method, method.name);
  });
}

void agreement_badge(Markup& out, const Comparison& comparison) {
  if (!comparison.agrees)
    write_badge(out, "not compared", Style::dim);
  else if (*comparison.agrees)
    write_badge(out, "agrees", Style::good);
  else
    write_badge(out, "differs", Style::warn);
}

void recorded_entry(const View& view, const Comparison& comparison) {
  const Element line(view.out, "p");
  agreement_badge(view.out, comparison);
  write(view.out, comparison_words(comparison));
  view.out.text(" ");
  write_line_link(view, comparison.recorded.line);
}

/// The recorded results that `fits` picks; a dash where it picks none.
void recorded_cell(const View& view, const std::function<bool(const Comparison&)>& fits) {
  const Element cell(view.out, "td", {{"data-label", "Recorded by receivers"}});
  bool any = false;
  for (const Comparison& comparison : view.report.recorded) {
    if (!fits(comparison)) continue;
    any = true;
    recorded_entry(view, comparison);
  }
  if (!any) view.out.element("p", {{"class", "dim"}}, "Nothing is recorded.");
}

void method_row(const View& view, const Method& method) {
  const Element row(view.out, "tr");
  {
    const Element cell(view.out, "td", {{"data-label", "Checked now"}});
    RowsPage page(view.out, view.verbose);
    method.rows(page, view.report);
  }
  recorded_cell(view, [&](const Comparison& comparison) {
    return text::iequals(comparison.recorded.method.method, method.name);
  });
}

// What receivers recorded of methods that are not checked again.
void other_rows(const View& view) {
  const auto other = [&](const Comparison& comparison) {
    return !is_checked_here(comparison, view.report);
  };
  if (!std::ranges::any_of(view.report.recorded, other)) return;
  const Element row(view.out, "tr");
  view.out.element("td", {{"class", "dim"}, {"data-label", "Checked now"}},
                   "Other methods: not checked again");
  recorded_cell(view, other);
}

}  // namespace

void html_checks(const View& view) {
  const Element section(view.out, "section");
  view.out.element("h3", {}, "Authentication, checked again");
  const Element table(view.out, "table", {{"class", "checks"}});
  {
    const Element head(view.out, "thead");
    const Element row(view.out, "tr");
    view.out.element("th", {{"scope", "col"}, {"class", "c-now"}}, "Checked now");
    view.out.element("th", {{"scope", "col"}}, "Recorded by receivers");
  }
  const Element body(view.out, "tbody");
  for (const Method& method : kMethods) {
    if (has_row(method, view.report)) method_row(view, method);
  }
  other_rows(view);
}

}  // namespace emltrace::report
