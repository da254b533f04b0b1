#include "report/json/json.hpp"

#include <utility>

#include "report/catalogue.hpp"
#include "report/json/value.hpp"
#include "report/version.hpp"

namespace emltrace::report {
namespace {

using json::Json;

constexpr const char* kSchema = "emltrace.report/1";

/// A name that comes again is told apart by a number: nothing is lost.
Json evidence_of(const trace::Finding& finding) {
  Json out = Json::object();
  for (const auto& [name, bytes] : finding.evidence) {
    const std::string base = for_json(name);
    std::string key = base;
    for (int again = 2; out.contains(key); ++again) key = base + '_' + std::to_string(again);
    json::put_raw(out, key, bytes);
  }
  return out;
}

Json finding(const trace::Finding& finding) {
  const trace::FindingKind* kind = trace::find_kind(finding.code);
  return {{"code", json::value(finding.code)},
          {"severity", trace::to_string(finding.severity)},
          {"hop", json::value(finding.hop)},
          {"line", json::value(finding.line)},
          {"offset", json::value(finding.offset)},
          {"message", json::value(finding.message)},
          {"evidence", evidence_of(finding)},
          {"reference", kind == nullptr ? Json(nullptr) : json::filled(kind->reference)}};
}

Json beside(const trace::SideLine& line) {
  Json out;
  out["line"] = line.line;
  out["name"] = json::value(line.name);
  json::put_raw(out, "value", line.value);
  return out;
}

Json message_clock(const trace::MessageClock& clock) {
  Json out = json::hop_clock(clock.clock);
  out["line"] = clock.line;
  out["place"] = json::value(clock.place);
  out["text"] = json::value(clock.text);
  out["agrees"] = json::value(clock.agrees);
  out["weak"] = clock.weak;
  return out;
}

Json dkim2(const trace::Dkim2Field& field) {
  Json tags = Json::array();
  for (const auto& [name, text] : field.tags) {
    tags.push_back({{"name", json::value(name)}, {"value", json::value(text)}});
  }
  return {{"line", field.line},
          {"header", json::value(field.header)},
          {"domain", json::value(field.domain)},
          {"hop", json::value(field.hop)},
          {"signed_at", json::value(field.signed_at)},
          {"mail_from", json::path(field.mail_from)},
          {"rcpt_to", json::list(field.rcpt_to)},
          {"tags", std::move(tags)}};
}

Json dns(const trace::DnsSummary& dns) {
  return {{"mode", json::filled(dns.mode)}, {"servers", json::list(dns.servers)},
          {"questions", dns.questions},     {"cached", dns.cached},
          {"failed", dns.failed},           {"unanswered", json::list(dns.unanswered)},
          {"elapsed_ms", dns.elapsed_ms}};
}

template <class T, class Convert>
Json each(const std::vector<T>& values, Convert convert) {
  Json out = Json::array();
  for (const auto& value : values) out.push_back(convert(value));
  return out;
}

Json dkim(const trace::Report& report) {
  Json out = Json::array();
  const auto& alignments = report.dmarc.dkim_alignment;
  for (std::size_t i = 0; i < report.dkim.size(); ++i) {
    const auto alignment = i < alignments.size() ? std::optional(alignments[i]) : std::nullopt;
    out.push_back(json::dkim(report.dkim[i], alignment));
  }
  return out;
}

Json whole(const trace::Report& report) {
  Json out;
  out["schema"] = kSchema;
  out["tool"] = {{"name", "emltrace"}, {"version", version()}};
  out["input"] = json::input(report);
  out["headers"] = json::headers(report.headers);
  out["envelope"] = json::envelope(report.envelope);
  out["clock"] = {{"at", json::value(report.clock.at)},
                  {"source", json::filled(report.clock.source)}};
  out["hops"] = each(report.hops, json::hop);
  out["beside"] = each(report.beside, beside);
  out["clocks"] = each(report.clocks, message_clock);
  out["origin"] = json::origin(report.origin);
  out["spf"] = each(report.spf, json::spf);
  out["dkim"] = dkim(report);
  out["arc"] = json::arc(report.arc);
  out["dmarc"] = json::dmarc(report.dmarc);
  out["dkim2"] = each(report.dkim2, dkim2);
  out["recorded"] = each(report.recorded, json::recorded);
  out["findings"] = each(report.findings, finding);
  out["verdict"] = {{"level", trace::to_string(report.verdict.level)},
                    {"route", trace::to_string(report.verdict.route)},
                    {"author", trace::to_string(report.verdict.author)},
                    {"summary", json::filled(report.verdict.summary)}};
  out["dns"] = dns(report.dns);
  return out;
}

std::string serialize(const Json& value, JsonLayout layout) {
  return for_json_output(value.dump(layout == JsonLayout::indented ? 2 : -1)) + '\n';
}

}  // namespace

std::string to_json(const trace::Report& report, JsonLayout layout) {
  return serialize(whole(report), layout);
}

std::string catalogue_json() {
  Json out = Json::array();
  for (const auto& kind : trace::finding_kinds()) {
    out.push_back({{"code", kind.code},
                   {"severity", trace::to_string(kind.severity())},
                   {"title", kind.title},
                   {"reference", json::filled(kind.reference)},
                   {"meaning", json::filled(kind.meaning)},
                   {"evidence", json::filled(kind.evidence)},
                   {"innocent", json::filled(kind.innocent)},
                   {"next", json::filled(kind.next)}});
  }
  return serialize(out, JsonLayout::indented);
}

}  // namespace emltrace::report
