#include "trace/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "report/text/section.hpp"
#include "report/text/sections.hpp"
#include "trace/finding/kinds.hpp"

namespace emltrace::report {
namespace {

// The severity from which a finding makes the level (verdict.hpp).
trace::Severity severity_for(trace::Level level) {
  return level == trace::Level::notice ? trace::Severity::low : trace::Severity::medium;
}

/// The host that handed on a message that had been delivered before; empty where none is known.
std::string forwarder(const trace::Report& report) {
  if (!was_forwarded(report) || !report.envelope.from_hop) return {};
  const auto& from =
      report.hops[static_cast<std::size_t>(*report.envelope.from_hop - 1)].received.from;
  return from.rdns ? *from.rdns : from.helo.value_or(from.ip ? from.ip->text() : std::string());
}

std::string rests_words(const trace::TraceVerdict& verdict) {
  if (!verdict.basis) return say(Phrase::rests_nothing);
  switch (*verdict.basis) {
    case trace::Basis::now:
      return say(Phrase::rests_now);
    case trace::Basis::recorded:
      return say(Phrase::rests_recorded);
    case trace::Basis::both:
      return say(Phrase::rests_both);
  }
  return "";
}

/// What made the level, in one line: the road where that is the reason or nothing else is.
std::string headline(const trace::Report& report) {
  const Grounds grounds = grounds_of(report, 1);
  if (report.verdict.level == trace::Level::clean || grounds.shown.empty() ||
      trace::newest_contradicted(report) != nullptr) {
    return route_phrase(report);
  }
  const std::string title(trace::kind_of(grounds.shown.front()->code).title);
  if (grounds.more == 0) return say(Phrase::ground_alone, fmt::arg("title", title));
  return say(Phrase::ground_and_more, fmt::arg("title", title),
             fmt::arg("more", counted(grounds.more, "more reason")));
}

}  // namespace

void answer_row(TextPage& page, Phrase label, const Runs& text) {
  page.row({{strong_run(say(label)), kLabel}}, text);
}

void AnswerRows::add(const Runs& text) {
  if (++rows_ > kMost && !page_.verbose()) return;
  answer_row(page_, std::exchange(label_, Phrase::label_more), text);
}

void AnswerRows::close() {
  if (rows_ <= kMost || page_.verbose()) return;
  const std::string rest = fmt::format("{} more", rows_ - kMost);
  answer_row(page_, label_, {{say(Phrase::more_with_v, fmt::arg("what", rest)), Style::dim}});
}

void add_part(Runs& row, Runs part) {
  if (part.empty()) return;
  // The sign stays at the end of a line that is broken there.
  if (!row.empty()) {
    row.emplace_back(" ·", Style::dim, true);
    row.emplace_back(" ");
  }
  row.insert(row.end(), part.begin(), part.end());
}

void parts_rows(TextPage& page, Cell label, const std::vector<Runs>& parts) {
  const std::size_t room = page.width() - std::min(page.width(), label.width);
  Runs line;
  for (const Runs& part : parts) {
    Runs longer = line;
    add_part(longer, part);
    if (line.empty() || page.columns(longer) <= room) {
      line = std::move(longer);
      continue;
    }
    page.row({label}, line);
    label.run.text.clear();
    line = part;
  }
  if (!line.empty()) page.row({label}, line);
}

void answer_parts(TextPage& page, Phrase label, const std::vector<Runs>& parts) {
  parts_rows(page, {strong_run(say(label)), kLabel}, parts);
}

Grounds grounds_of(const trace::Report& report, std::size_t most) {
  Grounds out;
  std::set<std::string_view> seen;
  for (const trace::Finding& finding : report.findings) {
    if (finding.severity < severity_for(report.verdict.level)) continue;
    if (!seen.insert(finding.code.text()).second) continue;
    if (out.shown.size() < most)
      out.shown.push_back(&finding);
    else
      ++out.more;
  }
  return out;
}

std::string route_phrase(const trace::Report& report) {
  switch (report.verdict.route) {
    case trace::RouteState::absent:
      return say(Phrase::route_absent);
    case trace::RouteState::contradicted: {
      const trace::TracedHop* hop = trace::newest_contradicted(report);
      if (hop == nullptr) break;
      return say(hop->standing_proven ? Phrase::route_forged : Phrase::route_contradicted,
                 fmt::arg("hop", hop->number));
    }
    case trace::RouteState::consistent:
    case trace::RouteState::unverified:
      break;
  }
  std::string route =
      say(report.verdict.route == trace::RouteState::consistent ? Phrase::route_consistent
                                                                : Phrase::route_unverified);
  const std::string host = forwarder(report);
  if (host.empty()) return route;
  return say(Phrase::route_forwarded, fmt::arg("route", route), fmt::arg("host", host));
}

bool was_forwarded(const trace::Report& report) {
  return std::ranges::any_of(report.findings, [](const trace::Finding& finding) {
    return finding.code == "spf-broken-by-forwarding";
  });
}

bool is_offline(const trace::Report& report) {
  const trace::DnsSummary& dns = report.dns;
  return (dns.recorded.empty() ? dns.mode : dns.recorded) == "offline";
}

void verdict_rows(TextPage& page, const trace::Report& report) {
  const trace::TraceVerdict& verdict = report.verdict;
  const Run level = strong_run(std::string(trace::to_string(verdict.level)), style_of(verdict));
  std::vector<Runs> parts{{level, {"  "}, {headline(report)}}};
  if (verdict.unchecked.empty() || verdict.basis)
    parts.push_back({{rests_words(verdict), Style::dim}});
  if (!verdict.unchecked.empty()) {
    const std::string what = unchecked_words(verdict.unchecked, say(Phrase::host_names));
    parts.push_back({{say(is_offline(report) ? Phrase::not_checked_offline : Phrase::not_checked,
                          fmt::arg("what", what)),
                      Style::warn}});
  }
  answer_parts(page, Phrase::label_verdict, parts);
}

}  // namespace emltrace::report
