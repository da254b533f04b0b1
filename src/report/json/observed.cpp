#include "report/json/observed.hpp"

#include <optional>

#include "report/json/values.hpp"

namespace emltrace::report::json {

void write(Writer& out, const trace::Contact& contact) {
  const auto object = out.object();
  out.member("address", contact.address);
  out.member("source", contact.source);
}

void write(Writer& out, const trace::FilterValue& value) {
  const auto object = out.object();
  out.member("name", value.name);
  raw_member(out, "value", value.value);
  out.member("meaning", value.meaning);
}

void write(Writer& out, const trace::FilterReport& filter) {
  const auto object = out.object();
  out.member("line", filter.line);
  out.member("offset", filter.offset);
  out.member("header", filter.header);
  out.member("vendor", filter.vendor);
  out.member("trusted", filter.trusted);
  out.member("values", filter.values);
  out.member("verdict",
             filter.verdict ? std::optional(trace::to_string(*filter.verdict)) : std::nullopt);
}

void write(Writer& out, const trace::Handle& handle) {
  const auto object = out.object();
  const bool in_field = !handle.header.empty();
  out.member("line", in_field ? std::optional(handle.line) : std::nullopt);
  out.member("offset", in_field ? std::optional(handle.offset) : std::nullopt);
  out.member("header", filled(handle.header));
  out.member("kind", trace::to_string(handle.kind));
  filled_raw_member(out, "value", handle.value);
  out.member("operator", handle.operator_name);
  out.member("trusted", handle.trusted);
  out.member("report_to", handle.report_to);
  out.member("recipient", handle.recipient);
  out.member("original_sender", handle.original_sender);
  out.member("made_at", handle.made_at);
  out.member("expires_on", handle.expires_on);
  out.member("note", handle.note);
}

void write(Writer& out, const trace::Network& network) {
  const auto object = out.object();
  out.member("number", network.number);
  out.member("also", network.also);
  out.member("name", network.name);
  out.member("prefix", network.prefix);
  out.member("country", network.country);
}

void write(Writer& out, const trace::Listing& listing) {
  const auto object = out.object();
  out.member("zone", listing.zone);
  out.member("subject", listing.subject);
  out.member("listed", listing.listed);
  out.member("codes", listing.codes);
  out.member("meaning", listing.meaning);
  out.member("reason", listing.reason);
  out.member("problem", listing.problem);
}

void write_members(Writer& out, const trace::Enrichment& enrichment) {
  out.member("asn", enrichment.asn);
  out.member("asn_outcome", trace::to_string(enrichment.asn_outcome));
  out.member("claimed_asn", enrichment.claimed_asn);
  out.member("client_asn", enrichment.client_asn);
  out.member("abuse", enrichment.abuse);
  out.member("abuse_outcome", trace::to_string(enrichment.abuse_outcome));
  out.member("client_abuse", enrichment.client_abuse);
  out.member("client_abuse_outcome", trace::to_string(enrichment.client_abuse_outcome));
  out.member("dnsbl", enrichment.dnsbl);
}

}  // namespace emltrace::report::json
