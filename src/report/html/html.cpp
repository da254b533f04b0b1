#include "report/html/html.hpp"

#include <fmt/format.h>

#include <vector>

#include "base/text.hpp"
#include "report/html/rows.hpp"
#include "report/html/section.hpp"
#include "report/html/style.hpp"
#include "report/text/section.hpp"
#include "report/version.hpp"

namespace emltrace::report {
namespace {

void head(Markup& out) {
  out.own("<!DOCTYPE html>\n");
  out.open("html", {{"lang", "en"}});
  {
    const Element element(out, "head");
    out.leaf("meta", {{"charset", "utf-8"}});
    out.leaf("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", security_policy()}});
    out.leaf("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    out.leaf("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
    // Telephones make links of what looks like a number or an address to them.
    out.leaf("meta", {{"name", "format-detection"},
                      {"content", "telephone=no, date=no, address=no, email=no"}});
    out.element("title", {}, "emltrace report");
    out.own("<style>" + style_sheet() + "</style>");
  }
  out.open("body");
  out.element("h1", {}, fmt::format("emltrace {} report", version()));
  out.own("\n");
}

/// A line of the index: level, name, author, origin.
std::string entry(const trace::Report& report, const Anchors& at, Markup out) {
  {
    const Element line(out, "a", {{"class", "entry"}, {"href", "#" + at.message()}});
    write_badge(out, trace::to_string(report.verdict.level), style_of(report.verdict));
    out.element("span", {{"class", "name"}}, title(report));
    const std::string author = author_name(report.headers);
    out.element("span", {}, author.empty() ? "no author" : author);
    out.element("span", {}, report.origin.ip ? report.origin.ip->text() : "origin unknown");
  }
  out.own("\n");
  return out.take();
}

void message(const View& view) {
  const Element article(view.out, "article", {{"id", view.at.message()}});
  html_answer(view);
  {
    RowsPage page(view.out, view.verbose);
    message_section(page, view.report);
  }
  html_route(view);
  html_checks(view);
  html_findings(view);
  {
    RowsPage page(view.out, view.verbose);
    notes_section(page, view.report);
  }
  html_raw_header(view);
}

}  // namespace

std::string HtmlDocument::add(const trace::Report& report, const intake::Item& item,
                              std::string_view shown, const Told& told) {
  Markup out(defang_, told);
  if (count_ == 0) head(out);
  ++count_;
  ++levels_.at(static_cast<std::size_t>(report.verdict.level));
  const Anchors at(count_);
  if (count_ == 1) {
    first_entry_ = entry(report, at, Markup(defang_, told));
  } else {
    out.own(first_entry_);
    first_entry_.clear();
    out.own(entry(report, at, Markup(defang_, told)));
  }
  RawHeader header(item, report.findings);
  if (!shown.empty()) header.show_instead(shown);
  message({out, report, header, at, verbose_});
  out.own("\n");
  return out.take();
}

std::string HtmlDocument::end() const {
  Markup out;
  if (count_ > 1) {
    std::vector<std::string> parts;
    for (const auto level : {trace::Level::forged, trace::Level::suspicious, trace::Level::notice,
                             trace::Level::clean}) {
      if (const auto count = levels_[static_cast<std::size_t>(level)]; count > 0)
        parts.push_back(fmt::format("{} {}", count, trace::to_string(level)));
    }
    out.element("p", {{"class", "tally"}},
                fmt::format("{}: {}", counted(count_, "message"), text::join(parts, ", ")));
  }
  out.close("body");
  out.close("html");
  out.own("\n");
  return out.take();
}

}  // namespace emltrace::report
