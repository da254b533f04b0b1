#include "trace/analyse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "auth/arc/arc.hpp"
#include "auth/dkim2/dkim2.hpp"
#include "auth/dmarc/org_domain.hpp"
#include "base/crypto.hpp"
#include "base/text.hpp"
#include "trace/author/auth_findings.hpp"
#include "trace/author/author.hpp"
#include "trace/author/headers.hpp"
#include "trace/author/identity_findings.hpp"
#include "trace/route/boundary.hpp"
#include "trace/route/envelope.hpp"
#include "trace/route/findings.hpp"
#include "trace/route/host_facts.hpp"
#include "trace/route/links.hpp"
#include "trace/route/origin.hpp"
#include "trace/route/time.hpp"
#include "trace/verdict.hpp"

namespace emltrace::trace {
namespace {

inline constexpr std::size_t kMaxHops = 500;

// Remembers the questions that got no answer.
class Watch final : public dns::Client {
 public:
  explicit Watch(dns::Client& client) : client_(client) {}
  const dns::Answer& ask(const dns::Question& question) override {
    const dns::Answer& answer = client_.ask(question);
    if (answer.error()) failed_.emplace(question, answer.reason);
    return answer;
  }
  [[nodiscard]] const std::map<dns::Question, std::string>& failed() const { return failed_; }

 private:
  dns::Client& client_;
  std::map<dns::Question, std::string> failed_;
};

Finding failed_finding(const std::map<dns::Question, std::string>& failed) {
  Evidence evidence;
  for (const auto& [question, reason] : failed) {
    evidence.emplace_back(dns::to_string(question), reason);
  }
  return make_finding(
      "dns-failed",
      fmt::format("{} question{} to DNS got no answer: what rests on {} could not be checked.",
                  failed.size(), failed.size() == 1 ? "" : "s", failed.size() == 1 ? "it" : "them"),
      std::move(evidence));
}

std::vector<Hop> read_hops(const Message& message, bool& truncated) {
  std::vector<Hop> hops;
  for (const Field* field : message.find_all("Received")) {
    if (hops.size() == kMaxHops) {
      truncated = true;
      break;
    }
    Hop hop;
    hop.line = field->line;
    hop.offset = field->offset;
    hop.raw = unfold(field->body);
    hop.received = parse_received(field->body);
    hops.push_back(std::move(hop));
  }
  std::reverse(hops.begin(), hops.end());
  int number = 0;
  for (Hop& hop : hops) hop.number = ++number;
  set_delays(hops);
  return hops;
}

std::vector<SideLine> read_side_lines(const Message& message) {
  static constexpr std::string_view kNames[] = {
      "X-Received",      "X-Originating-IP", "Delivered-To",         "X-Original-To",
      "X-Forwarded-For", "X-Forwarded-To",   "X-Google-Smtp-Source", "X-Sender-IP"};
  std::vector<SideLine> lines;
  for (const Field& field : message.fields()) {
    const bool named =
        std::any_of(std::begin(kNames), std::end(kNames),
                    [&](std::string_view name) { return text::iequals(field.name, name); });
    if (!named && !text::istarts_with(field.name, "Resent-")) continue;
    lines.push_back({field.line, std::string(field.name), unfold(field.body)});
    if (lines.size() == kMaxHops) break;
  }
  return lines;
}

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

bool passes(auth::Result result) {
  return result == auth::Result::pass;
}

void vouch(const std::optional<std::string>& domain, Vouched& out) {
  if (!domain) return;
  if (auto name = DomainName::parse(*domain)) out.push_back(*name);
}

void vouch_recorded(const RecordedComparison& entry, Vouched& out) {
  if (!entry.trusted || entry.recorded.method.result != "pass") return;
  for (const std::string_view key : {"header.d", "header.i", "smtp.mailfrom", "smtp.helo"}) {
    const auto value = entry.recorded.method.property(key);
    if (!value) continue;
    const auto at = value->rfind('@');
    vouch(std::string(at == std::string_view::npos ? *value : value->substr(at + 1)), out);
  }
}

// Whose part in this message is shown by SPF or a signature, now or by a trusted record; with the
// MX hosts of those domains, since a provider that serves a domain also writes its lines.
Vouched vouched_domains(const Report& report, dns::Client& client) {
  Vouched vouched;
  for (const auto& verdict : report.spf) {
    if (passes(verdict.result)) vouch(verdict.domain, vouched);
  }
  for (const auto& verdict : report.dkim) {
    if (passes(verdict.result)) vouch(verdict.domain, vouched);
  }
  for (const auto& entry : report.recorded) vouch_recorded(entry, vouched);
  if (passes(report.arc.result)) {
    for (const auto& set : report.arc.sets) vouch(set.domain, vouched);
  }
  std::sort(vouched.begin(), vouched.end());
  vouched.erase(std::unique(vouched.begin(), vouched.end()), vouched.end());
  const std::size_t domains = vouched.size();
  for (std::size_t i = 0; i < domains; ++i) {
    for (const auto& mx : client.ask({vouched[i], dns::Type::mx}).exchanges()) {
      if (mx.exchange) vouched.push_back(*mx.exchange);
    }
  }
  return vouched;
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

void append(std::vector<Finding>& to, std::vector<Finding> from) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

}  // namespace

struct Analysis::State {
  State(const intake::Item& given, const Options& opts)
      : item(given),
        options(opts),
        message(Message::parse(given.text)),
        headers(read_headers(message)) {
    hops = read_hops(message, hops_truncated);
    fixed_findings = author_findings(message, headers);
    recorded = collect_recorded(message);
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
    base.clocks = read_message_clocks(message, headers);
    append(fixed_findings, message_clock_findings(base.clocks, headers));
    base.dkim2 = auth::collect_dkim2(message);
  }

