
#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "message/field_text.hpp"
#include "trace/author/hidden.hpp"
#include "trace/author/lettering.hpp"
#include "trace/author/look_alike.hpp"
#include "trace/author/parts.hpp"
#include "trace/finding/sentence.hpp"

namespace emltrace::trace {
namespace {

// Wide forms of the sign pass for it.
std::string with_plain_at(std::string_view text) {
  constexpr std::array<std::string_view, 2> kWide = {"\xEF\xBC\xA0", "\xEF\xB9\xAB"};
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool wide = std::any_of(kWide.begin(), kWide.end(), [&](std::string_view sign) {
      return text.substr(i).starts_with(sign);
    });
    out.push_back(wide ? '@' : text[i]);
    if (wide) i += 2;
  }
  return out;
}

bool is_domain_byte(char c) {
  return text::is_alnum(c) || c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

// The first thing in a display name that a reader takes for an address; empty if none.
std::string address_in(std::string_view display) {
  constexpr std::string_view kEnds = " \t<>()[]\"',;:";
  const std::string text = with_plain_at(display);
  std::size_t from = 0;
  for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
    std::size_t begin = at;
    while (begin > from && kEnds.find(text[begin - 1]) == std::string_view::npos) --begin;
    std::size_t end = at + 1;
    while (end < text.size() && is_domain_byte(text[end])) ++end;
    from = at + 1;
    std::string_view domain = std::string_view(text).substr(at + 1, end - at - 1);
    while (domain.ends_with('.') || domain.ends_with('-')) domain.remove_suffix(1);
    if (begin == at || domain.find('.') == std::string_view::npos) continue;
    return text.substr(begin, at - begin) + "@" + std::string(domain);
  }
  return {};
}

std::optional<DomainName> domain_of(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos) return std::nullopt;
  return DomainName::parse(address.substr(at + 1));
}

bool are_kin(const std::optional<DomainName>& a, const std::optional<DomainName>& b) {
  return a && b && (a->is_within(*b) || b->is_within(*a));
}

class DisplayExaminer {
 public:
  DisplayExaminer(const Message& message, const Headers& headers)
      : message_(message), headers_(headers) {}

  std::vector<Finding> run() {
    examine_count();
    for (const std::string_view name : {"From", "Sender", "Reply-To"}) {
      for (const Field* field : message_.find_all(name)) {
        if (fields_++ >= kMaxAuthorFields) return std::move(findings_);
        examine_author_field(*field);
      }
    }
    if (const Field* subject = message_.find("Subject"))
      examine_hidden(*subject, headers_.subject.value_or(""), "Subject", false);
    return std::move(findings_);
  }

 private:
  static constexpr std::size_t kMaxAuthorFields = 20;

  Finding& add(const Field& field, Sentence sentence, Evidence evidence = {}) {
    findings_.push_back(field_finding(field, std::move(sentence), std::move(evidence)));
    return findings_.back();
  }

  static Evidence written(const Field& field) { return {{"written", shorten(unfold(field.body))}}; }

  void examine_count() {
    const auto fields = message_.find_all("From");
    std::set<std::string> addresses;
    for (const Mailbox& mailbox : headers_.from) {
      if (!mailbox.domain.empty()) addresses.insert(text::lower(mailbox.address()));
    }
    if (fields.size() > 1) {
      add(*fields[1], say<"from-multiple/fields">(with<"count">(fields.size())),
          {{"first", shorten(unfold(fields[0]->body))},
           {"second", shorten(unfold(fields[1]->body))}});
    } else if (addresses.size() > 1) {
      Finding& finding =
          add(*fields[0], say<"from-multiple/addresses">(with<"count">(addresses.size())),
              written(*fields[0]));
      // RFC 5322 3.6.2 allows it where Sender says which of them sent it.
      if (!headers_.sender.empty()) finding.severity = Severity::low;
    }
  }

  void examine_author_field(const Field& field) {
    const AddressList list = parse_addresses(field_text(message_, field.body));
    const bool is_from = text::iequals(field.name, "From");
    if (list.encoded_word_in_address)
      add(field, say<"encoded-word-address">(with<"field">(field.name)), written(field));
    if (is_from && !list.groups.empty())
      add(field, say<"group-or-route-address/group">(), {{"group", shorten(list.groups.front())}});
    if (std::any_of(list.mailboxes.begin(), list.mailboxes.end(),
                    [](const Mailbox& mailbox) { return mailbox.has_route; }))
      add(field, say<"group-or-route-address/route">(with<"field">(field.name)), written(field));
    std::size_t examined = 0;
    for (const Mailbox& mailbox : list.mailboxes) {
      if (examined++ >= kMaxAuthorFields) return;
      if (is_from) examine_display_address(field, mailbox);
      examine_quoted_at(field, mailbox);
      examine_look_alike(field, mailbox);
      examine_hidden(field, mailbox.display, field.name, false);
      examine_hidden(field, mailbox.address(), field.name, true);
    }
  }

