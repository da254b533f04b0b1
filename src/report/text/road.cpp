#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/text.hpp"
#include "report/text/fold.hpp"
#include "report/text/hop_rows.hpp"
#include "report/text/hosts.hpp"
#include "report/text/section.hpp"
#include "report/text/sections.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kBar = 6;           // columns of the longest delay
constexpr std::size_t kBarPage = 72;      // a narrower page has no bars
constexpr std::size_t kLeastText = 30;    // columns of text beside the cells
constexpr std::size_t kArrow = 3;         // columns between the hosts
constexpr std::size_t kGap = 2;           // columns in front of the client
constexpr std::int64_t kVeryLong = 3600;  // a delay that deserves the strongest colour

struct RoadRow {
  std::string numbers;
  Run standing{""};
  std::optional<std::int64_t> delay_s;
  Runs from, by, client;  ///< `from` alone where there is no hand-over to show
  std::string why;
  bool border = false;
};

struct Columns {
  std::size_t numbers = 0, standing = 0, delay = 0, bar = 0;
  std::size_t from = 0, by = 0;
  std::int64_t longest = 0;
  bool below = false;  ///< the hosts stand below the cells, those of all hops

  [[nodiscard]] std::size_t hang() const { return numbers + standing + delay + bar; }
  [[nodiscard]] std::size_t hosts() const { return from + kArrow + by; }
};

std::string name_of(const trace::TracedHop& hop) {
  return hop.received.from.helo || hop.received.from.rdns || !hop.received.from.ip
             ? from_name(hop.received.from)
             : std::string();
}

/// The client announced no name, and what it is called stands in the row of the origin.
bool is_named_above(const trace::TracedHop& hop, const trace::Origin& origin) {
  const auto& helo = hop.received.from.helo;
  const bool nameless = !helo || helo->starts_with('[');
  return nameless && origin.hop == hop.number && origin.ip == hop.received.from.ip && hop.dns.ptr &&
         !hop.dns.ptr->empty() && origin.rdns == hop.dns.ptr->front().text();
}

/// What DNS calls the client, where its line does not already.
void named_words(Runs& out, const trace::TracedHop& hop, const std::string& shown) {
  const trace::HopDns& dns = hop.dns;
  const auto& recorded = hop.received.from.rdns;
  if (dns.ptr && dns.ptr->empty()) {
    out.emplace_back(" " + say(Phrase::address_nameless), Style::note);
  } else if (dns.ptr && text::iequals(dns.ptr->front().text(), shown)) {
    if (dns.forward_confirmed == true) out.emplace_back(" ✓", Style::good);
  } else if (dns.ptr || (recorded && !text::iequals(*recorded, shown))) {
    out.emplace_back(" " + say(Phrase::address_named,
                               fmt::arg("name", dns.ptr ? dns.ptr->front().text() : *recorded)));
    if (dns.ptr && dns.forward_confirmed == true) out.emplace_back(" ✓", Style::good);
  }
  if (dns.helo_confirmed == false) out.emplace_back(" " + say(Phrase::helo_differs), Style::warn);
}

Runs client_words(const trace::TracedHop& hop, const trace::Origin& origin) {
  const Received::From& from = hop.received.from;
  Runs out;
  if (from.ip) {
    out.push_back(value_run(from.ip->text()));
    named_words(out, hop, is_named_above(hop, origin) ? origin.rdns.value_or("") : name_of(hop));
  } else if (from.redacted) {
    out.emplace_back(say(Phrase::address_hidden), Style::warn);
  } else if (from.rdns && from.helo && !text::iequals(*from.rdns, *from.helo)) {
    out.emplace_back(say(Phrase::address_named, fmt::arg("name", *from.rdns)));
  }
  if (hop.received.authenticated) add_part(out, {{say(Phrase::logged_in)}});
  return out;
}

/// A finding that is shown says why the hop is contradicted.
bool is_explained(const trace::TracedHop& hop, const trace::Report& report) {
  return std::ranges::any_of(report.findings, [&](const trace::Finding& finding) {
    return finding.hop == hop.number && finding.severity >= trace::Severity::medium;
  });
}