  dkim::Options dkim_options(const CheckClock& clock) const {
    dkim::Options out;
    out.at = clock.at;
    out.now = options.now;
    out.repair = options.repair;
    out.mended =
        std::any_of(item.repairs.begin(), item.repairs.end(),
                    [](const intake::Repair& repair) { return repair.touches_signed_bytes; });
    out.headers_only = item.kind == intake::Kind::headers || !message.has_body();
    return out;
  }

  // Made once, unless a later round moves the border and with it the clock.
  void prepare_verifiers(const CheckClock& clock) {
    if (dkim && verified_at == clock.at) return;
    verified_at = clock.at;
    dkim.emplace(message, dkim_options(clock));
    arc.emplace(message, dkim_options(clock));
  }

  void evaluate_spf(Report& report, const Boundary& boundary, dns::Client& client) const {
    const Envelope& envelope = report.envelope;
    const bool given = std::find(envelope.overridden.begin(), envelope.overridden.end(),
                                 "client_ip") != envelope.overridden.end();
    // A user who logged in is no server, and an address inside a network is nobody's to publish.
    if (!envelope.client_ip || (!given && (boundary.submission || !is_public(*envelope.client_ip))))
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

  void evaluate_dmarc(Report& report, dns::Client& client) const {
    dmarc::Request request;
    request.mode = options.dmarc;
    request.author_domains = author_domains(headers);
    request.dkim = &report.dkim;
    for (const auto& verdict : report.spf) {
      if (verdict.identity == spf::Identity::mail_from) request.spf = &verdict;
    }
    report.dmarc = dmarc::evaluate(client, request);
  }

  void add_bounds_finding(Report& report) const {
    const bool skipped = dkim && dkim->skipped() > 0;
    if (!hops_truncated && !skipped) return;
    report.findings.push_back(make_finding(
        "header-bomb",
        hops_truncated
            ? fmt::format("More than {} Received lines: the older ones were not looked at.",
                          kMaxHops)
            : fmt::format("{} signatures beyond the first {} were not looked at.", dkim->skipped(),
                          dkim::kMaxSignatures)));
  }

  void add_repair_finding(Report& report) const {
    if (item.repairs.empty()) return;
    std::vector<std::string> codes;
    for (const auto& repair : item.repairs) codes.push_back(repair.code);
    report.findings.push_back(make_finding(
        "input-mended",
        fmt::format("The text was damaged on its way here and was mended before it was read: {}.",
                    text::join(codes, ", "))));
    report.findings.back().line = item.repairs.front().line;
  }

  // Places in a mended copy become places in the input; what `line` an own finding carries is
  // already one of the input.
  void map_places(Report& report) const {
    if (item.places.empty()) return;
    const auto offset_of_line = [&](std::size_t line) {
      for (const Field& field : message.fields()) {
        if (field.line == line) return field.offset;
      }
      return std::size_t{0};
    };
    const auto map_line = [&](std::size_t& line) {
      if (line > 0) line = item.places.input_line(offset_of_line(line), line);
    };
    for (Hop& hop : report.hops) {
      hop.line = item.places.input_line(hop.offset, hop.line);
      hop.offset = item.places.input_offset(hop.offset);
    }
    for (auto& verdict : report.dkim) map_line(verdict.line);
    for (auto& set : report.arc.sets) map_line(set.line);
    for (auto& entry : report.recorded) map_line(entry.recorded.line);
    for (auto& line : report.beside) map_line(line.line);
    for (auto& clock : report.clocks) map_line(clock.line);
    for (auto& field : report.dkim2) map_line(field.line);
    for (Finding& finding : report.findings) {
      if (finding.code == "input-mended") continue;
      if (finding.line) map_line(*finding.line);
      if (finding.offset) finding.offset = item.places.input_offset(*finding.offset);
    }
  }

  // The way from the author's program to the first server that wrote a stamp.
  static void measure_from_date(Report& report) {
    if (!report.headers.date) return;
    for (Hop& hop : report.hops) {
      if (!hop.received.stamp) continue;
      hop.delay_s = (hop.received.stamp->instant - report.headers.date->instant).count();
      hop.delay_from_date = true;
      return;
    }
  }

  static void sort_findings(Report& report) {
    std::vector<std::size_t> order(report.findings.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto rank = [&](std::size_t i) {
      const Finding& finding = report.findings[i];
      // The place of entry comes last, so that equal ones keep their order.
      return std::tuple(-static_cast<int>(finding.severity), -finding.hop.value_or(0), i);
    };
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return rank(a) < rank(b); });
    std::vector<Finding> sorted;
    sorted.reserve(order.size());
    for (const std::size_t i : order) sorted.push_back(std::move(report.findings[i]));
    report.findings = std::move(sorted);
    for (const Finding& finding : report.findings) {
      if (!finding.hop) continue;
      auto& codes = report.hops[static_cast<std::size_t>(*finding.hop - 1)].findings;
      if (std::find(codes.begin(), codes.end(), finding.code) == codes.end())
        codes.push_back(finding.code);
    }
  }

