#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "report/text/check_rows.hpp"
#include "report/text/section.hpp"
#include "report/text/sections.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kResult = 11;
constexpr const char* kNothing = "–";

struct CheckColumns {
  bool now = false, then = false;
  std::size_t method = kLabel;
};

CheckColumns columns_for(const TextPage& page, const std::vector<CheckRow>& rows, bool offline) {
  CheckColumns out;
  for (const CheckRow& row : rows) {
    out.now = out.now || (row.now && !offline);
    out.then = out.then || row.then != nullptr;
    out.method = std::max(out.method, page.columns(row.method) + 2);
  }
  return out;
}

Run result_run(const std::optional<auth::Result>& result) {
  if (!result) return {kNothing, Style::dim};
  return {std::string(auth::to_string(*result)), style_of(*result)};
}

Run recorded_run(const trace::RecordedComparison* then) {
  if (then == nullptr) return {kNothing, Style::dim};
  const std::string& result = then->recorded.method.result;
  return {result, result == "pass"                           ? Style::good
                  : result == "fail" || result == "hardfail" ? Style::bad
                  : result == "none" || result == "neutral"  ? Style::plain
                                                             : Style::warn};
}

void head_row(TextPage& page, const CheckColumns& columns, const std::string& host) {
  std::vector<Cell> cells{{strong_run(say(Phrase::label_checks)), columns.method}};
  Runs text;
  if (columns.now) cells.push_back({{say(Phrase::column_now), Style::dim}, kResult});
  if (columns.then)
    text.emplace_back(!host.empty() ? say(Phrase::column_receipt_of, fmt::arg("host", host))
                                    : say(Phrase::column_receipt),
                      Style::dim);
  page.row(cells, text);
}

void check_row(TextPage& page, const CheckRow& row, const CheckColumns& columns) {
  std::vector<Cell> cells{{row.method, columns.method}};
  if (columns.now) cells.push_back({result_run(row.now), kResult});
  if (columns.then) cells.push_back({recorded_run(row.then), kResult});
  Runs text;
  if (!row.whose.empty()) add_part(text, {{row.whose}});
  // Where nothing was checked now there is nothing to tell of it.
  if (columns.now || !row.now) {
    for (const std::string& part : row.about) add_part(text, {{part}});
  }
  if (columns.now && row.then != nullptr && row.then->agrees == false)
    add_part(text, {{row.then->reason.empty()
                         ? say(Phrase::differs_now)
                         : say(Phrase::differs, fmt::arg("reason", row.then->reason)),
                     Style::warn}});
  page.row(cells, text);
  std::size_t hang = 0;
  for (const Cell& cell : cells) hang += cell.width;
  for (const std::string& line : row.below) page.row({{"", hang}}, {{line, Style::note}});
}

/// What the author's domain publishes; empty where DMARC was not asked for or not decided.
std::string policy_in_short(const dmarc::Verdict& dmarc) {
  if (!dmarc.author_domain || dmarc.problem || dmarc.undecided) return "";
  if (!dmarc.record_domain) return say(Phrase::policy_short_none);
  const bool own = dmarc.record_domain == dmarc.author_domain;
  return say(own ? Phrase::policy_short : Phrase::policy_short_of,
             fmt::arg("domain", *dmarc.record_domain),
             fmt::arg("tag", dmarc.policy_tag.value_or("p")),
             fmt::arg("policy", dmarc.policy.value_or("none")));
}

/// Results of one method that are alike.
struct Alike {
  std::string method;
  Run result;
  std::size_t count;
};

/// Null where a result says more than that all is well.
std::optional<std::vector<Alike>> alike_results(const std::vector<CheckRow>& rows, bool offline) {
  std::vector<Alike> out;
  for (const CheckRow& row : rows) {
    const bool plain = offline ? row.then == nullptr || row.then->recorded.method.result == "pass"
                               : row.is_plain();
    if (!plain) return std::nullopt;
    const bool of_record = offline || !row.now;
    if (of_record && row.then == nullptr) continue;
    Run result = of_record ? recorded_run(row.then) : result_run(row.now);
    if (!out.empty() && out.back().method == row.method && out.back().result.text == result.text)
      ++out.back().count;
    else
      out.push_back({row.method, std::move(result), 1});
  }
  return out;
}

std::string where_words(const std::vector<CheckRow>& rows, bool offline) {
  if (std::ranges::none_of(rows, [](const CheckRow& row) { return row.then != nullptr; }))
    return say(Phrase::checks_now);
  const std::string host = recorders_of(rows);
  if (host.empty()) return say(offline ? Phrase::column_receipt : Phrase::checks_both_unnamed);
  return say(offline ? Phrase::checks_recorded : Phrase::checks_both, fmt::arg("host", host));
}

}  // namespace

std::vector<Runs> checks_in_short(const trace::Report& report) {
  if (report.verdict.level != trace::Level::clean) return {};
  const std::vector<CheckRow> rows = check_rows(report);
  const bool offline = is_offline(report);
  const auto results = alike_results(rows, offline);
  if (!results || results->empty()) return {};
  std::vector<Runs> out;
  for (const Alike& alike : *results) {
    Runs part{{alike.method + " "}, alike.result};
    if (alike.count > 1) part.emplace_back(fmt::format(" ×{}", alike.count), Style::plain, true);
    const std::string policy =
        alike.method == "DMARC" && !offline ? policy_in_short(report.dmarc) : std::string();
    if (!policy.empty()) part.emplace_back(fmt::format(" ({})", policy), Style::plain, true);
    out.push_back(std::move(part));
  }
  out.push_back({{where_words(rows, offline), Style::dim}});
  return out;
}

void checks_section(TextPage& page, const trace::Report& report) {
  if (!checks_in_short(report).empty()) return;
  const std::vector<CheckRow> rows = check_rows(report);
  const CheckColumns columns = columns_for(page, rows, is_offline(report));
  if (!columns.now && !columns.then) return;
  page.blank();
  head_row(page, columns, recorders_of(rows));
  for (const CheckRow& row : rows) {
    if (!columns.now && row.then == nullptr && row.below.empty()) continue;
    check_row(page, row, columns);
  }
}

}  // namespace emltrace::report
