#include "trace/author/sign_findings.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "auth/dmarc/org_domain.hpp"
#include "base/text.hpp"
#include "message/mailbox.hpp"
#include "trace/author/brands.hpp"
#include "trace/author/domain_list.hpp"
#include "trace/author/free_mailers.hpp"
#include "trace/author/own_imitation.hpp"
#include "trace/author/parts.hpp"
#include "trace/author/vouching.hpp"
#include "trace/finding/sentence.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

constexpr std::size_t kMaxMailboxes = 20;

// The first domain of a tenant of Microsoft 365, in each of its clouds.
constexpr std::string_view kTenantDomains = "onmicrosoft.com,us,de onmschina.cn";

// Accounts of a host and of mail systems: their notices bear the system's name.
constexpr auto kSystemAccounts = std::to_array<std::string_view>(
    {"root", "daemon", "cron", "nobody", "postmaster", "mailer-daemon", "www-data", "apache"});
constexpr auto kNoReply = std::to_array<std::string_view>(
    {"noreply", "no-reply", "no_reply", "donotreply", "do-not-reply"});

bool is_one_of(std::string_view local_part, std::span<const std::string_view> names) {
  return std::ranges::any_of(
      names, [&](std::string_view name) { return text::iequals(local_part, name); });
}

bool is_system(const Mailbox& mailbox) {
  // Exchange signs its bounces `Microsoft Outlook <MicrosoftExchange329e…@domain>`.
  return is_one_of(mailbox.local_part, kSystemAccounts) ||
         text::istarts_with(mailbox.local_part, "MicrosoftExchange");
}

class SignExaminer {
 public:
  explicit SignExaminer(const Examined& mail) : mail_(mail), from_(mail.message.find("From")) {}

  std::vector<Finding> run() {
    if (from_ == nullptr) return {};
    const auto& authors = mail_.headers.from;
    for (std::size_t i = 0; i < authors.size() && i < kMaxMailboxes; ++i) {
      const auto domain = authors[i].domain_name();
      if (!domain) continue;
      examine_brand(authors[i], *domain);
      examine_person(authors[i], *domain);
      examine_own(*from_, authors[i], *domain);
      examine_single_label(authors[i], *domain);
      examine_tenant(authors[i], *domain);
    }
    if (const Field* reply_to = mail_.message.find("Reply-To")) examine_answers(*reply_to);
    return std::move(findings_);
  }

 private:
  Finding& add(const Field& field, Sentence sentence, Evidence evidence) {
    findings_.push_back(field_finding(field, std::move(sentence), std::move(evidence)));
    return findings_.back();
  }

  [[nodiscard]] bool is_own(const DomainName& domain) const {
    return mail_.ours.owns(domain) ||
           std::ranges::any_of(mail_.ours.domains, [&](const DomainName& own) {
             return same_organization(own, domain);
           });
  }

  void examine_brand(const Mailbox& author, const DomainName& domain) {
    if (is_system(author) || is_own(domain)) return;
    const auto named = find_brand(author.display);
    if (!named) return;
    const Brand& brand = *named->brand;
    // Under a free mailer's domain anybody writes, only its own service writes as noreply.
    const bool mailbox_of_anybody =
        is_free_mailer(domain) && !is_one_of(author.local_part, kNoReply);
    if (is_domain_of(brand, domain) && !mailbox_of_anybody) return;
    if (std::ranges::any_of(speaking_domains(mail_.auth), [&](const DomainName& name) {
          return is_domain_of(brand, name) && !is_free_mailer(name);
        }))
      return;
    Finding& finding =
        add(*from_,
            say<"brand-elsewhere">(with<"display">(shorten(author.display)),
                                   with<"brand">(brand.title), with<"domain">(domain.text())),
            {{"display", shorten(author.display)},
             {"brand", std::string(brand.title)},
             {"domain", domain.text()}});
    if (mail_.route.list_mail) finding.severity = Severity::info;
  }

  void examine_person(const Mailbox& author, const DomainName& domain) {
    if (mail_.ours.people.empty() || is_own(domain)) return;
    const auto recipient = domain_of_address(mail_.route.envelope.rcpt_to);
    // Where no domain is known to be own, none is known to be strange.
    if (mail_.ours.domains.empty() && !recipient) return;
    if (recipient && !is_free_mailer(*recipient) && same_organization(recipient, domain)) return;
    const std::string person = find_person(author.display, mail_.ours);
    if (person.empty()) return;
    Finding& finding =
        add(*from_, say<"person-elsewhere">(with<"person">(person), with<"domain">(domain.text())),
            {{"display", shorten(author.display)}, {"person", person}, {"domain", domain.text()}});
    if (mail_.route.list_mail) finding.severity = Severity::info;
  }

