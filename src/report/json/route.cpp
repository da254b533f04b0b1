#include <array>
#include <utility>

#include "message/address.hpp"
#include "report/json/value.hpp"

namespace emltrace::report::json {
namespace {

Json mailboxes(const std::vector<Mailbox>& list) {
  Json out = Json::array();
  for (const auto& mailbox : list) {
    out.push_back({{"display", filled(mailbox.display)},
                   {"address", filled(mailbox.address())},
                   {"domain", filled(mailbox.domain)}});
  }
  return out;
}

Json repair(const intake::Repair& repair) {
  return {{"code", value(repair.code)},
          {"line", repair.line},
          {"count", repair.count},
          {"touches_signed_bytes", repair.touches_signed_bytes},
          {"detail", value(repair.detail)}};
}

Json wrapper(const intake::WrapperFacts& facts) {
  if (facts.wrapper.empty()) return nullptr;
  return {{"kind", value(facts.wrapper)},
          {"from", filled(facts.wrapper_from)},
          {"subject", filled(facts.wrapper_subject)},
          {"source_ip", value(facts.source_ip)},
          {"mail_from", path(facts.mail_from)},
          {"rcpt_to", value(facts.rcpt_to)},
          {"helo", value(facts.helo)},
          {"arrival_date", value(facts.arrival_date)}};
}

Json date_defects(const std::optional<Date>& date) {
  Json out = Json::array();
  if (!date) return out;
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
  for (const auto& [present, name] : names) {
    if (present) out.push_back(name);
  }
  return out;
}

Json instant(const std::optional<Date>& date) {
  return date ? value(date->instant) : Json(nullptr);
}

Json from(const Received::From& from) {
  return {{"helo", value(from.helo)},       {"rdns", value(from.rdns)},
          {"ip", value(from.ip)},           {"port", value(from.port)},
          {"ident", value(from.ident)},     {"invalid_ip", value(from.invalid_ip)},
          {"helo_stated", from.helo_stated}};
}

Json tls(const std::optional<Received::Tls>& tls) {
  if (!tls) return nullptr;
  return {
      {"version", value(tls->version)}, {"cipher", value(tls->cipher)}, {"bits", value(tls->bits)}};
}

Json hop_dns(const trace::HopDns& dns) {
  Json names = nullptr;
  if (dns.ptr) {
    names = Json::array();
    for (const auto& name : *dns.ptr) names.push_back(value(name.text()));
  }
  return {{"ptr", std::move(names)},
          {"forward_confirmed", value(dns.forward_confirmed)},
          {"helo_confirmed", value(dns.helo_confirmed)},
          {"by_exists", value(dns.by_exists)}};
}

}  // namespace

Json input(const trace::Report& report) {
  Json repairs = Json::array();
  for (const auto& each : report.repairs) repairs.push_back(repair(each));
  Json out;
  put_raw(out, "path", report.path);
  out["index"] = report.index;
  out["part"] = value(report.part);
  out["kind"] = intake::to_string(report.kind);
  out["offset"] = report.base_offset;
  out["bytes"] = report.bytes;
  out["sha256"] = filled(report.sha256);
  out["line_ending"] = to_string(report.line_ending);
  out["repairs"] = std::move(repairs);
  out["wrapper"] = wrapper(report.wrapper);
  return out;
}

Json headers(const Headers& headers) {
  Json out;
  out["from"] = mailboxes(headers.from);
  out["sender"] = mailboxes(headers.sender);
  out["reply_to"] = mailboxes(headers.reply_to);
  out["to"] = mailboxes(headers.to);
  out["to_raw"] = filled(headers.to_raw);
  out["cc"] = mailboxes(headers.cc);
  out["subject"] = value(headers.subject);
  out["date"] = instant(headers.date);
  if (headers.date_raw.empty()) {
    out["date_raw"] = nullptr;
  } else {
    put_raw(out, "date_raw", headers.date_raw);
  }
  out["date_defects"] = date_defects(headers.date);
  out["message_id"] = value(headers.message_id);
  out["return_path"] = path(headers.return_path);
  return out;
}

Json envelope(const trace::Envelope& envelope) {
  return {{"client_ip", value(envelope.client_ip)},     {"helo", value(envelope.helo)},
          {"mail_from", path(envelope.mail_from)},      {"rcpt_to", value(envelope.rcpt_to)},
          {"received_at", value(envelope.received_at)}, {"from_hop", value(envelope.from_hop)},
          {"overridden", list(envelope.overridden)},    {"source", value(envelope.source)}};
}

Json hop(const trace::TracedHop& hop) {
  const Received& received = hop.received;
  Json out;
  out["number"] = hop.number;
  out["line"] = hop.line;
  out["offset"] = hop.offset;
  put_raw(out, "raw", hop.raw);
  out["unread"] = value(received.unread);
  out["from"] = from(received.from);
  out["by"] = {{"host", value(received.by.host)},
               {"ip", value(received.by.ip)},
               {"software", value(received.by.software)}};
  out["via"] = value(received.via);
  out["with"] = value(received.with);
  out["authenticated"] = received.authenticated;
  out["auth_user"] = value(received.auth_user);
  out["local_submission"] = received.local_submission;
  out["tls"] = tls(received.tls);
  out["id"] = value(received.id);
  out["for"] = value(received.for_);
  out["envelope_from"] = path(received.envelope_from);
  out["producer"] = filled(received.producer);
  out["stamp"] = instant(received.stamp);
  if (received.stamp_raw.empty()) {
    out["stamp_raw"] = nullptr;
  } else {
    put_raw(out, "stamp_raw", received.stamp_raw);
  }
  out["stamp_defects"] = date_defects(received.stamp);
  out["delay_s"] = value(hop.delay_s);
  out["delay_from_date"] = hop.delay_from_date;
  out["standing"] = trace::to_string(hop.standing);
  out["standing_reason"] = filled(hop.standing_reason);
  out["dns"] = hop_dns(hop.dns);
  out["clock"] = hop.clock ? hop_clock(*hop.clock) : Json(nullptr);
  out["findings"] = list(hop.findings);
  return out;
}

Json hop_clock(const trace::HopClock& clock) {
  return {{"producer", value(clock.producer)},
          {"time", value(clock.time)},
          {"precision_s", clock.precision_s},
          {"skew_s", value(clock.skew_s)}};
}

Json origin(const trace::Origin& origin) {
  return {{"ip", value(origin.ip)},
          {"rdns", value(origin.rdns)},
          {"hop", value(origin.hop)},
          {"recorded_by", value(origin.recorded_by)},
          {"confidence", filled(origin.confidence)},
          {"reason", filled(origin.reason)},
          {"claimed_ip", value(origin.claimed_ip)},
          {"claimed_hop", value(origin.claimed_hop)},
          // Look-ups about the address are made on demand only; unasked is unknown.
          {"asn", nullptr},
          {"abuse", Json::array()},
          {"dnsbl", Json::array()}};
}

}  // namespace emltrace::report::json
