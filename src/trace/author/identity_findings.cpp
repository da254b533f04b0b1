#include "trace/author/identity_findings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "trace/author/envelope_habit.hpp"
#include "trace/finding/sentence.hpp"
#include "trace/route/families.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

class IdentityExaminer {
 public:
  explicit IdentityExaminer(const Examined& mail) : mail_(mail) {
    if (!mail.headers.from.empty()) author_ = mail.headers.from.front().domain_name();
    mail_from_ = domain_of_address(mail.route.envelope.mail_from);
    if (mail.headers.message_id) message_id_ = message_id_domain(*mail.headers.message_id);
  }

  std::vector<Finding> run() {
    examine_mx();
    examine_envelope();
    examine_recipient();
    examine_message_id();
    examine_order();
    examine_path();
    examine_provider();
    for (std::size_t i = 0; i < mail_.route.hops.size(); ++i) examine_relay(i);
    return std::move(findings_);
  }

  void examine_mx() {
    const Hop* border = mail_.route.border();
    const auto recipient = domain_of_address(mail_.route.envelope.rcpt_to);
    const auto by = border ? host_name(border->received.by.host) : std::nullopt;
    const auto& hosts = mail_.route.recipient_mx;
    if (!recipient || !by || by->label_count() < 2 || !hosts || hosts->empty()) return;
    std::string names;
    for (const DomainName& mx : *hosts) {
      if (related(mx, by)) return;
      names += (names.empty() ? "" : ", ") + mx.text();
    }
    add(border,
        say<"by-not-mx">(with<"host">(by->text()), with<"recipient">(recipient->text()),
                         with<"mx">(names)),
        {{"by", by->text()}, {"mx", names}});
  }

 private:
  Finding& add(const Hop* hop, Sentence sentence, Evidence evidence = {}) {
    const Code code = sentence.code;
    findings_.push_back(hop ? make_finding(*hop, std::move(sentence), std::move(evidence))
                            : make_finding(std::move(sentence), std::move(evidence)));
    Finding& finding = findings_.back();
    if (mail_.route.list_mail && is_list_habit(code))
      finding.severity = std::min(finding.severity, Severity::info);
    return finding;
  }

  // A list sends in its own envelope to its members what others wrote elsewhere.
  static bool is_list_habit(Code code) {
    return code == "envelope-author-differs" || code == "for-not-recipient" ||
           code == "author-not-on-path" || code == "message-id-domain" ||
           code == "provider-route-missing";
  }

  static std::optional<DomainName> message_id_domain(std::string id) {
    if (id.ends_with('>')) id.pop_back();
    return domain_of_address(id);
  }

  std::size_t line_of(std::string_view name) const {
    const Field* field = mail_.message.find(name);
    return field ? field->line : 0;
  }

  void examine_envelope() {
    if (!author_ || !mail_from_ || related(author_, mail_from_)) return;
    const std::string habit = envelope_habit(mail_);
    const bool explained = !habit.empty() || mail_.auth.has_aligned_pass();
    add(nullptr,
        say<"envelope-author-differs">(
            with<"sender">(*mail_.route.envelope.mail_from),
            with<"author">(mail_.headers.from.front().address()),
            with<"habit">(habit.empty() ? std::string() : fmt::format(" ({})", habit))),
        {{"mail_from", *mail_.route.envelope.mail_from},
         {"from", mail_.headers.from.front().address()}})
        .severity = explained ? Severity::info : Severity::low;
  }

  void examine_recipient() {
    const auto& recipient = mail_.route.envelope.rcpt_to;
    if (!recipient || is_recipient(mail_.headers, *recipient)) return;
    const Hop* hop = mail_.route.border();
    add(hop, say<"for-not-recipient">(with<"recipient">(*recipient)), {{"for", *recipient}});
  }

