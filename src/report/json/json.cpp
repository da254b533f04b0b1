#include "report/json/json.hpp"

#include <utility>

#include "report/escape.hpp"
#include "report/json/auth.hpp"
#include "report/json/names.hpp"
#include "report/json/observed.hpp"
#include "report/json/route.hpp"
#include "report/json/values.hpp"
#include "report/version.hpp"
#include "trace/finding/kinds.hpp"

namespace emltrace::report {
namespace json {
namespace {

constexpr const char* kSchema = "emltrace.report/1";

/// A name that comes again is told apart by a number: nothing is lost.
void write_evidence(Writer& out, const trace::Finding& finding) {
  const auto object = out.object("evidence");
  Names names;
  for (const auto& [name, bytes] : finding.evidence) {
    raw_member(out, names.told_apart(name, base64_twin(bytes).has_value()), bytes);
  }
}

void write_tool(Writer& out) {
  const auto object = out.object("tool");
  out.member("name", "emltrace");
  out.member("version", version());
}

void write_dkim(Writer& out, const trace::Report& report) {
  const auto array = out.array("dkim");
  const auto& alignments = report.dmarc.dkim_alignment;
  for (std::size_t i = 0; i < report.dkim.size(); ++i) {
    write_dkim(out, report.dkim[i],
               i < alignments.size() ? std::optional(alignments[i]) : std::nullopt);
  }
}

}  // namespace

void write(Writer& out, const trace::Finding& finding) {
  const auto object = out.object();
  out.member("code", finding.code);
  out.member("severity", trace::to_string(finding.severity));
  out.member("hop", finding.hop);
  out.member("line", finding.line);
  out.member("offset", finding.offset);
  out.member("message", finding.message);
  write_evidence(out, finding);
  out.member("reference", filled(trace::kind_of(finding.code).reference));
}

void write(Writer& out, const trace::CheckClock& clock) {
  const auto object = out.object();
  out.member("at", clock.at);
  out.member("source", filled(clock.source));
}

void write(Writer& out, const trace::TraceVerdict& verdict) {
  const auto object = out.object();
  out.member("level", trace::to_string(verdict.level));
  out.member("route", trace::to_string(verdict.route));
  out.member("author", trace::to_string(verdict.author));
  out.member("basis",
             verdict.basis ? std::optional(trace::to_string(*verdict.basis)) : std::nullopt);
  out.member("unchecked", verdict.unchecked);
  out.member("summary", filled(verdict.summary));
}

void write(Writer& out, const trace::DnsSummary& dns) {
  const auto object = out.object();
  out.member("mode", filled(dns.mode));
  out.member("servers", dns.servers);
  out.member("questions", dns.questions);
  out.member("cached", dns.cached);
  out.member("failed", dns.failed);
  out.member("unanswered", dns.unanswered);
  out.member("zone_skipped", dns.zone_skipped);
  out.member("elapsed_ms", dns.elapsed_ms);
}

void write(Writer& out, const trace::Report& report) {
  const auto object = out.object();
  out.member("schema", kSchema);
  write_tool(out);
  write_input(out, report);
  out.member("headers", report.headers);
  out.member("envelope", report.envelope);
  out.member("clock", report.clock);
  out.member("hops", report.hops);
  out.member("beside", report.beside);
  out.member("clocks", report.clocks);
  write_origin(out, report);
  out.member("spf", report.spf);
  write_dkim(out, report);
  out.member("arc", report.arc);
  out.member("dmarc", report.dmarc);
  out.member("dkim2", report.dkim2);
  out.member("recorded", report.recorded);
  out.member("filters", report.filters);
  out.member("handles", report.handles);
  out.member("findings", report.findings);
  out.member("verdict", report.verdict);
  out.member("dns", report.dns);
}

}  // namespace json

std::string to_json(const trace::Report& report, JsonLayout layout) {
  json::Writer out(layout);
  out.value(report);
  return std::move(out).take();
}

}  // namespace emltrace::report