RoadRow single_row(const trace::TracedHop& hop, const trace::Report& report) {
  RoadRow row;
  row.numbers = fmt::format("{}", hop.number);
  row.standing = {std::string(trace::to_string(hop.standing)), style_of(hop.standing)};
  row.delay_s = hop.delay_s;
  if (hop.standing == trace::Standing::border) {
    row.border = true;
    row.standing.strong = true;
  }
  if (hop.standing == trace::Standing::contradicted && !is_explained(hop, report))
    row.why = hop.standing_reason;
  if (!hop.received.is_trace) {
    row.from = {{say(Phrase::no_trace_line, fmt::arg("text", hop.raw))}};
    return row;
  }
  const std::string name = name_of(hop);
  row.from = name.empty() ? Runs{{hop.received.from.ip->text()}} : host_runs(name);
  row.by = host_runs(by_name(hop.received.by));
  row.client = client_words(hop, report.origin);
  if (name.empty()) row.client.erase(row.client.begin());
  return row;
}

RoadRow folded_row(const std::vector<trace::TracedHop>& hops, const Fold& fold) {
  const trace::TracedHop& first = hops[fold.first];
  RoadRow row;
  row.numbers = fmt::format("{}–{}", first.number, hops[fold.last].number);
  row.standing = {std::string(trace::to_string(first.standing)), style_of(first.standing)};
  row.delay_s = fold.delay_s;
  const std::string count = counted(fold.count(), "hop");
  row.from = {{fold.system
                   ? say(Phrase::folded, fmt::arg("hops", count), fmt::arg("system", *fold.system))
                   : say(Phrase::folded_here, fmt::arg("hops", count)),
               Style::dim}};
  return row;
}

std::string delay_text(const RoadRow& row) {
  return row.delay_s ? delay(*row.delay_s) : std::string();
}

Columns measure(const TextPage& page, const std::vector<RoadRow>& rows) {
  Columns out;
  for (const RoadRow& row : rows) {
    out.numbers = std::max(out.numbers, page.columns(row.numbers) + 3);
    out.standing = std::max(out.standing, page.columns(row.standing.text) + 1);
    out.delay = std::max(out.delay, page.columns(delay_text(row)) + 1);
    if (row.delay_s > 0) out.longest = std::max({out.longest, *row.delay_s, kLongDelay});
    if (row.by.empty()) continue;
    out.from = std::max(out.from, page.columns(row.from));
    out.by = std::max(out.by, page.columns(row.by));
  }
  // Bars are left out where more rows fit into one line without them.
  const auto whole = [&](std::size_t bar) {
    return std::ranges::count_if(rows, [&](const RoadRow& row) {
      const std::size_t client = row.client.empty() ? 0 : kGap + page.columns(row.client);
      return !row.by.empty() && out.hang() + bar + out.hosts() + client <= page.width();
    });
  };
  const bool narrow = whole(1) > whole(kBar + 1);
  const bool bars = out.longest > 0 && page.width() >= kBarPage && !narrow;
  out.bar = bars ? kBar + 1 : 1;
  out.below = std::ranges::any_of(rows, [&](const RoadRow& row) {
    const std::size_t hosts = page.columns(row.from) + kArrow + page.columns(row.by);
    return !row.by.empty() && out.hang() + hosts > page.width();
  });
  return out;
}

/// Eighths of a column to scale; a delay that is there is never without a bar.
std::string bar_text(std::int64_t delay_s, std::int64_t longest) {
  constexpr std::array<std::string_view, 8> kParts{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (delay_s <= 0 || longest <= 0) return "";
  const double share = static_cast<double>(delay_s) / static_cast<double>(longest);
  const auto eighths =
      std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(share * kBar * 8)));
  std::string out;
  for (std::size_t i = 0; i < eighths / 8; ++i) out += "█";
  return out += kParts.at(eighths % 8);
}

Style style_of_delay(std::int64_t delay_s) {
  if (delay_s > kVeryLong) return Style::bad;
  return delay_s > kLongDelay || delay_s < 0 ? Style::warn : Style::dim;
}

std::vector<Cell> cells_of(const TextPage& page, const RoadRow& row, const Columns& columns) {
  const auto right = [&page](const std::string& text, std::size_t width) {
    const std::size_t own = page.columns(text);
    return std::string(own < width ? width - own : 0, ' ') + text;
  };
  const std::string mark = row.border ? "▶ " : "  ";
  std::vector<Cell> cells{{strong_run(mark + right(row.numbers, columns.numbers - 3),
                                      row.border ? Style::good : Style::plain),
                           columns.numbers},
                          {row.standing, columns.standing}};
  const Style style = style_of_delay(row.delay_s.value_or(0));
  cells.push_back(
      {{row.delay_s ? right(delay_text(row), columns.delay - 1) : "", style}, columns.delay});
  const bool bars = columns.bar > 1;
  cells.push_back(
      {{bars ? bar_text(row.delay_s.value_or(0), columns.longest) : "", style}, columns.bar});
  return cells;
}

