#include "trace/author/identity_findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "auth/dmarc/org_domain.hpp"
#include "base/text.hpp"

namespace emltrace::trace {
namespace {

std::optional<DomainName> domain_of(const std::optional<std::string>& address) {
  if (!address) return std::nullopt;
  const auto at = address->rfind('@');
  if (at == std::string::npos) return std::nullopt;
  return DomainName::parse(address->substr(at + 1));
}

std::optional<DomainName> host(const std::optional<std::string>& text) {
  return text ? DomainName::parse(*text) : std::nullopt;
}

bool related(const std::optional<DomainName>& a, const std::optional<DomainName>& b) {
  if (!a || !b) return false;
  if (*a == *b) return true;
  if (a->label_count() < 2 || b->label_count() < 2) return false;
  const Family* family = family_of_host(*a);
  return auth::same_organization(*a, *b) || (family != nullptr && family == family_of_host(*b));
}

bool authenticated(const Report& report) {
  return report.dmarc.spf_aligned.value_or(false) || report.dmarc.dkim_aligned.value_or(false);
}

class IdentityExaminer {
 public:
  IdentityExaminer(const Message& message, const Report& report, const Boundary& boundary)
      : message_(message), report_(report), boundary_(boundary) {
    if (!report.headers.from.empty()) author_ = report.headers.from.front().domain_name();
    mail_from_ = domain_of(report.envelope.mail_from);
    if (report.headers.message_id) message_id_ = message_id_domain(*report.headers.message_id);
  }

  std::vector<Finding> run() {
    examine_envelope();
    examine_recipient();
    examine_message_id();
    examine_order();
    examine_path();
    examine_provider();
    for (std::size_t i = 0; i < report_.hops.size(); ++i) examine_relay(i);
    return std::move(findings_);
  }

  void examine_mx(dns::Client& client) {
    const auto recipient = domain_of(report_.envelope.rcpt_to);
    if (!boundary_.border || !recipient || recipient->label_count() < 2) return;
    const Hop& border = report_.hops[*boundary_.border];
    const auto by = host(border.received.by.host);
    const dns::Answer& answer = client.ask({*recipient, dns::Type::mx});
    if (!by || by->label_count() < 2 || answer.status != dns::Status::ok) return;
    std::string names;
    for (const auto& mx : answer.exchanges()) {
      if (!mx.exchange || related(*mx.exchange, by)) return;
      names += (names.empty() ? "" : ", ") + mx.exchange->text();
    }
    add(&border, "by-not-mx",
        fmt::format("{} took the message in, but mail for {} is taken in by {}.", by->text(),
                    recipient->text(), names),
        {{"by", by->text()}, {"mx", names}});
  }

 private:
  Finding& add(const Hop* hop, std::string code, std::string message, Evidence evidence = {}) {
    findings_.push_back(
        hop ? make_finding(*hop, std::move(code), std::move(message), std::move(evidence))
            : make_finding(std::move(code), std::move(message), std::move(evidence)));
    return findings_.back();
  }

  static std::optional<DomainName> message_id_domain(std::string id) {
    if (id.ends_with('>')) id.pop_back();
    return domain_of(id);
  }

  std::size_t line_of(std::string_view name) const {
    const Field* field = message_.find(name);
    return field ? field->line : 0;
  }

  void examine_envelope() {
    if (!author_ || !mail_from_ || related(author_, mail_from_)) return;
    add(nullptr, "envelope-author-differs",
        fmt::format("The envelope was sent as {}, the author is given as {}.",
                    *report_.envelope.mail_from, report_.headers.from.front().address()),
        {{"mail_from", *report_.envelope.mail_from},
         {"from", report_.headers.from.front().address()}})
        .severity = authenticated(report_) ? Severity::info : Severity::low;
  }

  void examine_recipient() {
    const auto& recipient = report_.envelope.rcpt_to;
    if (!recipient) return;
    const auto in = [&](const std::vector<Mailbox>& list) {
      return std::any_of(list.begin(), list.end(),
                         [&](const Mailbox& m) { return text::iequals(m.address(), *recipient); });
    };
    if (in(report_.headers.to) || in(report_.headers.cc)) return;
    const Hop* hop = boundary_.border ? &report_.hops[*boundary_.border] : nullptr;
    add(hop, "for-not-recipient",
        fmt::format("The envelope recipient is {}, who is not among To and Cc (a blind copy, a "
                    "list, or an alias).",
                    *recipient),
        {{"for", *recipient}});
  }