  // Names of the hosts on the believed or open part of the path.
  std::vector<DomainName> path_names() const {
    std::vector<DomainName> names;
    for (std::size_t i = 0; i < mail_.route.hops.size(); ++i) {
      const Hop& hop = mail_.route.hops[i];
      if (is_disproved(mail_.route.standing(i))) continue;
      for (const auto& text :
           {hop.received.from.helo, hop.received.from.rdns, hop.received.by.host}) {
        if (auto name = host_name(text); name && name->label_count() > 1) names.push_back(*name);
      }
      const auto& ptr = mail_.route.facts[i].dns.ptr;
      if (ptr) names.insert(names.end(), ptr->begin(), ptr->end());
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
    const auto& date = mail_.headers.date;
    const std::string& id = *mail_.headers.message_id;
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
    for (const Hop& hop : mail_.route.hops) {
      if (const auto by = host_name(hop.received.by.host); by && (*by == *message_id_)) {
        relay = &hop;
        break;
      }
    }
    if (relay && !related(author_, message_id_)) {
      Sentence sentence =
          say<"message-id-by-relay">(with<"host">(message_id_->text()), with<"hop">(relay->number));
      Evidence evidence{{"message_id", *mail_.headers.message_id}};
      if (const auto digits = date_in_message_id()) {
        sentence.text += " " + words<"carries-date">(with<"digits">(*digits));
        evidence.emplace_back("date_digits", *digits);
      }
      add(relay, std::move(sentence), std::move(evidence)).line = line_of("Message-ID");
      return;
    }
    const bool signer =
        std::any_of(mail_.auth.dkim.begin(), mail_.auth.dkim.end(),
                    [&](const auto& v) { return related(host_name(v.domain), message_id_); });
    if (related(author_, message_id_) || related(mail_from_, message_id_) || signer ||
        on_path(message_id_))
      return;
    add(nullptr, say<"message-id-domain">(with<"domain">(message_id_->text())),
        {{"message_id", *mail_.headers.message_id}})
        .line = line_of("Message-ID");
  }

  // Each server puts its line on top of what it received, so trace lines stand above what the
  // author wrote.
  void examine_order() {
    const Field* author_field = nullptr;
    const Field* id_field = nullptr;
    for (const Field& field : mail_.message.fields()) {
      if (text::iequals(field.name, "Received")) {
        if (author_field) {
          add(nullptr, say<"received-below-author-headers">(with<"field">(author_field->name)))
              .line = field.line;
          return;
        }
        if (id_field) {
          add(nullptr, say<"message-id-above-received">()).line = id_field->line;
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
    if (!author_ || author_->label_count() < 2 || mail_.route.hops.empty() ||
        mail_.auth.has_aligned_pass() || on_path(author_))
      return;
    add(nullptr, say<"author-not-on-path">(with<"domain">(author_->text())),
        {{"author_domain", author_->text()}});
  }

  void examine_provider() {
    const Family* family = author_ ? family_of_author(*author_) : nullptr;
    if (!family || mail_.route.hops.empty() || mail_.auth.has_aligned_pass()) return;
    // The recipient's own system knows the user.
    if (mail_.route.boundary.from_user()) return;
    const auto names = path_names();
    if (std::any_of(names.begin(), names.end(),
                    [&](const auto& name) { return family_of_host(name) == family; }))
      return;
    // A signature of the author's domain that could not be judged may still be the provider's.
    const bool open =
        std::any_of(mail_.auth.dkim.begin(), mail_.auth.dkim.end(), [&](const dkim::Verdict& v) {
          return related(host_name(v.domain), author_) &&
                 v.problem != dkim::Problem::signature_mismatch &&
                 v.problem != dkim::Problem::syntax;
        });
    if (open) return;
    add(nullptr,
        say<"provider-route-missing">(with<"domain">(author_->text()),
                                      with<"provider">(family->title)),
        {{"author_domain", author_->text()}, {"provider", std::string(family->key)}});
  }

  bool is_sending_service(const DomainName& relay) const {
    if (const Family* family = family_of_host(relay); family && family->sending_service)
      return true;
    const bool signs =
        std::any_of(mail_.auth.dkim.begin(), mail_.auth.dkim.end(), [&](const dkim::Verdict& v) {
          return v.result == auth::Result::pass && related(host_name(v.domain), relay);
        });
    return signs || mail_.auth.has_aligned_pass() || related(mail_from_, relay) ||
           mail_.message.find("List-Id") || mail_.message.find("List-Unsubscribe");
  }

  // A host of neither side that took the message from a stranger without a login, and named it.
  void examine_relay(std::size_t i) {
    const Hop& hop = mail_.route.hops[i];
    if (mail_.route.standing(i) != Standing::corroborated || hop.received.authenticated ||
        !hop.received.from.ip || !is_public(*hop.received.from.ip)) {
      return;
    }
    const auto relay = host_name(hop.received.by.host);
    if (!relay || relay->label_count() < 2 || !related(message_id_, relay)) return;
    const auto client = hop.received.from.rdns ? host_name(hop.received.from.rdns)
                                               : host_name(hop.received.from.helo);
    const auto recipient = domain_of_address(mail_.route.envelope.rcpt_to);
    if (related(relay, author_) || related(relay, client) || related(relay, recipient) ||
        mail_.route.boundary.own.holds(*relay))
      return;
    const bool service = is_sending_service(*relay);
    add(&hop,
        say<"open-relay">(with<"relay">(relay->text()),
                          with<"client">(hop.received.from.ip->text()),
                          with<"verdict">(service ? words<"a-service">() : words<"open-relay">())),
        {{"relay", relay->text()}, {"client_ip", hop.received.from.ip->text()}})
        .severity = service ? Severity::info : Severity::medium;
  }

  const Examined& mail_;
  std::optional<DomainName> author_, mail_from_, message_id_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> identity_findings(const Examined& mail) {
  return IdentityExaminer(mail).run();
}

}  // namespace emltrace::trace
