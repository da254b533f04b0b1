#include "trace/analyse.hpp"

#include <algorithm>
#include <iterator>

#include "auth/arc/arc.hpp"
#include "auth/dkim2/dkim2.hpp"
#include "auth/dmarc/org_domain.hpp"
#include "base/crypto.hpp"
#include "base/text.hpp"
#include "message/mailbox.hpp"
#include "trace/asking.hpp"
#include "trace/author/auth_findings.hpp"
#include "trace/author/coverage.hpp"
#include "trace/author/dkim2_reach.hpp"
#include "trace/author/dkim2_return.hpp"
#include "trace/author/field_writers.hpp"
#include "trace/author/filters.hpp"
#include "trace/author/handles.hpp"
#include "trace/author/identity_findings.hpp"
#include "trace/author/message_findings.hpp"
#include "trace/author/recorded_comparison.hpp"
#include "trace/author/sign_findings.hpp"
#include "trace/author/signed_fields.hpp"
#include "trace/author/vouching.hpp"
#include "trace/clock/zone_gloss.hpp"
#include "trace/finish.hpp"
#include "trace/route/boundary_findings.hpp"
#include "trace/route/clock_findings.hpp"
#include "trace/route/delivery.hpp"
#include "trace/route/hop_findings.hpp"
#include "trace/route/judgement.hpp"
#include "trace/route/origin.hpp"
#include "trace/route/route.hpp"
#include "trace/route/signed_hops.hpp"
#include "trace/route/time_findings.hpp"
#include "trace/untraced_findings.hpp"
#include "trace/verdict.hpp"

namespace emltrace::trace {
namespace {

CheckClock check_clock(const Options& options, const std::optional<Instant>& received_at) {
  // No mail was stamped before RFC 822 came into use, nor tomorrow.
  const Instant earliest{std::chrono::sys_days{std::chrono::year{1982} / 1 / 1}};
  if (options.now_given) return {options.now, "given"};
  if (received_at && *received_at >= earliest &&
      *received_at <= options.now + std::chrono::hours(24)) {
    return {*received_at, "border"};
  }
  return {options.now, "now"};
}

std::vector<std::string> author_domains(const Headers& headers) {
  std::vector<std::string> domains;
  for (const Mailbox& mailbox : headers.from) {
    const bool known = std::any_of(domains.begin(), domains.end(), [&](const std::string& other) {
      return text::iequals(other, mailbox.domain);
    });
    if (!mailbox.domain.empty() && !known) domains.push_back(mailbox.domain);
  }
  return domains;
}

// An alphabetic zone of two meanings takes the one that a numeric stamp of the same system glosses.
HopList read_glossed_hops(const Message& message) {
  HopList list = read_hops(message);
  std::vector<ZoneStamp> stamps;
  for (const Hop& hop : list.hops) {
    stamps.push_back(
        {hop.received.by.host ? std::string_view(*hop.received.by.host) : std::string_view(),
         hop.received.stamp ? &*hop.received.stamp : nullptr, hop.received.stamp_raw});
  }
  std::vector<std::optional<int>> offsets;
  for (std::size_t i = 0; i < stamps.size(); ++i) offsets.push_back(glossed_offset(stamps, i));
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    auto& stamp = list.hops[i].received.stamp;
    if (offsets[i] && stamp) stamp = with_offset(*stamp, *offsets[i]);
  }
  return list;
}

bool touches_signed_bytes(const intake::Item& item) {
  return std::ranges::any_of(
      item.repairs, [](const intake::Repair& repair) { return repair.touches_signed_bytes; });
}

void append(std::vector<Finding>& to, std::vector<Finding> from) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

std::optional<AskedAddress> asked_address(const std::optional<ip::Address>& ip,
                                          const std::optional<int>& hop, const Route& route) {
  if (!ip) return std::nullopt;
  for (const Hop& line : route.hops) {
    if (hop == line.number && line.received.from.ip == ip)
      return AskedAddress{*ip, line.received.from.helo};
  }
  return AskedAddress{*ip, std::nullopt};
}

Enquiry enquiry_of(const Report& report, const Route& route) {
  Enquiry enquiry;
  enquiry.origin = asked_address(report.origin.ip, report.origin.hop, route);
  enquiry.claimed = asked_address(report.origin.claimed_ip, report.origin.claimed_hop, route);
  if (const auto& client = report.envelope.client_ip)
    enquiry.client = AskedAddress{*client, report.envelope.helo};
  if (const auto& author = report.dmarc.author_domain) {
    if (const auto name = DomainName::parse_host(*author))
      enquiry.author = auth::registrable_domain(*name);
  }
  return enquiry;
}

// What Outlook does not tell, the sender may well have written.
void drop_absences(std::vector<Finding>& findings) {
  std::erase_if(findings, [](const Finding& finding) {
    return finding.code == Code("from-missing") || finding.code == Code("date-missing") ||
           finding.code == Code("message-id-missing");
  });
}

}  // namespace

