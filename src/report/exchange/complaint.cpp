#include "report/exchange/complaint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "message/message.hpp"
#include "report/exchange/auth_failure.hpp"
#include "report/exchange/reported_links.hpp"
#include "trace/author/free_mailers.hpp"
#include "trace/contact_choice.hpp"
#include "trace/route/abuse_contacts.hpp"

namespace emltrace::report {
namespace {

constexpr std::size_t kMaxDomains = 10;
constexpr std::size_t kIdDigits = 32;

// Findings that a reader is made to take the author for somebody else.
constexpr auto kDeceptions = std::to_array<std::string_view>(
    {"brand-elsewhere", "from-homograph", "own-domain-imitation", "person-elsewhere"});

bool deceives(const trace::Finding& finding) {
  return finding.severity >= trace::Severity::medium &&
         std::ranges::any_of(kDeceptions,
                             [&](std::string_view code) { return finding.code == code; });
}

std::optional<trace::FilterVerdict> filter_verdict(const trace::Report& report) {
  std::optional<trace::FilterVerdict> worst;
  for (const trace::FilterReport& filter : report.filters) {
    if (filter.trusted && filter.verdict && (!worst || *filter.verdict > *worst))
      worst = filter.verdict;
  }
  return worst;
}

const trace::TracedHop* hop_of(const trace::Report& report, std::optional<int> number) {
  const auto hop = std::ranges::find_if(
      report.hops, [&](const trace::TracedHop& h) { return number && h.number == *number; });
  return hop == report.hops.end() ? nullptr : &*hop;
}

SourceRecord record_of(std::optional<trace::Recorder> recorder) {
  if (recorder == trace::Recorder::option) return SourceRecord::option;
  return recorder == trace::Recorder::border || recorder == trace::Recorder::recorded
             ? SourceRecord::own
             : SourceRecord::stated;
}

bool find_source(const trace::Report& report, Complaint& out) {
  const auto source = trace::reported_source(report);
  if (!source) return false;
  out.source = source->address;
  out.record =
      source->is_client ? record_of(report.envelope.sources.client_ip) : SourceRecord::stated;
  const trace::TracedHop* hop =
      hop_of(report, source->is_client ? report.envelope.from_hop : report.origin.hop);
  if (hop != nullptr && hop->received.from.ip == out.source) out.port = hop->received.from.port;
  return true;
}

void add_domain(std::vector<std::string>& domains, const std::optional<std::string>& written) {
  const auto name = written ? DomainName::parse_host(*written) : std::nullopt;
  if (name && domains.size() < kMaxDomains &&
      std::ranges::find(domains, name->text()) == domains.end())
    domains.push_back(name->text());
}

// Nobody is named whose name was only used.
std::vector<std::string> vouching_domains(const trace::Report& report) {
  std::vector<std::string> domains;
  if (report.verdict.author == trace::AuthorState::authenticated)
    add_domain(domains, report.dmarc.author_domain);
  for (const auto& verdict : report.spf) {
    if (verdict.identity == spf::Identity::mail_from && verdict.result == auth::Result::pass)
      add_domain(domains, verdict.domain);
  }
  for (const auto& verdict : report.dkim) {
    if (verdict.result == auth::Result::pass) add_domain(domains, verdict.domain);
  }
  return domains;
}

// The line that a mailbox puts in front of a message is none of its fields.
std::string_view without_from_line(std::string_view text) {
  while (text.starts_with("From ") || text.starts_with(">From ")) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return text;
}

std::optional<std::string> told_path(const ComplaintOptions& options,
                                     const std::optional<std::string>& path) {
  return path ? std::optional(options.told(*path)) : path;
}

void attach(const intake::Item& item, const ComplaintOptions& options, Complaint& out) {
  const std::string_view text = without_from_line(item.text);
  const Message message = Message::parse(text);
  out.header_only = item.kind == intake::Kind::headers || !message.has_body() ||
                    out.type == FeedbackType::auth_failure;
  const std::string_view shown = out.header_only && message.has_body()
                                     ? text.substr(0, message.span_of(message.body()).offset)
                                     : text;
  out.original = options.hidden == nullptr ? std::string(shown) : options.hidden->message(shown);
}

// By what is shown: a hash of what is hidden would let somebody try names.
std::string id_of(const Complaint& complaint, Instant now) {
  const std::string all = complaint.original + '\n' + format_rfc3339(now) + '\n' +
                          complaint.source.text() + '\n' + std::string(to_string(complaint.type));
  return crypto::hex(crypto::digest(crypto::Hash::sha256, all)).substr(0, kIdDigits);
}

std::optional<DomainName> recipient_domain(const trace::Report& report,
                                           const ComplaintOptions& options) {
  if (!options.own.empty()) return options.own.front();
  if (report.envelope.rcpt_to) {
    if (const auto domain = domain_of_address(*report.envelope.rcpt_to)) return domain;
  }
  for (const std::string& recipient : report.wrapper.recipients) {
    if (const auto domain = domain_of_address(recipient)) return domain;
  }
  for (const Mailbox& mailbox : report.headers.to) {
    if (const auto domain = mailbox.domain_name()) return domain;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(FeedbackType type) {
  constexpr std::array<std::string_view, 6> kWords{"abuse", "fraud",    "virus",
                                                   "other", "not-spam", "auth-failure"};
  return kWords[static_cast<std::size_t>(type)];
}

std::string ComplaintOptions::told(std::string_view text) const {
  return hidden == nullptr ? std::string(text) : hidden->text(text);
}

std::string ComplaintOptions::told_words(std::string_view text) const {
  return hidden == nullptr ? std::string(text) : hidden->words(text);
}

std::string Reporter::domain() const {
  return std::string(domain_part(address));
}

FeedbackType type_by_findings(const trace::Report& report) {
  const auto filter = filter_verdict(report);
  if (filter == trace::FilterVerdict::malware) return FeedbackType::virus;
  const bool fraud = report.verdict.author == trace::AuthorState::contradicted ||
                     filter == trace::FilterVerdict::phish ||
                     filter == trace::FilterVerdict::spoof ||
                     std::ranges::any_of(report.findings, deceives);
  return fraud ? FeedbackType::fraud : FeedbackType::abuse;
}

bool has_results(const trace::Report& report) {
  return report.dns.mode != "offline" && report.dns.recorded != "offline";
}

std::optional<Reporter> default_reporter(const trace::Report& report,
                                         const ComplaintOptions& options) {
  const auto domain = recipient_domain(report, options);
  if (!domain || !domain->is_host_name()) return std::nullopt;
  if (!trace::is_free_mailer(*domain))
    return Reporter{domain->text(), "postmaster@" + domain->text()};
  const auto& recipient = report.envelope.rcpt_to;
  if (options.hidden != nullptr || !recipient || !trace::is_report_address(*recipient))
    return std::nullopt;
  return Reporter{domain->text(), *recipient};
}

Result<Complaint> make_complaint(const trace::Report& report, const intake::Item& item,
                                 const ComplaintOptions& options) {
  Complaint out;
  out.type = options.type.value_or(type_by_findings(report));
  if (!find_source(report, out)) return Error{"no address to report: " + report.origin.reason};
  const auto reporter = options.reporter ? options.reporter : default_reporter(report, options);
  if (!reporter) return Error{"who reports is not known: name a mailbox with --reporter"};
  out.reporter = *reporter;
  if (out.type == FeedbackType::auth_failure) {
    if (!find_auth_failure(report))
      return Error{"no authentication failed, so there is no auth-failure to report"};
    out.to = trace::failure_contact(report);
    add_domain(out.domains, report.dmarc.author_domain);
  } else {
    out.to = trace::contact_for(report, out.source);
    out.handles = trace::trusted_handles(report);
    out.domains = vouching_domains(report);
    for (const std::string& link : reported_links(report, item.text, options.own))
      out.links.push_back(options.told_words(link));
  }
  out.mail_from = told_path(options, report.envelope.mail_from);
  out.rcpt_to = told_path(options, report.envelope.rcpt_to);
  out.arrival = report.envelope.received_at;
  if (const auto* border = hop_of(report, report.envelope.from_hop))
    out.reporting_mta = border->received.by.host;
  if (!out.reporting_mta) out.reporting_mta = report.wrapper.reporting_mta;
  out.subject = options.told_words(report.headers.subject.value_or(""));
  attach(item, options, out);
  out.id = id_of(out, options.now);
  return out;
}

}  // namespace emltrace::report
