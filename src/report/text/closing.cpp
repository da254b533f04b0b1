#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/text/check_rows.hpp"
#include "report/text/section.hpp"
#include "report/text/sections.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kHead = 8, kTail = 4;  // digits of the hash at either end

Runs mended_words(const trace::Report& report) {
  if (report.repairs.empty()) return {};
  std::vector<std::string> codes;
  bool signed_bytes = false;
  for (const intake::Repair& repair : report.repairs) {
    codes.push_back(repair.count > 1 ? fmt::format("{} ×{}", repair.code, repair.count)
                                     : std::string(repair.code));
    signed_bytes = signed_bytes || repair.touches_signed_bytes;
  }
  return {{say(Phrase::mended, fmt::arg("codes", fmt::format("{}", fmt::join(codes, ", ")))),
           signed_bytes ? Style::warn : Style::note}};
}

/// What the first screen leaves out.
std::string left_out(const trace::Report& report) {
  std::vector<std::string> parts;
  const auto notes = static_cast<std::size_t>(
      std::ranges::count(report.findings, trace::Severity::info, &trace::Finding::severity));
  if (notes > 0) parts.push_back(say(Phrase::notes, fmt::arg("notes", counted(notes, "note"))));
  const auto others = static_cast<std::size_t>(
      std::ranges::count(report.recorded, false, &trace::RecordedComparison::trusted));
  if (others > 0)
    parts.push_back(say(Phrase::others_results, fmt::arg("results", counted(others, "result"))));
  if (!is_offline(report) && !report.dns.unanswered.empty())
    parts.push_back(say(Phrase::unanswered,
                        fmt::arg("questions", counted(report.dns.unanswered.size(), "question"))));
  parts.push_back(say(Phrase::details));
  return say(Phrase::more_with_v, fmt::arg("what", fmt::format("{}", fmt::join(parts, ", "))));
}

}  // namespace

void closing_rows(TextPage& page, const trace::Report& report) {
  page.blank();
  std::vector<Runs> parts{mended_words(report), {{left_out(report), Style::dim}}};
  const std::string& hash = report.sha256;
  if (hash.size() > kHead + kTail)
    parts.push_back({{say(Phrase::digest, fmt::arg("head", hash.substr(0, kHead)),
                          fmt::arg("tail", hash.substr(hash.size() - kTail))),
                      Style::dim}});
  parts_rows(page, {"", 0}, parts);
}

}  // namespace emltrace::report