struct Analysis::State {
  State(const intake::Item& given, const Options& opts)
      : item(given),
        options(opts),
        message(Message::parse(given.text)),
        as_given(touches_signed_bytes(given) ? std::optional(Message::parse(given.original))
                                             : std::nullopt),
        headers(read_headers(message)),
        hops(read_glossed_hops(message)),
        hop_clocks(read_hop_clocks(hops.hops)) {
    fixed_findings = message_findings(message, headers);
    if (item.made_of_properties()) drop_absences(fixed_findings);
    recorded = collect_recorded(message);
    statements = read_client_statements(message, recorded);
    filters = read_filters(message);
    handles = read_handles(message);
    start_report();
  }

  void start_report() {
    base.path = item.path;
    base.index = item.index;
    base.part = item.part;
    base.kind = item.kind;
    base.base_offset = item.base_offset;
    base.bytes = item.original.size();
    base.sha256 = crypto::hex(crypto::digest(crypto::Hash::sha256, item.original));
    base.line_ending = message.line_ending();
    base.repairs = item.repairs;
    base.wrapper = item.wrapper;
    base.headers = headers;
    base.beside = read_side_lines(message);
    const auto readings = read_message_clocks(message, headers, hops.hops);
    for (const ClockReading& reading : readings) base.clocks.push_back(message_summary_of(reading));
    append(fixed_findings, message_clock_findings(readings, headers, hops.hops));
  }

  dkim::Options dkim_options() const {
    dkim::Options out;
    out.at = clock.at;
    out.now = options.now;
    out.repair = options.repair;
    out.mended = as_given.has_value();
    if (out.mended) out.as_given = &*as_given;
    out.headers_only = item.kind == intake::Kind::headers || !message.has_body();
    return out;
  }

  // Made once, unless a later round moves the border and with it the clock. True where it was made.
  bool prepare_verifiers() {
    if (dkim && verified_at == clock.at) return false;
    verified_at = clock.at;
    dkim.emplace(message, dkim_options());
    arc.emplace(message, dkim_options());
    dkim2.emplace(message, dkim_options());
    return true;
  }

  void evaluate_spf(dns::Client& client) {
    auth.spf.clear();
    const Envelope& envelope = route.envelope;
    const bool given = std::find(envelope.overridden.begin(), envelope.overridden.end(),
                                 "client_ip") != envelope.overridden.end();
    // A user who logged in is no server, and an address inside a network is nobody's to publish.
    if (!envelope.client_ip ||
        (!given && (route.boundary.from_user() || !is_public(*envelope.client_ip))))
      return;
    spf::Request request;
    request.client = *envelope.client_ip;
    request.helo = envelope.helo.value_or("");
    request.now = clock.at;
    if (envelope.mail_from) {
      request.identity = spf::Identity::mail_from;
      request.mail_from = *envelope.mail_from;
      auth.spf.push_back(spf::check_host(client, request));
    }
    if (envelope.helo) {
      request.identity = spf::Identity::helo;
      request.mail_from.clear();
      auth.spf.push_back(spf::check_host(client, request));
    }
  }

