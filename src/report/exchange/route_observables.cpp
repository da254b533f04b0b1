#include "report/exchange/route_observables.hpp"

#include <string>
#include <string_view>

#include "message/rewritten_sender.hpp"

namespace emltrace::report {
namespace {

using trace::Recorder;
using trace::Standing;

Standing standing_of_hop(const trace::Report& report, std::optional<int> number, Standing none) {
  const bool known =
      number && *number >= 1 && static_cast<std::size_t>(*number) <= report.hops.size();
  return known ? report.hops[static_cast<std::size_t>(*number) - 1].standing : none;
}

// The recorder's word for a fact that its hosts saw themselves.
Standing standing_of_record(std::optional<Recorder> recorder) {
  switch (recorder.value_or(Recorder::wrapper)) {
    case Recorder::option:
    case Recorder::recorded:
    case Recorder::return_path:
      return Standing::own;
    case Recorder::border:
      return Standing::border;
    case Recorder::wrapper:
      return Standing::unverified;
  }
  return Standing::unverified;
}

void add_origin(const trace::Report& report, Observables& into) {
  const trace::Origin& origin = report.origin;
  const Standing standing =
      standing_of_hop(report, origin.hop, standing_of_record(report.envelope.sources.client_ip));
  into.address(origin.ip, "origin", standing);
  into.name(origin.rdns, "origin", standing);
  into.address(origin.claimed_ip, "claimed-origin",
               standing_of_hop(report, origin.claimed_hop, Standing::unverified));
}

bool spf_passes(const trace::Report& report, spf::Identity identity) {
  for (const spf::Verdict& verdict : report.spf) {
    if (verdict.identity == identity && verdict.result == auth::Result::pass) return true;
  }
  return false;
}

// Who connects says what it likes: the domain itself must vouch for it, or DNS lead back.
void add_helo(const trace::Report& report, const std::optional<std::string>& helo,
              Observables& into) {
  bool vouched = spf_passes(report, spf::Identity::helo) && helo == report.envelope.helo;
  for (const trace::TracedHop& hop : report.hops) {
    const bool said = hop.standing == Standing::border && hop.received.from.helo == helo;
    vouched = vouched || (said && hop.dns.helo_confirmed.value_or(false));
  }
  into.name(helo, "helo", vouched ? Standing::corroborated : Standing::unverified);
}

void add_envelope(const trace::Report& report, Observables& into) {
  const trace::Envelope& envelope = report.envelope;
  into.address(envelope.client_ip, "client", standing_of_record(envelope.sources.client_ip));
  add_helo(report, envelope.helo, into);
  const bool sender = spf_passes(report, spf::Identity::mail_from);
  into.mailbox(envelope.mail_from.value_or(""), "envelope-sender",
               sender ? Standing::corroborated : Standing::unverified, true);
  if (const auto rewritten = read_rewritten_sender(envelope.mail_from.value_or(""))) {
    into.mailbox(rewritten->sender.value_or(""), "original-sender",
                 standing_of_record(envelope.sources.mail_from));
  }
  into.mailbox(envelope.rcpt_to.value_or(""), "recipient",
               standing_of_record(envelope.sources.rcpt_to));
}

std::string_view role_of_client(const trace::Report& report, const trace::TracedHop& hop) {
  if (hop.standing == Standing::border) return "client";
  return report.origin.hop == hop.number ? "origin" : "relay";
}

void add_hop(const trace::Report& report, const trace::TracedHop& hop, Observables& into) {
  const bool border = hop.standing == Standing::border;
  const Received& line = hop.received;
  into.address(line.from.ip, role_of_client(report, hop), hop.standing);
  into.name(line.from.rdns, role_of_client(report, hop), hop.standing);
  if (border) {
    add_helo(report, line.from.helo, into);
  } else {
    into.name(line.from.helo, "helo", hop.standing);
  }
  into.address(line.by.ip, border ? "border" : "relay", hop.standing);
  into.name(line.by.host, border ? "border" : "relay", hop.standing);
}

}  // namespace

void add_route(const trace::Report& report, Observables& into) {
  add_origin(report, into);
  add_envelope(report, into);
  for (auto hop = report.hops.rbegin(); hop != report.hops.rend(); ++hop)
    add_hop(report, *hop, into);
}

}  // namespace emltrace::report
