#include <fmt/format.h>

#include "report/text/section.hpp"
#include "trace/finding/kinds.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kSeverity = 8;
constexpr std::size_t kTopic = 10;

std::string place_words(const trace::Finding& finding) {
  if (finding.hop && finding.line) {
    return fmt::format(" (hop {}, line {})", *finding.hop, *finding.line);
  }
  if (finding.hop) return fmt::format(" (hop {})", *finding.hop);
  if (finding.line) return fmt::format(" (line {})", *finding.line);
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
    page.row(indent, {{"see ", Style::dim}, {std::string(kind->reference)}});
  }
}

void note(Page& page, const char* topic, const Runs& text) {
  page.row({{"", kIndent}, {{topic, Style::dim}, kTopic}}, text);
}

std::string clock_words(const trace::CheckClock& clock) {
  std::string out = "expiry is judged at " + words(clock.at);
  if (clock.source == "border") return out + ", when the border received the message";
  if (clock.source == "given") return out + ", as --now says";
  return out + ", the present time";
}

/// Whence the answers came in the first place: a replay tells what was recorded, word for word.
const std::string& first_mode(const trace::DnsSummary& dns) {
  return dns.recorded.empty() ? dns.mode : dns.recorded;
}

std::string dns_words(const trace::DnsSummary& dns, bool verbose) {
  if (first_mode(dns) == "offline") {
    return "offline: no question was asked, what DNS decides was not checked";
  }
  std::string out = fmt::format("{}: {}", first_mode(dns), counted(dns.questions, "question"));
  if (dns.cached > 0) out += fmt::format(", {} known already", dns.cached);
  if (dns.failed > 0) out += fmt::format(", {} without an answer", dns.failed);
  if (!dns.servers.empty()) out += fmt::format("; server {}", fmt::join(dns.servers, ", "));
  if (verbose && dns.zone_skipped.value_or(0) > 0) {
    out += fmt::format("; {} of the zone files left out: no question can be about them",
                       counted(*dns.zone_skipped, "record"));
  }
  return out;
}

std::string repair_words(const intake::Repair& repair) {
  std::string out = fmt::format("{}: {}", repair.code, repair.detail);
  out += repair.count > 1 ? fmt::format(" ({} times, first in line {})", repair.count, repair.line)
                          : fmt::format(" (line {})", repair.line);
  if (repair.touches_signed_bytes) out += "; signatures may suffer from it";
  return out;
}

}  // namespace

void findings_section(Page& page, const trace::Report& report) {
  page.heading("Findings");
  if (report.findings.empty()) page.row({{"", kIndent}}, {{"None."}});
  for (const trace::Finding& finding : report.findings) finding_block(page, finding);
}

void notes_section(Page& page, const trace::Report& report) {
  page.heading("How this was found out");
  note(page, "Input",
       {{fmt::format("{}, {} line ends, SHA-256 ", counted(report.bytes, "byte"),
                     to_string(report.line_ending))},
        value_run(report.sha256)});
  for (const intake::Repair& repair : report.repairs)
    note(page, "Mended", {{repair_words(repair)}});
  note(page, "Clock", {{clock_words(report.clock)}});
  note(page, "DNS", {{dns_words(report.dns, page.verbose())}});
  // Offline every question is unanswered: the list would say nothing more.
  if (is_offline(report)) return;
  for (const std::string& question : report.dns.unanswered) note(page, "Unchecked", {{question}});
}

}  // namespace emltrace::report
