#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/text.hpp"
#include "report/html/rows.hpp"
#include "report/html/section.hpp"
#include "report/text/section.hpp"

namespace emltrace::report {
namespace {

using Line = RawHeader::Line;

/// A tab is what most folds begin with: it stands as one, which can do no harm. Of a line that is
/// no UTF-8 as a whole each byte is told by itself, for its parts could be.
void line_text(Markup& out, std::string_view text, bool whole) {
  bool first = true;
  for (const auto part : text::split(text, '\t')) {
    if (!first) out.own("\t");
    first = false;
    if (whole) {
      out.text(part);
      continue;
    }
    for (std::size_t at = 0; at < part.size(); ++at) out.text(part.substr(at, 1));
  }
}

/// The text in stretches of equal marks.
void marked_text(const View& view, const Line& line) {
  const Element code(view.out, "code");
  const bool whole = text::is_utf8(line.text);
  for (std::size_t at = 0; at < line.text.size();) {
    const auto severity = view.header.severity_at(line.offset + at);
    std::size_t end = at + 1;
    while (end < line.text.size() && view.header.severity_at(line.offset + end) == severity) ++end;
    const auto stretch = line.text.substr(at, end - at);
    if (severity) view.out.open("mark", {{"class", class_of(style_of(*severity))}});
    line_text(view.out, stretch, whole);
    if (severity) view.out.close("mark");
    at = end;
  }
}

void pins(const View& view, const Line& line) {
  if (line.findings.empty()) return;
  const Element group(view.out, "span", {{"class", "pins"}});
  for (const std::size_t index : line.findings) {
    view.out.element("a", {{"href", "#" + view.at.finding(index)}},
                     view.report.findings[index].code.text());
  }
}

/// That of the gravest finding that points to the line; empty where none does.
std::string_view grade(const View& view, const Line& line) {
  if (line.findings.empty()) return "";
  auto worst = trace::Severity::info;
  for (const std::size_t index : line.findings)
    worst = std::max(worst, view.report.findings[index].severity);
  return class_of(style_of(worst));
}

void raw_line(const View& view, const Line& line) {
  const auto name = grade(view, line);
  const std::string anchor = view.at.line(line.number);
  const Element row(view.out, "div",
                    {{"class", name.empty() ? "line" : fmt::format("line {}", name)},
                     {"id", line.first_of_number ? anchor : ""}});
  view.out.element("a", {{"class", "number"}, {"href", "#" + anchor}},
                   fmt::format("{}", line.number));
  marked_text(view, line);
  pins(view, line);
}

}  // namespace

void html_raw_header(const View& view) {
  const Element section(view.out, "section");
  view.out.element("h3", {}, "The header as it was read");
  if (!view.report.repairs.empty()) {
    view.out.element("p", {{"class", "dim"}},
                     "The text was mended; the numbers are those of the lines of the input.");
  }
  {
    const Element block(view.out, "div", {{"class", "raw"}});
    for (const Line& line : view.header.lines()) raw_line(view, line);
  }
  if (view.header.truncated()) {
    view.out.element(
        "p", {{"class", "dim"}},
        fmt::format("Only the first {} KiB of the header are shown.", RawHeader::kMaxBytes >> 10));
  }
}

}  // namespace emltrace::report