  void evaluate_dmarc(dns::Client& client) {
    dmarc::Request request;
    request.mode = options.dmarc;
    request.author_domains = author_domains(headers);
    request.dkim = &auth.dkim;
    for (const auto& verdict : auth.spf) {
      if (verdict.identity == spf::Identity::mail_from) request.spf = &verdict;
    }
    if (request.spf == nullptr && !route.boundary.from_user()) {
      const auto& path = route.envelope.mail_from;
      request.spf_open = true;
      if (path && !path->empty()) request.spf_open_domain = std::string(identity_domain(*path));
    }
    auth.dmarc = dmarc::evaluate(client, request);
  }

  void find_route(dns::Client& client) {
    route = Route{};
    route.hops = hops.hops;
    route.clocks = hop_clocks;
    route.now = options.now;
    if (headers.date) route.date = headers.date->instant;
    route.list_mail = message.find("List-Id") != nullptr;
    route.facts = look_up_hosts(client, route.hops);
    route.boundary =
        find_boundary({message, headers, route.hops, route.facts, statements}, options, client);
    route.envelope = read_envelope(
        {message, headers, route.hops, recorded, route.boundary, item.wrapper}, options);
    route.recipient_mx = look_up_mx(client, route.envelope.rcpt_to);
    clock = check_clock(options, route.envelope.received_at);
  }

  void evaluate_dkim(dns::Client& client) {
    auth.dkim = dkim->verify(client);
    auth.partial.clear();
    for (const auto& verdict : auth.dkim)
      auth.partial.push_back(leaves_text_open(verdict, message, route.list_mail));
  }

  void evaluate_arc(dns::Client& client) { auth.arc = arc->verify(client); }

  void evaluate_dkim2(dns::Client& client) {
    auth.dkim2 = dkim2->verify(client, delivery_of(route, message, item.wrapper.returned));
    auth.dkim2_reach = look_up_reach(auth.dkim2, client);
  }

  void find_vouched(dns::Client& client) {
    auth.recorded = compare_recorded(recorded, auth, route);
    auth.arc_counts = arc_counts(auth, options.trusted_sealers);
    route.vouched = vouched_domains(auth, client);
  }

  // One round: each part rests on those before it.
  void ask(dns::Client& client) {
    const auto part = [&](Part& of, bool anew, auto work) {
      return of.run(client, anew, [&](dns::Client& watched) { (this->*work)(watched); });
    };
    const bool road = part(parts.route, false, &State::find_route);
    const bool verifiers = prepare_verifiers();
    const bool by_dkim = part(parts.dkim, verifiers, &State::evaluate_dkim);
    const bool by_arc = part(parts.arc, verifiers, &State::evaluate_arc);
    const bool by_dkim2 = part(parts.dkim2, road || verifiers, &State::evaluate_dkim2);
    const bool by_spf = part(parts.spf, road, &State::evaluate_spf);
    const bool by_dmarc = part(parts.dmarc, road || by_dkim || by_spf, &State::evaluate_dmarc);
    const bool anew =
        part(parts.vouched, road || by_dkim || by_arc || by_dkim2 || by_spf || by_dmarc,
             &State::find_vouched);
    if (anew) concluded.reset();
    // Third parties are asked about the origin alone, never about what was one for a round.
    if (parts.open()) return;
    if (!concluded) concluded = conclude();
    concluded->enrichment = enrich(client, options.enrich, enquiry_of(*concluded, route));
  }

  [[nodiscard]] Report conclude() const {
    Report report = base;
    static_cast<Authentication&>(report) = auth;
    report.clock = clock;
    Route judged = route;
    judged.signed_hops = tie_signatures(judged.hops, report.dkim2);
    judged.open_signers = open_signers(report);
    auto judgement = judge_route(judged);
    judged.judgements = std::move(judgement.judgements);
    report.findings = findings(report, judged, std::move(judgement.findings));
    report.hops = traced_hops(judged, headers);
    report.envelope = judged.envelope;
    report.origin = find_origin(judged, message);
    tell_what_others_say(report, judged);
    report.boundary = std::move(judged.boundary);
    return report;
  }

