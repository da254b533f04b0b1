#include <fmt/format.h>

#include "report/html/rows.hpp"
#include "report/html/section.hpp"
#include "report/html/timeline.hpp"
#include "report/text/hop_rows.hpp"
#include "report/text/section.hpp"

namespace emltrace::report {
namespace {

void hand_over(const View& view, const trace::TracedHop& hop) {
  const Element line(view.out, "p");
  if (hop.received.is_trace) {
    view.out.text(from_name(hop.received.from) + " → ");
    view.out.element("span", {{"class", "strong"}}, by_name(hop.received.by));
  } else {
    view.out.text("no trace line: " + hop.raw);
  }
  view.out.text(" ");
  write_line_link(view, hop.line);
}

void hop_row(const View& view, const trace::TracedHop& hop) {
  Markup& out = view.out;
  const Element row(out, "tr",
                    {{"id", view.at.hop(hop.number)}, {"class", trace::to_string(hop.standing)}});
  out.element("th", {{"scope", "row"}}, fmt::format("{}", hop.number));
  {
    const Element cell(out, "td", {{"class", "standing"}});
    write_badge(out, trace::to_string(hop.standing), style_of(hop.standing));
  }
  {
    const Element cell(out, "td", {{"class", "hand"}});
    hand_over(view, hop);
    {
      RowsPage page(out, view.verbose);
      hop_client_row(page, hop);
      hop_rows(page, hop);
    }
    write_finding_links(view, hop);
  }
  {
    const Element cell(out, "td", {{"class", "time"}});
    if (hop.received.is_trace) write(out, stamp_words(hop));
  }
  const Element cell(out, "td", {{"class", "delay"}});
  if (hop.received.stamp) write(out, delay_words(hop));
}

void head(Markup& out) {
  const Element group(out, "thead");
  const Element row(out, "tr");
  out.element("th", {{"scope", "col"}, {"class", "c-hop"}}, "Hop");
  out.element("th", {{"scope", "col"}, {"class", "c-standing"}}, "Standing");
  out.element("th", {{"scope", "col"}}, "Hand-over");
  out.element("th", {{"scope", "col"}, {"class", "c-time"}}, "Time (UTC)");
  out.element("th", {{"scope", "col"}, {"class", "c-delay"}}, "Delay");
}

}  // namespace

void html_route(const View& view) {
  const Element section(view.out, "section");
  view.out.element("h3", {}, "Route, oldest hop first");
  if (view.report.hops.empty()) {
    view.out.element("p", {}, "No Received field.");
    return;
  }
  timeline(view.out, view.report.hops);
  const Element table(view.out, "table", {{"class", "hops"}});
  head(view.out);
  const Element body(view.out, "tbody");
  for (const trace::TracedHop& hop : view.report.hops) hop_row(view, hop);
}

}  // namespace emltrace::report
