#include <fmt/format.h>

#include "base/text.hpp"
#include "report/text/details.hpp"
#include "report/text/section.hpp"
#include "trace/finding/kinds.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kSeverity = 8;
constexpr std::size_t kTopic = 10;

std::string place_words(const trace::Finding& finding) {
  if (finding.hop && finding.line) {
    return fmt::format(" ({})", say(Detail::hop_and_line, fmt::arg("hop", *finding.hop),
                                    fmt::arg("line", *finding.line)));
  }
  if (finding.hop) return fmt::format(" ({})", say(Phrase::in_hop, fmt::arg("hops", *finding.hop)));
  if (finding.line)
    return fmt::format(" ({})", say(Phrase::in_line, fmt::arg("lines", *finding.line)));
  return "";
}

void finding_block(Page& page, const trace::Finding& finding) {
  page.row(
      {{"", kIndent},
       {{std::string(trace::to_string(finding.severity)), style_of(finding.severity)}, kSeverity}},
      {{std::string(finding.code.text()), Style::strong}, {place_words(finding), Style::dim}});
  const std::vector<Cell> indent{{"", kIndent + kSeverity}};
  page.row(indent, {{finding.message}});
  if (!page.verbose()) return;
  for (const auto& [name, bytes] : finding.evidence) {
    page.row(indent, {{name + ": ", Style::dim}, {bytes}});
  }
  const trace::FindingKind* kind = trace::find_kind(finding.code);
  if (kind != nullptr && !kind->reference.empty()) {
    page.row(indent,
             told(Detail::see, {{"reference", {std::string(kind->reference)}}}, Style::dim));
  }
}

void note(Page& page, Detail topic, const Runs& text) {
  page.row({{"", kIndent}, {{say(topic), Style::dim}, kTopic}}, text);
}

std::string clock_words(const trace::CheckClock& clock) {
  return say(clock.source == "border"  ? Detail::clock_border
             : clock.source == "given" ? Detail::clock_given
                                       : Detail::clock_present,
             fmt::arg("time", words(clock.at)));
}

/// Whence the answers came in the first place: a replay tells what was recorded, word for word.
const std::string& first_mode(const trace::DnsSummary& dns) {
  return dns.recorded.empty() ? dns.mode : dns.recorded;
}

std::string dns_words(const trace::DnsSummary& dns, bool verbose) {
  if (first_mode(dns) == "offline") {
    return say(Detail::dns_offline);
  }
  std::string out = say(Detail::dns_mode, fmt::arg("mode", first_mode(dns)),
                        fmt::arg("questions", counted(dns.questions, "question")));
  if (dns.cached > 0) out += ", " + say(Detail::dns_cached, fmt::arg("count", dns.cached));
  if (dns.failed > 0) out += ", " + say(Detail::dns_failed, fmt::arg("count", dns.failed));
  if (!dns.servers.empty())
    out += "; " + say(Detail::dns_servers, fmt::arg("servers", text::join(dns.servers, ", ")));
  if (verbose && dns.zone_skipped.value_or(0) > 0) {
    out +=
        "; " + say(Detail::dns_skipped, fmt::arg("records", counted(*dns.zone_skipped, "record")));
  }
  return out;
}

std::string repair_words(const intake::Repair& repair) {
  std::string out = say(repair.count > 1 ? Detail::mends : Detail::mend,
                        fmt::arg("code", repair.code), fmt::arg("detail", repair.detail),
                        fmt::arg("count", repair.count), fmt::arg("line", repair.line));
  if (repair.touches_signed_bytes) out += "; " + say(Detail::mend_signed);
  return out;
}

}  // namespace

void findings_section(Page& page, const trace::Report& report) {
  page.heading(say(Phrase::heading_findings));
  if (report.findings.empty()) page.row({{"", kIndent}}, {{say(Detail::none_found)}});
  for (const trace::Finding& finding : report.findings) finding_block(page, finding);
}

void notes_section(Page& page, const trace::Report& report) {
  page.heading(say(Detail::heading_notes));
  note(page, Detail::label_input,
       told(Detail::input, {{"bytes", {counted(report.bytes, "byte")}},
                            {"endings", {std::string(to_string(report.line_ending))}},
                            {"digest", value_run(report.sha256)}}));
  for (const intake::Repair& repair : report.repairs)
    note(page, Detail::label_mends, {{repair_words(repair)}});
  note(page, Detail::label_clock, {{clock_words(report.clock)}});
  note(page, Detail::label_dns, {{dns_words(report.dns, page.verbose())}});
  // Offline every question is unanswered: the list would say nothing more.
  if (is_offline(report)) return;
  for (const std::string& question : report.dns.unanswered)
    note(page, Detail::label_unchecked, {{question}});
}

}  // namespace emltrace::report