  // Names of the hosts on the believed or open part of the path.
  std::vector<DomainName> path_names() const {
    std::vector<DomainName> names;
    for (const Hop& hop : report_.hops) {
      if (hop.standing == Standing::contradicted || hop.standing == Standing::discarded) continue;
      for (const auto& text :
           {hop.received.from.helo, hop.received.from.rdns, hop.received.by.host}) {
        if (auto name = host(text); name && name->label_count() > 1) names.push_back(*name);
      }
      if (hop.dns.ptr) names.insert(names.end(), hop.dns.ptr->begin(), hop.dns.ptr->end());
    }
    return names;
  }

  bool on_path(const std::optional<DomainName>& domain) const {
    const auto names = path_names();
    return std::any_of(names.begin(), names.end(),
                       [&](const DomainName& name) { return related(name, domain); });
  }

  // Digits in the id that are the Date, written by the clock of whoever made the id.
  std::optional<std::string> date_in_message_id() const {
    const auto& date = report_.headers.date;
    const std::string& id = *report_.headers.message_id;
    if (!date) return std::nullopt;
    for (const int offset : {date->offset_minutes.value_or(0), 0}) {
      const auto local = date->instant + std::chrono::minutes(offset);
      const auto day = std::chrono::floor<std::chrono::days>(local);
      const std::chrono::year_month_day ymd(day);
      const std::chrono::hh_mm_ss time(local - day);
      const int year = static_cast<int>(ymd.year());
      const auto month = static_cast<unsigned>(ymd.month()), dom = static_cast<unsigned>(ymd.day());
      const auto clock = fmt::format("{:02}{:02}{:02}", time.hours().count(),
                                     time.minutes().count(), time.seconds().count());
      for (const std::string& form :
           {fmt::format("{:04}{:02}{:02}{}", year, month, dom, clock),
            fmt::format("{:02}{:02}{:02}{}", month, dom, year % 100, clock),
            fmt::format("{:02}{:02}{:02}{}", year % 100, month, dom, clock)}) {
        if (id.find(form) != std::string::npos) return form;
      }
    }
    return std::nullopt;
  }

  void examine_message_id() {
    if (!message_id_ || message_id_->label_count() < 2) return;
    const Hop* relay = nullptr;
    for (const Hop& hop : report_.hops) {
      if (const auto by = host(hop.received.by.host); by && (*by == *message_id_)) {
        relay = &hop;
        break;
      }
    }
    if (relay && !related(author_, message_id_)) {
      std::string message = fmt::format(
          "The Message-ID was given by {}, which took the message in at hop {}, not by the "
          "author's program.",
          message_id_->text(), relay->number);
      Evidence evidence{{"message_id", *report_.headers.message_id}};
      if (const auto digits = date_in_message_id()) {
        message += fmt::format(" It carries {}, which is the Date.", *digits);
        evidence.emplace_back("date_digits", *digits);
      }
      add(relay, "message-id-by-relay", std::move(message), std::move(evidence)).line =
          line_of("Message-ID");
      return;
    }
    const bool signer = std::any_of(report_.dkim.begin(), report_.dkim.end(), [&](const auto& v) {
      return related(host(v.domain), message_id_);
    });
    if (related(author_, message_id_) || related(mail_from_, message_id_) || signer ||
        on_path(message_id_))
      return;
    add(nullptr, "message-id-domain",
        fmt::format(
            "The Message-ID's domain {} has to do with no host of the route, nor with the author.",
            message_id_->text()),
        {{"message_id", *report_.headers.message_id}})
        .line = line_of("Message-ID");
  }