  void examine_display_address(const Field& field, const Mailbox& mailbox) {
    const std::string shown = address_in(mailbox.display);
    const std::string real = mailbox.address();
    if (shown.empty() || text::iequals(shown, real)) return;
    Finding& finding =
        add(field,
            say<"from-display-address">(with<"shown">(shown),
                                        with<"address">(real.empty() ? words<"missing">() : real)),
            {{"display", shorten(mailbox.display)}, {"address", shorten(real)}});
    // Lists that rewrite From say whom they speak for.
    const bool rewritten = text::ifind(mailbox.display, " via ") != std::string::npos;
    if (rewritten || are_kin(domain_of(shown), mailbox.domain_name()))
      finding.severity = Severity::low;
  }

  void examine_quoted_at(const Field& field, const Mailbox& mailbox) {
    const bool in_local =
        mailbox.quoted_local_part && mailbox.local_part.find('@') != std::string::npos;
    const bool in_display = mailbox.display_raw.starts_with('"') &&
                            mailbox.display_raw.find('@') != std::string::npos &&
                            !text::iequals(address_in(mailbox.display), mailbox.address()) &&
                            text::ifind(mailbox.display, " via ") == std::string::npos;
    if (in_local || in_display)
      add(field,
          say<"from-quoted-at">(
              with<"part">(in_local ? words<"local-part">() : words<"display-name">()),
              with<"field">(field.name)),
          written(field));
  }

  void examine_look_alike(const Field& field, const Mailbox& mailbox) {
    const auto domain = mailbox.domain_name();
    const std::string name = domain ? domain->unicode() : mailbox.domain;
    if (const auto alike = find_look_alike(name)) {
      add(field,
          say<"from-homograph/domain">(with<"domain">(name), with<"latin">(alike->latin),
                                       with<"label">(alike->label),
                                       with<"scripts">(alike->scripts)),
          {{"domain", shorten(name)},
           {"a_label", domain ? domain->text() : std::string()},
           {"looks_like", alike->latin}});
      return;
    }
    if (const auto letters = find_compatibility_letters(mailbox.domain)) {
      const std::string plain = domain ? name : letters->plain;
      Finding& finding = add(
          field,
          say<"from-homograph/letters">(with<"field">(field.name), with<"domain">(mailbox.domain),
                                        with<"letters">(letters->characters), with<"plain">(plain)),
          {{"domain", shorten(mailbox.domain)}, {"looks_like", shorten(plain)}});
      // An East Asian input method left on writes such letters.
      if (letters->full_width) finding.severity = Severity::medium;
      return;
    }
    const std::string shown = address_in(mailbox.display);
    if (shown.empty()) return;
    if (const auto alike = find_look_alike(shown.substr(shown.rfind('@') + 1))) {
      add(field,
          say<"from-homograph/shown">(with<"shown">(shown), with<"label">(alike->label),
                                      with<"scripts">(alike->scripts)),
          {{"display", shorten(mailbox.display)}, {"looks_like", alike->latin}});
    }
  }

  void examine_hidden(const Field& field, std::string_view text, std::string_view name,
                      bool is_address) {
    const auto hidden = find_hidden(text);
    if (!hidden) return;
    Finding& finding = add(
        field,
        say<"bidi-control">(with<"field">(name), with<"effect">(effect_of(hidden->kind)),
                            with<"characters">(hidden->code_points),
                            with<"where">(is_address ? words<"inside-address">() : std::string())),
        {{"code_points", hidden->code_points}, {"text", shorten(text)}});
    if (is_address || hidden->kind <= Hidden::in_word) return;
    finding.severity = hidden->kind == Hidden::typeset ? Severity::info : Severity::low;
  }

  static std::string effect_of(Hidden kind) {
    switch (kind) {
      case Hidden::override_:
      case Hidden::embedding:
        return words<"turn-direction">();
      case Hidden::carried:
        return words<"unseen-text">();
      case Hidden::in_word:
        return words<"unseen-split">();
      case Hidden::typeset:
        return words<"unseen-hyphen">();
      case Hidden::invisible:
      case Hidden::mark:
        break;
    }
    return words<"unseen">();
  }

  const Message& message_;
  const Headers& headers_;
  std::vector<Finding> findings_;
  std::size_t fields_ = 0;
};

}  // namespace

std::vector<Finding> display_findings(const Message& message, const Headers& headers) {
  return DisplayExaminer(message, headers).run();
}

}  // namespace emltrace::trace