  void examine_own(const Field& field, const Mailbox& mailbox, const DomainName& domain) {
    const auto found = find_own_imitation(domain, mail_.ours);
    if (!found) return;
    Finding& finding = add(field,
                           say<"own-domain-imitation">(
                               with<"domain">(domain.unicode()), with<"field">(field.name),
                               with<"way">(way_of(found->how)), with<"own">(found->own.unicode())),
                           {{"address", shorten(mailbox.address())},
                            {"domain", domain.text()},
                            {"own", found->own.text()}});
    if (found->how == Imitation::suffix || found->how == Imitation::part)
      finding.severity = Severity::low;
  }

  static std::string way_of(Imitation how) {
    switch (how) {
      case Imitation::letters:
        return words<"looks-like">();
      case Imitation::contained:
        return words<"holds-it">();
      case Imitation::spelling:
        return words<"spelled-nearly">();
      case Imitation::part:
        return words<"has-in-label">();
      case Imitation::suffix:
        break;
    }
    return words<"differs-in-suffix">();
  }

  void examine_single_label(const Mailbox& author, const DomainName& domain) {
    const auto& boundary = mail_.route.boundary;
    if (domain.label_count() > 1 || !boundary.from_outside() || is_system(author)) return;
    // A few countries' top-level domains take mail themselves (RFC 7085).
    if (mail_.auth.has_aligned_pass() ||
        (domain.text().size() == 2 && auth::has_public_top_level(domain)))
      return;
    add(*from_, say<"from-single-label">(with<"domain">(domain.text())),
        {{"address", shorten(author.address())}});
  }

  void examine_tenant(const Mailbox& author, const DomainName& domain) {
    if (is_own(domain) || is_system(author) || !listed_domain(kTenantDomains, domain)) return;
    add(*from_, say<"from-default-tenant">(with<"domain">(domain.text())),
        {{"address", shorten(author.address())}});
  }

  void examine_answers(const Field& field) {
    const auto& authors = mail_.headers.from;
    const auto author = authors.empty() ? std::nullopt : authors.front().domain_name();
    const auto& answers = mail_.headers.reply_to;
    for (std::size_t i = 0; i < answers.size() && i < kMaxMailboxes; ++i) {
      const auto domain = answers[i].domain_name();
      if (!domain) continue;
      examine_own(field, answers[i], *domain);
      if (author && i == 0) examine_free_mailer(field, authors.front(), *author, *domain);
    }
  }

  void examine_free_mailer(const Field& field, const Mailbox& author, const DomainName& from,
                           const DomainName& reply_to) {
    if (!is_free_mailer(reply_to) || is_free_mailer(from) || related(from, reply_to) || is_list())
      return;
    const bool one_person =
        text::iequals(author.local_part, mail_.headers.reply_to.front().local_part);
    Finding& finding =
        add(field,
            say<"reply-to-free-mailer">(with<"author">(author.address()),
                                        with<"answers">(mail_.headers.reply_to.front().address())),
            {{"from", shorten(author.address())},
             {"reply_to", shorten(mail_.headers.reply_to.front().address())}});
    // The author's domain says itself that its mail is answered there.
    if (mail_.auth.has_aligned_pass() || one_person) finding.severity = Severity::info;
  }

  // RFC 2919, RFC 2369, and what was written before them.
  [[nodiscard]] bool is_list() const {
    constexpr auto kListFields = std::to_array<std::string_view>(
        {"List-Id", "List-Unsubscribe", "List-Post", "List-Help", "Mailing-List"});
    if (std::ranges::any_of(kListFields, [&](std::string_view name) {
          return mail_.message.find(name) != nullptr;
        }))
      return true;
    const Field* precedence = mail_.message.find("Precedence");
    const std::string_view value = precedence ? text::trim(precedence->body) : std::string_view();
    return text::iequals(value, "list") || text::iequals(value, "bulk");
  }

  const Examined& mail_;
  const Field* from_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> sign_findings(const Examined& mail) {
  return SignExaminer(mail).run();
}

}  // namespace emltrace::trace