  // Each server puts its line on top of what it received, so trace lines stand above what the
  // author wrote.
  void examine_order() {
    const Field* author_field = nullptr;
    const Field* id_field = nullptr;
    for (const Field& field : message_.fields()) {
      if (text::iequals(field.name, "Received")) {
        if (author_field) {
          add(nullptr, "received-below-author-headers",
              fmt::format("A Received line stands below the {} field: servers put theirs on top.",
                          author_field->name))
              .line = field.line;
          return;
        }
        if (id_field) {
          add(nullptr, "message-id-above-received",
              "The Message-ID stands above a Received line: a later host put it there.")
              .line = id_field->line;
          id_field = nullptr;
        }
      } else if (text::iequals(field.name, "Message-ID")) {
        id_field = &field;
      } else if (text::iequals(field.name, "From") || text::iequals(field.name, "Subject")) {
        author_field = &field;
      }
    }
  }

  void examine_path() {
    if (!author_ || author_->label_count() < 2 || report_.hops.empty() || authenticated(report_) ||
        on_path(author_))
      return;
    add(nullptr, "author-not-on-path",
        fmt::format("{} appears nowhere on the path of the message.", author_->text()),
        {{"author_domain", author_->text()}});
  }

  void examine_provider() {
    const Family* family = author_ ? family_of_author(*author_) : nullptr;
    if (!family || report_.hops.empty() || authenticated(report_)) return;
    const auto names = path_names();
    if (std::any_of(names.begin(), names.end(),
                    [&](const auto& name) { return family_of_host(name) == family; }))
      return;
    // A signature of the author's domain that could not be judged may still be the provider's.
    const bool open =
        std::any_of(report_.dkim.begin(), report_.dkim.end(), [&](const dkim::Verdict& v) {
          return related(host(v.domain), author_) &&
                 v.problem != dkim::Problem::signature_mismatch &&
                 v.problem != dkim::Problem::syntax;
        });
    if (open) return;
    add(nullptr, "provider-route-missing",
        fmt::format("{} mailboxes send through hosts of {}; none is on the path, and no signature "
                    "of {} is on the message.",
                    author_->text(), family->title, author_->text()),
        {{"author_domain", author_->text()}, {"provider", std::string(family->key)}});
  }

  bool is_sending_service(const DomainName& relay) const {
    if (const Family* family = family_of_host(relay); family && family->sending_service)
      return true;
    const bool signs =
        std::any_of(report_.dkim.begin(), report_.dkim.end(), [&](const dkim::Verdict& v) {
          return v.result == auth::Result::pass && related(host(v.domain), relay);
        });
    return signs || authenticated(report_) || related(mail_from_, relay) ||
           message_.find("List-Id") || message_.find("List-Unsubscribe");
  }

  // A host of neither side that took the message from a stranger without a login, and named it.
  void examine_relay(std::size_t i) {
    const Hop& hop = report_.hops[i];
    if (hop.standing != Standing::corroborated || hop.received.authenticated ||
        !hop.received.from.ip || !is_public(*hop.received.from.ip)) {
      return;
    }
    const auto relay = host(hop.received.by.host);
    if (!relay || relay->label_count() < 2 || !related(message_id_, relay)) return;
    const auto client =
        hop.received.from.rdns ? host(hop.received.from.rdns) : host(hop.received.from.helo);
    const auto recipient = domain_of(report_.envelope.rcpt_to);
    if (related(relay, author_) || related(relay, client) || related(relay, recipient) ||
        boundary_.own.holds(*relay))
      return;
    const bool service = is_sending_service(*relay);
    add(&hop, "open-relay",
        fmt::format("{} belongs neither to the sender's side nor to the recipient's; it took the "
                    "message from {} without a "
                    "login and gave it its Message-ID: {}.",
                    relay->text(), hop.received.from.ip->text(),
                    service ? "a relay or a sending service" : "likely an open relay"),
        {{"relay", relay->text()}, {"client_ip", hop.received.from.ip->text()}})
        .severity = service ? Severity::info : Severity::medium;
  }

  const Message& message_;
  const Report& report_;
  const Boundary& boundary_;
  std::optional<DomainName> author_, mail_from_, message_id_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> identity_findings(const Message& message, const Report& report,
                                       const Boundary& boundary, dns::Client& client) {
  IdentityExaminer examiner(message, report, boundary);
  examiner.examine_mx(client);
  return examiner.run();
}

}  // namespace emltrace::trace
