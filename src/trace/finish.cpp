#include "trace/finish.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "auth/dkim/dkim.hpp"
#include "base/text.hpp"
#include "trace/clock/stamps.hpp"
#include "trace/finding/sentence.hpp"

namespace emltrace::trace {
namespace {

// Offsets of the lines of a message, the first line at index 0.
class LineStarts {
 public:
  explicit LineStarts(std::string_view bytes) {
    for (std::size_t at = bytes.find('\n'); at != std::string_view::npos;
         at = bytes.find('\n', at + 1)) {
      starts_.push_back(at + 1);
    }
  }
  [[nodiscard]] std::size_t offset_of(std::size_t line) const {
    return line >= 1 && line <= starts_.size() ? starts_[line - 1] : 0;
  }

 private:
  std::vector<std::size_t> starts_{0};
};

}  // namespace

std::vector<Finding> bounds_findings(bool hops_truncated, std::size_t skipped) {
  if (!hops_truncated && skipped == 0) return {};
  return {make_finding(hops_truncated
                           ? say<"header-bomb/hops">(with<"most">(kMaxHops))
                           : say<"header-bomb/signatures">(with<"skipped">(skipped),
                                                           with<"most">(dkim::kMaxSignatures)))};
}

std::vector<Finding> repair_findings(const std::vector<intake::Repair>& repairs) {
  if (repairs.empty()) return {};
  std::vector<std::string> codes;
  for (const auto& repair : repairs) codes.push_back(repair.code);
  const bool made = std::ranges::find(codes, intake::kOutlookProperties) != codes.end();
  Finding finding =
      make_finding(made ? say<"input-mended/made">(with<"codes">(text::join(codes, ", ")))
                        : say<"input-mended/damaged">(with<"codes">(text::join(codes, ", "))));
  finding.line = repairs.front().line;
  return {std::move(finding)};
}

std::vector<Finding> failure_findings(const std::map<dns::Question, std::string>& failed) {
  if (failed.empty()) return {};
  Evidence evidence;
  for (const auto& [question, reason] : failed) {
    evidence.emplace_back(dns::to_string(question), reason);
  }
  const bool one = failed.size() == 1;
  return {make_finding(
      one ? say<"dns-failed/one">() : say<"dns-failed/several">(with<"count">(failed.size())),
      std::move(evidence))};
}

std::vector<TracedHop> traced_hops(const Route& route, const Headers& headers) {
  std::vector<TracedHop> out;
  out.reserve(route.hops.size());
  const auto waited = delays(route.hops);
  bool first_stamp = true;
  for (std::size_t i = 0; i < route.hops.size(); ++i) {
    TracedHop hop{route.hops[i], waited[i], false, {}, {}, false, {}, {}, {}};
    const auto& stamp = hop.received.stamp;
    // The way from the author's program to the first server that wrote a stamp.
    if (stamp && first_stamp && headers.date) {
      hop.delay_s = (stamp->instant - headers.date->instant).count();
      hop.delay_from_date = true;
    }
    first_stamp = first_stamp && !stamp;
    hop.standing = route.judgements[i].standing;
    hop.standing_reason = route.judgements[i].reason;
    hop.standing_proven = route.judgements[i].proven;
    hop.dns = route.facts[i].dns;
    if (route.clocks[i]) hop.clock = summary_of(*route.clocks[i]);
    out.push_back(std::move(hop));
  }
  return out;
}

namespace {

// Most are short and stay where they are.
void bound(std::string& text, std::size_t most) {
  if (text.size() > most) text = text::bounded(text, most);
}

}  // namespace

void bound_findings(std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    bound(finding.message, kMaxFindingMessage);
    if (finding.evidence.size() > kMaxFindingValues) {
      const std::size_t all = finding.evidence.size();
      finding.evidence.resize(kMaxFindingValues);
      finding.evidence.emplace_back("more", fmt::format("{} values in all", all));
    }
    for (auto& [name, value] : finding.evidence) {
      bound(name, kMaxFindingValue);
      bound(value, kMaxFindingValue);
    }
  }
}

void sort_findings(std::vector<Finding>& findings) {
  std::vector<std::size_t> order(findings.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto rank = [&](std::size_t i) {
    // The place of entry comes last, so that equal ones keep their order.
    return std::tuple(-static_cast<int>(findings[i].severity), -findings[i].hop.value_or(0), i);
  };
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return rank(a) < rank(b); });
  std::vector<Finding> sorted;
  sorted.reserve(order.size());
  for (const std::size_t i : order) sorted.push_back(std::move(findings[i]));
  findings = std::move(sorted);
}

void name_findings(Report& report) {
  for (const Finding& finding : report.findings) {
    if (!finding.hop) continue;
    auto& codes = report.hops[static_cast<std::size_t>(*finding.hop - 1)].findings;
    if (std::ranges::find(codes, finding.code.text()) == codes.end())
      codes.emplace_back(finding.code.text());
  }
}

void map_places(Report& report, const Message& message, const intake::PlaceMap& places) {
  if (places.empty()) return;
  const LineStarts starts(message.bytes());
  const auto map_line = [&](std::size_t& line) {
    if (line > 0) line = places.input_line(starts.offset_of(line), line);
  };
  const auto map_field = [&](std::size_t& line, std::size_t& offset) {
    if (line == 0) return;
    line = places.input_line(offset, line);
    offset = places.input_offset(offset);
  };
  for (TracedHop& hop : report.hops) map_field(hop.line, hop.offset);
  for (auto& verdict : report.dkim) {
    map_line(verdict.line);
    if (!verdict.repair) continue;
    for (auto& removed : verdict.repair->removed) {
      if (removed.line) map_line(*removed.line);
    }
  }
  for (auto& set : report.arc.sets) map_line(set.line);
  for (auto& entry : report.recorded) map_line(entry.recorded.line);
  for (auto& line : report.beside) map_line(line.line);
  for (auto& clock : report.clocks) map_line(clock.line);
  for (auto& filter : report.filters) map_field(filter.line, filter.offset);
  for (auto& handle : report.handles) map_field(handle.line, handle.offset);
  for (auto& field : report.dkim2.fields) map_line(field.line);
  for (auto& signature : report.dkim2.signatures) map_line(signature.line);
  for (auto& instance : report.dkim2.instances) map_line(instance.line);
  for (Finding& finding : report.findings) {
    if (finding.code == "input-mended") continue;
    if (finding.line) map_line(*finding.line);
    if (finding.offset) finding.offset = places.input_offset(*finding.offset);
  }
}

}  // namespace emltrace::trace