Runs padded(const TextPage& page, Runs runs, std::size_t width) {
  const std::size_t own = page.columns(runs);
  if (own < width) runs.emplace_back(std::string(width - own, ' '));
  return runs;
}

void append(Runs& out, const Runs& more) {
  out.insert(out.end(), more.begin(), more.end());
}

/// Beside the cells there is no room for what the row tells, or for the hosts of another row.
bool is_below(const TextPage& page, const RoadRow& row, const Columns& columns) {
  return page.width() < columns.hang() + kLeastText || (columns.below && !row.by.empty());
}

/// From, by and client in columns as far as the page has room: all three beside each other, or the
/// client below, or the hosts below and the client above them, or all in running text.
void road_row(TextPage& page, const RoadRow& row, const Columns& columns) {
  std::vector<Cell> cells = cells_of(page, row, columns);
  std::size_t hang = columns.hang();
  Runs client = row.client;
  if (is_below(page, row, columns)) {
    const bool above = hang + page.columns(client) <= page.width();
    page.row(cells, above ? std::exchange(client, {}) : Runs{});
    hang = columns.numbers;
    cells = {{"", hang}};
  }
  const std::size_t room = page.width() - std::min(page.width(), hang);
  const bool table = columns.hosts() <= room;
  const bool beside = !client.empty() && columns.hosts() + kGap + page.columns(client) <= room;
  Runs text = table && !row.by.empty() ? padded(page, row.from, columns.from) : row.from;
  if (!row.by.empty()) {
    text.emplace_back(" → ", Style::dim);
    append(text, beside ? padded(page, row.by, columns.by) : row.by);
  }
  if (beside) {
    text.emplace_back(std::string(kGap, ' '));
    append(text, client);
  }
  page.row(cells, text);
  const std::vector<Cell> below{{"", hang}};
  if (!beside && !client.empty()) page.row(below, client);
  if (!row.why.empty()) page.row(below, {{row.why, Style::warn}});
}

std::string span_text(std::int64_t seconds) {
  const std::string text = delay(seconds < 0 ? -seconds : seconds);
  return text.substr(1);
}

/// From the Date, the sender's word, to the last stamp.
std::string span_words(const trace::Report& report) {
  std::optional<Instant> first, last;
  for (const trace::TracedHop& hop : report.hops) {
    if (!hop.received.stamp) continue;
    if (!first) first = hop.received.stamp->instant;
    last = hop.received.stamp->instant;
  }
  if (!first) return say(Phrase::road_no_time);
  const bool dated = report.headers.date.has_value();
  if (dated) first = report.headers.date->instant;
  const std::string start = words(*first);
  std::string end = words(*last);
  const std::size_t day = start.find(' ') + 1;
  if (end.starts_with(start.substr(0, day))) end.erase(0, day);
  const std::int64_t seconds = (*last - *first).count();
  return say(seconds < 0 && dated ? Phrase::road_backwards
             : dated              ? Phrase::road_span
                                  : Phrase::road_span_from_first,
             fmt::arg("first", start), fmt::arg("last", end), fmt::arg("span", span_text(seconds)));
}

}  // namespace

void road_section(TextPage& page, const trace::Report& report) {
  std::vector<Runs> head{{{std::string(trace::to_string(report.verdict.route)), Style::strong}}};
  // Where the origin is not known its row says that there is no hop.
  const bool told = !report.origin.ip && !report.origin.reason.empty();
  if (!report.hops.empty())
    head.push_back({{span_words(report)}});
  else if (!told)
    head.push_back({{say(Phrase::road_no_hop)}});
  if (!report.hops.empty()) page.blank();
  answer_parts(page, Phrase::label_route, head);
  std::vector<RoadRow> rows;
  for (const Fold& fold : fold_hops(report.hops))
    rows.push_back(fold.count() == 1 ? single_row(report.hops[fold.first], report)
                                     : folded_row(report.hops, fold));
  const Columns columns = measure(page, rows);
  for (const RoadRow& row : rows) road_row(page, row, columns);
}

}  // namespace emltrace::report
