#pragma once

#include "report/html/anchors.hpp"
#include "report/html/markup.hpp"
#include "report/html/raw_header.hpp"
#include "trace/report.hpp"

/// The sections of one message's report that HTML sets otherwise than in rows.
namespace emltrace::report {

struct View {
  Markup& out;
  const trace::Report& report;
  const RawHeader& header;
  Anchors at;
  bool verbose;
};

/// A link to a line of the header where that is shown, else words alone.
void write_line_link(const View& view, std::size_t line);
/// Links to the findings of these codes about a hop.
void write_finding_links(const View& view, const trace::TracedHop& hop);

/// Verdict, what it rests on, what was not checked; origin, author, route.
void html_answer(const View& view);
/// The route over time, then a table with a row a hop.
void html_route(const View& view);
/// SPF, DKIM, ARC and DMARC, checked now beside what receivers recorded.
void html_checks(const View& view);
/// By severity, each with its place; evidence and explanation are folded.
void html_findings(const View& view);
/// The header, line by line, with marks and links back to the findings.
void html_raw_header(const View& view);

}  // namespace emltrace::report
