#include "report/json/route.hpp"

#include <array>
#include <optional>
#include <utility>

#include "message/address.hpp"
#include "report/json/observed.hpp"
#include "report/json/values.hpp"

namespace emltrace::report::json {
namespace {

void write_wrapper(Writer& out, const intake::WrapperFacts& facts) {
  if (facts.wrapper.empty()) {
    out.member("wrapper", nullptr);
    return;
  }
  const auto object = out.object("wrapper");
  out.member("kind", facts.wrapper);
  out.member("returned", facts.returned);
  out.member("notice_signers", facts.notice_signers);
  out.member("notice_recipients", facts.notice_recipients);
  out.member("feedback_type", facts.feedback_type);
  out.member("reporting_mta", facts.reporting_mta);
  out.member("from", filled(facts.wrapper_from));
  out.member("subject", filled(facts.wrapper_subject));
  out.member("source_ip", facts.source_ip);
  out.member("mail_from", path(facts.mail_from));
  out.member("rcpt_to", facts.rcpt_to);
  out.member("helo", facts.helo);
  out.member("arrival_date", facts.arrival_date);
  out.member("recipients", facts.recipients);
  out.member("reported_domains", facts.reported_domains);
}

void write_defects(Writer& out, std::string_view name, const std::optional<Date>& date) {
  const auto array = out.array(name);
  if (!date) return;
  const DateDefects& found = date->defects;
  const std::array<std::pair<bool, const char*>, 7> names{{
      {found.syntax, "syntax"},
      {found.obsolete, "obsolete"},
      {found.weekday_wrong, "weekday-wrong"},
      {found.zone_missing, "zone-missing"},
      {found.zone_impossible, "zone-impossible"},
      {found.zone_name_mismatch, "zone-name-mismatch"},
      {found.season_mismatch, "season-mismatch"},
  }};
  for (const auto& [present, defect] : names) {
    if (present) out.value(defect);
  }
}

/// The members alone: they stand in objects of two kinds.
void write_clock_members(Writer& out, const trace::HopClock& clock) {
  out.member("producer", clock.producer);
  out.member("time", clock.time);
  out.member("precision_s", clock.precision_s);
  out.member("skew_s", clock.skew_s);
}

}  // namespace

void write(Writer& out, const Mailbox& mailbox) {
  const auto object = out.object();
  out.member("display", filled(mailbox.display));
  out.member("address", filled(mailbox.address()));
  out.member("domain", filled(mailbox.domain));
}

void write(Writer& out, const intake::Repair& repair) {
  const auto object = out.object();
  out.member("code", repair.code);
  out.member("line", repair.line);
  out.member("count", repair.count);
  out.member("touches_signed_bytes", repair.touches_signed_bytes);
  out.member("detail", repair.detail);
}

void write(Writer& out, const Received::From& from) {
  const auto object = out.object();
  out.member("helo", from.helo);
  out.member("rdns", from.rdns);
  out.member("ip", from.ip);
  out.member("port", from.port);
  out.member("ident", from.ident);
  out.member("invalid_ip", from.invalid_ip);
  out.member("redacted", from.redacted);
  out.member("helo_stated", from.helo_stated);
}

void write(Writer& out, const Received::By& by) {
  const auto object = out.object();
  out.member("host", by.host);
  out.member("ip", by.ip);
  out.member("software", by.software);
}

void write(Writer& out, const Received::Tls& tls) {
  const auto object = out.object();
  out.member("version", tls.version);
  out.member("cipher", tls.cipher);
  out.member("bits", tls.bits);
}

void write(Writer& out, const DomainName& name) {
  out.value(name.text());
}

void write(Writer& out, const trace::HopDns& dns) {
  const auto object = out.object();
  out.member("ptr", dns.ptr);
  out.member("forward_confirmed", dns.forward_confirmed);
  out.member("helo_confirmed", dns.helo_confirmed);
  out.member("by_exists", dns.by_exists);
}

void write(Writer& out, const trace::HopClock& clock) {
  const auto object = out.object();
  write_clock_members(out, clock);
}

void write(Writer& out, const trace::MessageClock& clock) {
  const auto object = out.object();
  write_clock_members(out, clock.clock);
  out.member("line", clock.line);
  out.member("place", clock.place);
  out.member("text", clock.text);
  out.member("agrees", clock.agrees);
  out.member("weak", clock.weak);
}

void write_input(Writer& out, const trace::Report& report) {
  const auto object = out.object("input");
  raw_member(out, "path", report.path);
  out.member("index", report.index);
  out.member("part", report.part);
  out.member("kind", intake::to_string(report.kind));
  out.member("offset", report.base_offset);
  out.member("bytes", report.bytes);
  out.member("sha256", filled(report.sha256));
  out.member("line_ending", to_string(report.line_ending));
  out.member("repairs", report.repairs);
  write_wrapper(out, report.wrapper);
}

void write(Writer& out, const Headers& headers) {
  const auto object = out.object();
  out.member("from", headers.from);
  out.member("sender", headers.sender);
  out.member("reply_to", headers.reply_to);
  out.member("to", headers.to);
  out.member("to_raw", filled(headers.to_raw));
  out.member("cc", headers.cc);
  out.member("subject", headers.subject);
  out.member("date", instant(headers.date));
  filled_raw_member(out, "date_raw", headers.date_raw);
  write_defects(out, "date_defects", headers.date);
  out.member("message_id", headers.message_id);
  out.member("return_path", path(headers.return_path));
}

void write(Writer& out, const trace::Envelope& envelope) {
  const auto object = out.object();
  out.member("client_ip", envelope.client_ip);
  out.member("helo", envelope.helo);
  out.member("mail_from", path(envelope.mail_from));
  out.member("rcpt_to", envelope.rcpt_to);
  out.member("received_at", envelope.received_at);
  out.member("from_hop", envelope.from_hop);
  out.member("overridden", envelope.overridden);
  const auto sources = out.object("sources");
  const auto recorder = [&](std::string_view name, const std::optional<trace::Recorder>& source) {
    out.member(name, source ? std::optional(trace::to_string(*source)) : std::nullopt);
  };
  recorder("client_ip", envelope.sources.client_ip);
  recorder("helo", envelope.sources.helo);
  recorder("mail_from", envelope.sources.mail_from);
  recorder("rcpt_to", envelope.sources.rcpt_to);
}

void write(Writer& out, const trace::TracedHop& hop) {
  const Received& received = hop.received;
  const auto object = out.object();
  out.member("number", hop.number);
  out.member("line", hop.line);
  out.member("offset", hop.offset);
  raw_member(out, "raw", hop.raw);
  out.member("unread", received.unread);
  out.member("from", received.from);
  out.member("by", received.by);
  out.member("via", received.via);
  out.member("with", received.with);
  out.member("authenticated", received.authenticated);
  out.member("auth_user", received.auth_user);
  out.member("local_submission", received.local_submission);
  out.member("tls", received.tls);
  out.member("id", received.id);
  out.member("for", received.for_);
  out.member("envelope_from", path(received.envelope_from));
  out.member("producer", filled(received.producer));
  out.member("stamp", instant(received.stamp));
  filled_raw_member(out, "stamp_raw", received.stamp_raw);
  write_defects(out, "stamp_defects", received.stamp);
  out.member("delay_s", hop.delay_s);
  out.member("delay_from_date", hop.delay_from_date);
  out.member("standing", trace::to_string(hop.standing));
  out.member("standing_reason", filled(hop.standing_reason));
  out.member("dns", hop.dns);
  out.member("clock", hop.clock);
  out.member("findings", hop.findings);
}

void write(Writer& out, const trace::SideLine& line) {
  const auto object = out.object();
  out.member("line", line.line);
  out.member("name", line.name);
  raw_member(out, "value", line.value);
}

void write_origin(Writer& out, const trace::Report& report) {
  const trace::Origin& origin = report.origin;
  const auto object = out.object("origin");
  out.member("ip", origin.ip);
  out.member("rdns", origin.rdns);
  out.member("hop", origin.hop);
  out.member("recorded_by", origin.recorded_by);
  out.member("confidence", filled(origin.confidence));
  out.member("reason", filled(origin.reason));
  out.member("claimed_ip", origin.claimed_ip);
  out.member("claimed_hop", origin.claimed_hop);
  out.member("claimed_by", origin.claimed_by);
  out.member("claimed_line", origin.claimed_line);
  write_members(out, report.enrichment);
}

}  // namespace emltrace::report::json
