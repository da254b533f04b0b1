#include "report/text/brief.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "report/text/section.hpp"
#include "report/text/sections.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kUsualWidth = 100;
constexpr std::size_t kLevel = 12;
constexpr std::size_t kOrigin = 17;  // an IPv4 address, and what parts it from the author
constexpr std::size_t kReason = 24;
constexpr std::size_t kMostBytes = 4;  // that one column takes
constexpr std::size_t kLeastAuthor = 12;

/// Columns of the fields on a page: those that have none there are left out, from the last one on.
struct Layout {
  std::size_t author = 0, reason = 0;
  bool limited = false;
  std::size_t width = 0;
};

Layout layout_for(std::size_t width) {
  Layout out;
  out.limited = width > 0;
  out.width = out.limited ? width : kUsualWidth;
  const std::size_t rest = out.width - std::min(out.width, kLevel + kOrigin);
  out.reason = std::min(kReason, rest / 3);
  out.author = std::clamp<std::size_t>(rest * 2 / 5, kLeastAuthor, 40);
  return out;
}

/// Cut to the columns that it may take, with a mark where something is missing.
std::string fitted(const TextPage& page, const std::string& text, std::size_t columns) {
  if (page.columns(text) <= columns) return text;
  const std::size_t mark = page.columns("…");
  if (columns <= mark) return "";
  std::string shown = page.shown(text);
  shown.resize(fitting_bytes(shown, columns - mark));
  return page.columns(shown) + mark <= columns ? shown + "…" : "";
}

/// The same, of a name whose end tells most: cut at its front.
std::string fitted_end(const TextPage& page, const std::string& name, std::size_t columns) {
  if (page.columns(name) <= columns) return name;
  const std::size_t mark = page.columns("…");
  if (columns <= mark) return "";
  const std::string shown = page.shown(name);
  std::size_t from = shown.size() - std::min(shown.size(), columns * kMostBytes);
  while (text::is_continuation(shown[from]) ||
         display_width(std::string_view(shown).substr(from)) + mark > columns)
    ++from;
  return "…" + shown.substr(from);
}

std::string first_reason(const trace::Report& report) {
  const Grounds grounds = grounds_of(report, 1);
  if (report.verdict.level != trace::Level::clean && !grounds.shown.empty())
    return std::string(grounds.shown.front()->code.text());
  return std::string(trace::to_string(report.verdict.author));
}

}  // namespace

std::string to_brief(const trace::Report& report, const TextOptions& options) {
  const Layout layout = layout_for(options.width);
  TextOptions wide = options;
  wide.width = 1'000'000;
  TextPage page(wide);
  std::vector<Cell> cells;
  std::size_t used = 0;
  const auto field = [&](const std::string& text, std::size_t width, Style style) {
    const std::size_t left = layout.width - std::min(layout.width, used);
    const std::string shown = layout.limited ? fitted(page, text, std::min(left, width - 1)) : text;
    cells.push_back({{shown, style}, width});
    used += width;
  };
  const trace::TraceVerdict& verdict = report.verdict;
  field(std::string(trace::to_string(verdict.level)), kLevel, style_of(verdict));
  const std::string origin =
      report.origin.ip ? report.origin.ip->text() : say(Phrase::origin_unknown);
  field(origin, std::max(kOrigin, page.columns(origin) + 2), Style::strong);
  const std::string author = author_name(report.headers);
  field(author.empty() ? say(Phrase::no_author) : author, layout.author, Style::plain);
  field(first_reason(report), std::max<std::size_t>(layout.reason, 2), Style::plain);
  const std::size_t left = layout.width - std::min(layout.width, used);
  const std::string name = place(report);
  page.row(cells, {{layout.limited ? fitted_end(page, name, left) : name, Style::dim, true}});
  return page.take();
}

}  // namespace emltrace::report
