#include "report/library/content.hpp"

#include <memory>
#include <utility>

#include "report/json/json.hpp"
#include "report/text/text.hpp"

namespace emltrace::v1 {
namespace {

std::optional<std::string> text_of(const std::optional<ip::Address>& address) {
  if (!address) return std::nullopt;
  return address->text();
}

std::optional<std::string> filled(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return std::string(text);
}

v1::Hop hop_of(const trace::TracedHop& hop) {
  const Received& received = hop.received;
  v1::Hop out;
  out.number = hop.number;
  out.line = hop.line;
  out.standing = static_cast<v1::Standing>(hop.standing);
  out.standing_reason = hop.standing_reason;
  out.from_ip = text_of(received.from.ip);
  out.from_helo = received.from.helo;
  out.from_rdns = received.from.rdns;
  out.by_host = received.by.host;
  if (received.stamp) out.stamp = received.stamp->instant;
  out.delay_s = hop.delay_s;
  for (const auto& code : hop.findings) out.findings.emplace_back(code);
  return out;
}

}  // namespace

std::optional<std::string> Report::part() const {
  return content_->report.part;
}

v1::Level Report::level() const {
  return static_cast<v1::Level>(content_->report.verdict.level);
}

v1::Route Report::route() const {
  return static_cast<v1::Route>(content_->report.verdict.route);
}

v1::Author Report::author() const {
  return static_cast<v1::Author>(content_->report.verdict.author);
}

std::string Report::summary() const {
  return content_->report.verdict.summary;
}

v1::Origin Report::origin() const {
  const trace::Origin& origin = content_->report.origin;
  return {text_of(origin.ip),        origin.rdns,       origin.hop,
          origin.recorded_by,        origin.confidence, origin.reason,
          text_of(origin.claimed_ip)};
}

v1::Envelope Report::envelope() const {
  const trace::Envelope& envelope = content_->report.envelope;
  return {text_of(envelope.client_ip), envelope.helo,    envelope.mail_from, envelope.rcpt_to,
          envelope.received_at,        envelope.from_hop};
}

std::vector<v1::Hop> Report::hops() const {
  std::vector<v1::Hop> out;
  for (const auto& hop : content_->report.hops) out.push_back(hop_of(hop));
  return out;
}

std::vector<v1::Check> Report::checks() const {
  const trace::Report& report = content_->report;
  std::vector<v1::Check> out;
  for (const auto& spf : report.spf) {
    out.push_back(
        {"spf", std::string(auth::to_string(spf.result)), filled(spf.domain), spf.problem});
  }
  for (const auto& dkim : report.dkim) {
    out.push_back({"dkim", std::string(auth::to_string(dkim.result)), dkim.domain,
                   filled(dkim::to_string(dkim.problem))});
  }
  const auto sealer = report.arc.sets.empty() ? std::nullopt : report.arc.sets.back().domain;
  out.push_back(
      {"arc", std::string(auth::to_string(report.arc.result)), sealer, report.arc.problem});
  out.push_back({"dmarc", std::string(auth::to_string(report.dmarc.result)),
                 report.dmarc.author_domain, report.dmarc.problem});
  if (report.dkim2.is_present()) {
    const auto& signatures = report.dkim2.signatures;
    out.push_back({"dkim2", std::string(auth::to_string(report.dkim2.result)),
                   signatures.empty() ? std::nullopt : signatures.front().domain,
                   filled(dkim2::to_string(report.dkim2.problem))});
  }
  return out;
}

std::vector<v1::Finding> Report::findings() const {
  std::vector<v1::Finding> out;
  for (const auto& finding : content_->report.findings) {
    out.push_back({std::string(finding.code.text()), static_cast<v1::Severity>(finding.severity),
                   finding.hop, finding.line, finding.message, finding.evidence});
  }
  return out;
}

std::size_t Report::dns_failures() const {
  return content_->report.dns.failed;
}

std::string_view to_string(v1::Level level) {
  return trace::to_string(static_cast<trace::Level>(level));
}

std::string_view to_string(v1::Route route) {
  return trace::to_string(static_cast<trace::RouteState>(route));
}

std::string_view to_string(v1::Author author) {
  return trace::to_string(static_cast<trace::AuthorState>(author));
}

std::string_view to_string(v1::Standing standing) {
  return trace::to_string(static_cast<trace::Standing>(standing));
}

std::string_view to_string(v1::Severity severity) {
  return trace::to_string(static_cast<trace::Severity>(severity));
}

std::string to_json(const v1::Report& report, v1::JsonLayout layout) {
  return report::to_json(report.content().report, layout == v1::JsonLayout::indented
                                                      ? report::JsonLayout::indented
                                                      : report::JsonLayout::line);
}

std::string to_text(const v1::Report& report, const v1::TextOptions& options) {
  return report::to_text(report.content().report, {options.color, options.width, options.verbose});
}

}  // namespace emltrace::v1

namespace emltrace::report::library {

v1::Report make_report(trace::Report report) {
  return v1::Report(std::make_shared<v1::Report::Content>(v1::Report::Content{std::move(report)}));
}

}  // namespace emltrace::report::library