  intake::Item item;
  Options options;
  Message message;
  Headers headers;
  std::vector<Hop> hops;
  bool hops_truncated = false;
  std::vector<Finding> fixed_findings;
  std::vector<Recorded> recorded;
  Report base;
  std::optional<dkim::Verifier> dkim;
  std::optional<arc::Verifier> arc;
  Instant verified_at;
};

Analysis::Analysis(const intake::Item& item, const Options& options)
    : state_(std::make_unique<State>(item, options)) {}
Analysis::Analysis(Analysis&&) noexcept = default;
Analysis& Analysis::operator=(Analysis&&) noexcept = default;
Analysis::~Analysis() = default;

int Analysis::hop_count() const {
  return static_cast<int>(state_->hops.size());
}

Report Analysis::evaluate(dns::Client& client) {
  State& s = *state_;
  Report report = s.base;
  report.hops = s.hops;

  Watch watch(client);
  std::vector<HostFacts> facts(report.hops.size());
  for (std::size_t i = report.hops.size(), asked = 0; i-- > 0 && asked < kMaxHopsAsked; ++asked) {
    facts[i] = look_up_host(watch, report.hops[i]);
  }
  const Boundary boundary = find_boundary(s.message, report.hops, facts, s.options, watch);
  report.envelope =
      read_envelope(s.message, s.headers, report.hops, boundary, s.options, s.item.wrapper);
  report.clock = check_clock(s.options, report.envelope.received_at);

  s.prepare_verifiers(report.clock);
  report.dkim = s.dkim->verify(watch);
  report.arc = s.arc->verify(watch);
  s.evaluate_spf(report, boundary, watch);
  s.evaluate_dmarc(report, watch);
  report.recorded = compare_recorded(s.recorded, report, boundary);

  const Vouched vouched = vouched_domains(report, watch);
  report.findings = s.fixed_findings;
  append(report.findings, judge_claims(report.hops, facts, boundary, vouched));
  append(report.findings, clock_findings(report.hops, boundary));
  append(report.findings, hop_findings(report.hops, facts, boundary, vouched));
  append(report.findings, reused_id_findings(report.hops));
  append(report.findings, time_findings(report.hops, s.headers, s.options.now));
  append(report.findings, identity_findings(s.message, report, boundary, watch));
  append(report.findings, auth_findings(report));
  s.add_bounds_finding(report);
  s.add_repair_finding(report);

  if (s.options.dns_available && !watch.failed().empty()) {
    report.findings.push_back(failed_finding(watch.failed()));
  }
  State::measure_from_date(report);
  report.origin = find_origin(report.hops, facts, boundary, report.envelope, vouched);
  State::sort_findings(report);
  report.verdict = judge(report, s.options.dns_available);
  s.map_places(report);
  return report;
}

}  // namespace emltrace::trace
