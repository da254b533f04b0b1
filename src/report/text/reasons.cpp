#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/text/section.hpp"
#include "report/text/sections.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kSeverity = 8;
constexpr std::size_t kCodeShare = 3;  // of the room: a wider code stands in the text

/// Findings of one code and severity.
struct Group {
  std::vector<const trace::Finding*> findings;

  [[nodiscard]] const trace::Finding& first() const { return *findings.front(); }
  [[nodiscard]] std::string code() const {
    const std::string text(first().code.text());
    return findings.size() == 1 ? text : fmt::format("{} ×{}", text, findings.size());
  }
  /// `hop 2`, `hops 1–3`, `line 9`; empty where they have no place.
  [[nodiscard]] std::string place() const;
};

std::string Group::place() const {
  std::vector<std::size_t> hops, lines;
  for (const trace::Finding* finding : findings) {
    if (finding->hop)
      hops.push_back(static_cast<std::size_t>(*finding->hop));
    else if (finding->line)
      lines.push_back(*finding->line);
  }
  if (!hops.empty())
    return say(hops.size() == 1 ? Phrase::in_hop : Phrase::in_hops,
               fmt::arg("hops", number_list(hops)));
  if (lines.empty()) return "";
  return say(lines.size() == 1 ? Phrase::in_line : Phrase::in_lines,
             fmt::arg("lines", number_list(lines)));
}

std::vector<Group> groups_of(const trace::Report& report) {
  std::vector<Group> out;
  for (const trace::Finding& finding : report.findings) {
    if (finding.severity == trace::Severity::info) continue;
    const auto known = std::ranges::find_if(out, [&](const Group& group) {
      return group.first().code == finding.code && group.first().severity == finding.severity;
    });
    if (known != out.end())
      known->findings.push_back(&finding);
    else
      out.push_back({{&finding}});
  }
  return out;
}

void group_row(TextPage& page, const Group& group, std::size_t code_column) {
  const trace::Severity severity = group.first().severity;
  std::vector<Cell> cells{
      {"", kIndent}, {{std::string(trace::to_string(severity)), style_of(severity)}, kSeverity}};
  Runs text;
  if (code_column > 0) {
    cells.push_back({strong_run(group.code()), code_column});
  } else {
    text.push_back(strong_run(group.code()));
    text.emplace_back(": ");
  }
  text.emplace_back(group.first().message);
  if (const std::string place = group.place(); !place.empty())
    text.insert(text.end(), {{" "}, {fmt::format("({})", place), Style::dim, true}});
  page.row(cells, text);
}

}  // namespace

std::string number_list(std::vector<std::size_t> numbers) {
  std::ranges::sort(numbers);
  numbers.erase(std::ranges::unique(numbers).begin(), numbers.end());
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t end = i;
    while (end + 1 < numbers.size() && numbers[end + 1] == numbers[end] + 1) ++end;
    parts.push_back(end == i ? fmt::format("{}", numbers[i])
                             : fmt::format("{}–{}", numbers[i], numbers[end]));
    i = end + 1;
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

void reasons_section(TextPage& page, const trace::Report& report) {
  const std::vector<Group> groups = groups_of(report);
  if (groups.empty()) return;
  std::size_t code = 0;
  for (const Group& group : groups) code = std::max(code, page.columns(group.code()) + 2);
  const std::size_t room = page.width() - std::min(page.width(), kIndent + kSeverity);
  if (code > room / kCodeShare) code = 0;
  page.heading(say(Phrase::heading_findings));
  for (const Group& group : groups) group_row(page, group, code);
}

}  // namespace emltrace::report