  // Of the judged route; most severe first.
  std::vector<Finding> findings(const Authentication& checks, const Route& judged,
                                std::vector<Finding> of_route) const {
    const Examined mail{message, headers, judged, checks, options.ours, options.dns_available};
    std::vector<Finding> all = fixed_findings;
    append(all, std::move(of_route));
    append(all, boundary_findings(judged.boundary, judged.hops, options));
    append(all, wrapper_findings(judged.envelope, item.wrapper));
    append(all, dkim2_return_findings(checks.dkim2, item.wrapper));
    append(all, clock_findings(judged));
    append(all, hop_findings(judged));
    append(all, reused_id_findings(judged.hops));
    append(all, time_findings(judged.hops, judged.judgements, headers, options.now));
    append(all, identity_findings(mail));
    append(all, sign_findings(mail));
    append(all, lettering_findings(mail));
    append(all, auth_findings(mail));
    append(all, bounds_findings(hops.truncated, dkim->skipped()));
    append(all, repair_findings(item.repairs));
    append(all, untraced_findings(item.untraced));
    if (options.dns_available) append(all, failure_findings(parts.failed()));
    bound_findings(all);
    sort_findings(all);
    return all;
  }

  void tell_what_others_say(Report& report, const Route& judged) const {
    std::vector<ClaimedHandle> claimed = handles;
    const auto& path = judged.envelope.mail_from;
    if (path && message.find("Return-Path") == nullptr) {
      auto of_envelope = read_envelope_handles(message, *path);
      std::move(of_envelope.begin(), of_envelope.end(), std::back_inserter(claimed));
    }
    if (filters.empty() && claimed.empty()) return;
    const SignedFields signatures(message, report);
    const FieldWriters writers(message, judged.hops, judged.boundary, signatures);
    report.filters = judge_filters(filters, writers);
    report.handles =
        judge_handles(claimed, {message, judged, report, signatures, writers, report.clocks});
  }

  intake::Item item;
  Options options;
  Message message;
  std::optional<Message> as_given;  // before the mends; null where none touched signed bytes
  Headers headers;
  HopList hops;
  std::vector<std::optional<ClockReading>> hop_clocks;
  std::vector<Finding> fixed_findings;
  std::vector<Recorded> recorded;
  std::vector<ClientStatement> statements;
  std::vector<ReadFilter> filters;
  std::vector<ClaimedHandle> handles;
  Report base;
  std::optional<dkim::Verifier> dkim;
  std::optional<arc::Verifier> arc;
  std::optional<dkim2::Verifier> dkim2;
  Instant verified_at;

  // By the answers so far.
  Parts parts;
  Route route;  // not judged
  CheckClock clock;
  Authentication auth;
  std::optional<Report> concluded;  // null while something is open
};

Analysis::Analysis(const intake::Item& item, const Options& options)
    : state_(std::make_unique<State>(item, options)) {}
Analysis::Analysis(Analysis&&) noexcept = default;
Analysis& Analysis::operator=(Analysis&&) noexcept = default;
Analysis::~Analysis() = default;

int Analysis::hop_count() const {
  return static_cast<int>(state_->hops.hops.size());
}

const std::string& Analysis::sha256() const {
  return state_->base.sha256;
}

Report Analysis::evaluate(dns::Client& client) {
  ask(client);
  return report();
}

void Analysis::ask(dns::Client& client) {
  state_->ask(client);
}

Report Analysis::report() {
  Report report = state_->concluded ? *std::move(state_->concluded) : state_->conclude();
  state_->concluded.reset();
  name_findings(report);
  report.verdict = judge(report, state_->options.dns_available);
  map_places(report, state_->message, state_->item.places);
  return report;
}

}  // namespace emltrace::trace
