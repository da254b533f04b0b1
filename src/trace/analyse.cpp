#include "trace/analyse.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "auth/arc/arc.hpp"
#include "auth/dkim2/dkim2.hpp"
#include "auth/dmarc/org_domain.hpp"
#include "base/crypto.hpp"
#include "base/text.hpp"
#include "message/mailbox.hpp"
#include "trace/author/auth_findings.hpp"
#include "trace/author/coverage.hpp"
#include "trace/author/dkim2_reach.hpp"
#include "trace/author/identity_findings.hpp"
#include "trace/author/message_findings.hpp"
#include "trace/author/recorded_comparison.hpp"
#include "trace/author/sign_findings.hpp"
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

// Remembers the questions that got no answer, and whether one is still under way.
class Watch final : public dns::Client {
 public:
  explicit Watch(dns::Client& client) : client_(client) {}
  const dns::Answer& ask(const dns::Question& question) override {
    const dns::Answer& answer = client_.ask(question);
    if (answer.error()) failed_.emplace(question, answer.reason);
    open_ = open_ || answer.pending();
    return answer;
  }
  /// Something is not known yet: what was found may still change.
  [[nodiscard]] bool open() const { return open_; }
  [[nodiscard]] const std::map<dns::Question, std::string>& failed() const { return failed_; }

 private:
  dns::Client& client_;
  std::map<dns::Question, std::string> failed_;
  bool open_ = false;
};

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

  dkim::Options dkim_options(const CheckClock& clock) const {
    dkim::Options out;
    out.at = clock.at;
    out.now = options.now;
    out.repair = options.repair;
    out.mended = as_given.has_value();
    if (out.mended) out.as_given = &*as_given;
    out.headers_only = item.kind == intake::Kind::headers || !message.has_body();
    return out;
  }

  // Made once, unless a later round moves the border and with it the clock.
  void prepare_verifiers(const CheckClock& clock) {
    if (dkim && verified_at == clock.at) return;
    verified_at = clock.at;
    dkim.emplace(message, dkim_options(clock));
    arc.emplace(message, dkim_options(clock));
    dkim2.emplace(message, dkim_options(clock));
  }

  void evaluate_spf(Report& report, const Route& route, dns::Client& client) const {
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
    request.now = report.clock.at;
    if (envelope.mail_from) {
      request.identity = spf::Identity::mail_from;
      request.mail_from = *envelope.mail_from;
      report.spf.push_back(spf::check_host(client, request));
    }
    if (envelope.helo) {
      request.identity = spf::Identity::helo;
      request.mail_from.clear();
      report.spf.push_back(spf::check_host(client, request));
    }
  }

  void evaluate_dmarc(Report& report, const Route& route, dns::Client& client) const {
    dmarc::Request request;
    request.mode = options.dmarc;
    request.author_domains = author_domains(headers);
    request.dkim = &report.dkim;
    for (const auto& verdict : report.spf) {
      if (verdict.identity == spf::Identity::mail_from) request.spf = &verdict;
    }
    if (request.spf == nullptr && !route.boundary.from_user()) {
      const auto& path = route.envelope.mail_from;
      request.spf_open = true;
      if (path && !path->empty()) request.spf_open_domain = std::string(identity_domain(*path));
    }
    report.dmarc = dmarc::evaluate(client, request);
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
  Report base;
  std::optional<dkim::Verifier> dkim;
  std::optional<arc::Verifier> arc;
  std::optional<dkim2::Verifier> dkim2;
  Instant verified_at;
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
  State& s = *state_;
  Report report = s.base;
  Watch watch(client);

  Route route;
  route.hops = s.hops.hops;
  route.clocks = s.hop_clocks;
  route.now = s.options.now;
  if (s.headers.date) route.date = s.headers.date->instant;
  route.list_mail = s.message.find("List-Id") != nullptr;
  route.facts = look_up_hosts(watch, route.hops);
  route.boundary = find_boundary({s.message, s.headers, route.hops, route.facts, s.statements},
                                 s.options, watch);
  route.envelope = read_envelope(
      {s.message, s.headers, route.hops, s.recorded, route.boundary, s.item.wrapper}, s.options);
  route.recipient_mx = look_up_mx(watch, route.envelope.rcpt_to);
  report.clock = check_clock(s.options, route.envelope.received_at);

  s.prepare_verifiers(report.clock);
  report.dkim = s.dkim->verify(watch);
  report.arc = s.arc->verify(watch);
  report.dkim2 = s.dkim2->verify(watch, delivery_of(route, s.message, s.item.wrapper.returned));
  route.signed_hops = tie_signatures(route.hops, report.dkim2);
  report.dkim2_reach = look_up_reach(report.dkim2, watch);
  for (const auto& verdict : report.dkim)
    report.partial.push_back(leaves_text_open(verdict, s.message, route.list_mail));
  s.evaluate_spf(report, route, watch);
  s.evaluate_dmarc(report, route, watch);
  report.recorded = compare_recorded(s.recorded, report, route);

  report.arc_counts = arc_counts(report, s.options.trusted_sealers);
  route.vouched = vouched_domains(report, watch);
  route.open_signers = open_signers(report);
  auto judged = judge_route(route);
  route.judgements = std::move(judged.judgements);

  const Examined mail{s.message, s.headers, route, report, s.options.ours, s.options.dns_available};
  report.findings = s.fixed_findings;
  append(report.findings, std::move(judged.findings));
  append(report.findings, boundary_findings(route.boundary, route.hops, s.options));
  append(report.findings, wrapper_findings(route.envelope, s.item.wrapper));
  append(report.findings, clock_findings(route));
  append(report.findings, hop_findings(route));
  append(report.findings, reused_id_findings(route.hops));
  append(report.findings, time_findings(route.hops, route.judgements, s.headers, s.options.now));
  append(report.findings, identity_findings(mail));
  append(report.findings, sign_findings(mail));
  append(report.findings, lettering_findings(mail));
  append(report.findings, auth_findings(mail));
  append(report.findings, bounds_findings(s.hops.truncated, s.dkim->skipped()));
  append(report.findings, repair_findings(s.item.repairs));
  append(report.findings, untraced_findings(s.item.untraced));
  if (s.options.dns_available) append(report.findings, failure_findings(watch.failed()));
  bound_findings(report.findings);
  sort_findings(report.findings);

  report.hops = traced_hops(route, s.headers);
  report.envelope = route.envelope;
  report.origin = find_origin(route, s.message);
  // Third parties are asked about the origin alone, never about what was one for a round.
  if (!watch.open())
    report.enrichment = enrich(client, s.options.enrich, enquiry_of(report, route));
  name_findings(report);
  report.verdict = judge(report, s.options.dns_available);
  map_places(report, s.message, s.item.places);
  return report;
}

}  // namespace emltrace::trace
