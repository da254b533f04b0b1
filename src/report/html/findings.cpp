#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "report/html/rows.hpp"
#include "report/html/section.hpp"
#include "report/text/catalogue.hpp"
#include "report/text/section.hpp"
#include "trace/finding/kinds.hpp"

namespace emltrace::report {
namespace {

using trace::Finding;
using trace::Severity;

std::string to(const std::string& anchor) {
  return "#" + anchor;
}

/// The first finding of the same code, which carries the explanation.
std::size_t explained_at(const trace::Report& report, std::size_t index) {
  for (std::size_t i = 0; i < index; ++i) {
    if (report.findings[i].code == report.findings[index].code) return i;
  }
  return index;
}

void places(const View& view, const Finding& finding) {
  if (finding.hop) {
    view.out.text(" ");
    view.out.element("a", {{"href", to(view.at.hop(*finding.hop))}},
                     fmt::format("hop {}", *finding.hop));
  }
  if (finding.line) {
    view.out.text(finding.hop ? ", " : " ");
    write_line_link(view, *finding.line);
  }
}

void evidence(const View& view, const Finding& finding) {
  RowsPage page(view.out, view.verbose);
  for (const auto& [name, bytes] : finding.evidence)
    page.row({{{name, Style::dim}, 0}}, {value_run(bytes)});
}

void explanation(const View& view, std::size_t index) {
  const std::size_t first = explained_at(view.report, index);
  if (first != index) {
    view.out.element("a", {{"href", to(view.at.finding(first))}}, "What it means");
    return;
  }
  const Element details(view.out, "details");
  view.out.element("summary", {}, "What it means, and what can make it wrong");
  RowsPage page(view.out, view.verbose);
  kind_rows(page, trace::kind_of(view.report.findings[index].code));
}

void finding_block(const View& view, std::size_t index) {
  const Finding& finding = view.report.findings[index];
  const Element block(view.out, "div",
                      {{"class", fmt::format("finding {}", class_of(style_of(finding.severity)))},
                       {"id", view.at.finding(index)}});
  {
    const Element line(view.out, "p");
    view.out.element("code", {{"class", "code"}}, finding.code.text());
    places(view, finding);
  }
  view.out.element("p", {}, finding.message);
  const Element folds(view.out, "div", {{"class", "folds"}});
  if (!finding.evidence.empty()) {
    const Element details(view.out, "details");
    view.out.element("summary", {}, "Evidence");
    evidence(view, finding);
  }
  explanation(view, index);
}

void severity_group(const View& view, Severity severity) {
  const auto& findings = view.report.findings;
  const auto count =
      static_cast<std::size_t>(std::ranges::count(findings, severity, &Finding::severity));
  if (count == 0) return;
  {
    const Element heading(view.out, "h4");
    write_badge(view.out, trace::to_string(severity), style_of(severity));
    view.out.text(" " + counted(count, "finding"));
  }
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (findings[i].severity == severity) finding_block(view, i);
  }
}

}  // namespace

void write_line_link(const View& view, std::size_t line) {
  const std::string words = fmt::format("line {}", line);
  if (view.header.shows(line))
    view.out.element("a", {{"href", to(view.at.line(line))}}, words);
  else
    view.out.element("span", {{"class", "dim"}}, words);
}

void write_finding_links(const View& view, const trace::TracedHop& hop) {
  if (hop.findings.empty()) return;
  const Element line(view.out, "p");
  bool first = true;
  for (std::size_t i = 0; i < view.report.findings.size(); ++i) {
    const Finding& finding = view.report.findings[i];
    if (finding.hop != hop.number) continue;
    if (!first) view.out.text(", ");
    first = false;
    view.out.element("a", {{"href", to(view.at.finding(i))}}, finding.code.text());
  }
}

void html_findings(const View& view) {
  const Element section(view.out, "section");
  view.out.element("h3", {}, "Findings");
  if (view.report.findings.empty()) view.out.element("p", {}, "None.");
  for (const Severity severity : {Severity::high, Severity::medium, Severity::low, Severity::info})
    severity_group(view, severity);
}

}  // namespace emltrace::report
