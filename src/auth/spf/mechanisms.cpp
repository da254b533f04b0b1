#include <fmt/format.h>

#include <algorithm>

#include "auth/spf/evaluation.hpp"
#include "base/text.hpp"

namespace emltrace::spf {
namespace {

// RFC 7208 5: an address of the other family never matches, whatever the prefix length.
bool contains(const dns::Answer& answer, const Directive& directive, const ip::Address& client) {
  const auto addresses = answer.addresses();
  const unsigned prefix = client.is_v4() ? directive.prefix4 : directive.prefix6;
  return std::any_of(addresses.begin(), addresses.end(), [&](const ip::Address& address) {
    return address.is_v4() == client.is_v4() && ip::Network(address, prefix).contains(client);
  });
}

}  // namespace

const dns::Answer* Evaluation::ask(const DomainName& name, dns::Type type) {
  const dns::Answer& answer = client_.ask({name, type});
  if (!answer.pending()) return &answer;
  stalled_ = true;
  return nullptr;
}

Evaluation::Match Evaluation::dns_error(const DomainName& name, dns::Type type,
                                        const dns::Answer& answer) {
  const std::string_view what = answer.status == dns::Status::timed_out ? "timed out"
                                : answer.status == dns::Status::refused ? "was refused"
                                                                        : "failed";
  note(fmt::format("DNS question {} {}{}{}", dns::to_string(dns::Question{name, type}), what,
                   answer.reason.empty() ? "" : ": ", answer.reason));
  return Match::temperror;
}

// RFC 7208 5.3
Evaluation::Match Evaluation::match_addresses(const Directive& directive,
                                              const DomainName& target) {
  const dns::Answer* answer = ask(target, address_type());
  if (answer == nullptr) return Match::no;
  if (answer->error()) return dns_error(target, address_type(), *answer);
  if (is_void(*answer)) return count_void() ? Match::no : Match::permerror;
  return contains(*answer, directive, ip_) ? Match::yes : Match::no;
}

// RFC 7208 5.4. The limit of void look-ups counts terms (RFC 7208 4.6.4): this one where it has no
// MX record, or where an exchange does not exist. An exchange that has no address of the client's
// family is no fault of the record, and counting it would fail IPv6 clients of IPv4 domains.
Evaluation::Match Evaluation::match_exchanges(const Directive& directive,
                                              const DomainName& target) {
  const dns::Answer* answer = ask(target, dns::Type::mx);
  if (answer == nullptr) return Match::no;
  if (answer->error()) return dns_error(target, dns::Type::mx, *answer);
  if (is_void(*answer)) return count_void() ? Match::no : Match::permerror;
  const auto exchanges = answer->exchanges();
  if (exchanges.size() > static_cast<std::size_t>(kMaxNamesPerTerm)) {
    note(fmt::format("too many MX names at {} ({}, limit {})", target.text(), exchanges.size(),
                     kMaxNamesPerTerm));
    return Match::permerror;
  }
  bool missing = false;
  for (const auto& exchange : exchanges) {
    if (!exchange.exchange) continue;  // the null MX
    const dns::Answer* addresses = ask(*exchange.exchange, address_type());
    if (addresses == nullptr) continue;
    if (addresses->error()) return dns_error(*exchange.exchange, address_type(), *addresses);
    if (contains(*addresses, directive, ip_)) return Match::yes;
    missing = missing || addresses->status == dns::Status::no_such_name;
  }
  return missing && !count_void() ? Match::permerror : Match::no;
}

// RFC 7208 5.7: always an A question, whatever the client's family.
Evaluation::Match Evaluation::match_exists(const DomainName& target) {
  const dns::Answer* answer = ask(target, dns::Type::a);
  if (answer == nullptr) return Match::no;
  if (answer->error()) return dns_error(target, dns::Type::a, *answer);
  if (is_void(*answer)) return count_void() ? Match::no : Match::permerror;
  return answer->addresses().empty() ? Match::no : Match::yes;
}

// RFC 7208 5.5 in another order with the same outcome: names that could not count are not
// validated. The names are the client's choice, so that theirs are no void look-ups of the record.
Evaluation::Match Evaluation::match_pointers(const DomainName& target) {
  const auto reverse = DomainName::parse(ip_.reverse_name());
  const dns::Answer* answer = reverse ? ask(*reverse, dns::Type::ptr) : nullptr;
  if (answer == nullptr || answer->error()) return Match::no;
  if (is_void(*answer)) return count_void() ? Match::no : Match::permerror;
  auto names = answer->names();
  if (names.size() > kMaxNamesPerTerm) names.erase(names.begin() + kMaxNamesPerTerm, names.end());
  bool pending = false;
  for (const DomainName& name : names) {
    if (name.is_within(target) && is_validated(name, pending)) return Match::yes;
  }
  return Match::no;
}

bool Evaluation::is_validated(const DomainName& name, bool& pending) {
  const dns::Answer* answer = ask(name, address_type());
  if (answer == nullptr) {
    pending = true;
    return false;
  }
  const auto addresses = answer->addresses();
  return std::find(addresses.begin(), addresses.end(), ip_) != addresses.end();
}

// RFC 7208 7.3, the macro p: <domain> itself, else a name below it, else any; `unknown` without
// one.
std::optional<std::string> Evaluation::validated_name(const DomainName& domain) {
  static const std::string kUnknown = "unknown";
  const auto reverse = DomainName::parse(ip_.reverse_name());
  if (!reverse) return kUnknown;
  const dns::Answer* answer = ask(*reverse, dns::Type::ptr);
  if (answer == nullptr) return std::nullopt;
  auto names = answer->names();
  if (names.size() > kMaxNamesPerTerm) names.erase(names.begin() + kMaxNamesPerTerm, names.end());
  bool pending = false;
  std::erase_if(names, [&](const DomainName& name) { return !is_validated(name, pending); });
  if (pending) return std::nullopt;
  if (names.empty()) return kUnknown;
  if (std::find(names.begin(), names.end(), domain) != names.end()) return domain.text();
  const auto below = std::find_if(names.begin(), names.end(),
                                  [&](const DomainName& name) { return name.is_within(domain); });
  return (below != names.end() ? *below : names.front()).text();
}

Evaluation::Target Evaluation::target(const std::optional<MacroString>& spec,
                                      const DomainName& domain) {
  if (!spec) return {domain};
  if (spec->uses('p')) {
    auto name = validated_name(domain);
    if (!name) return {std::nullopt, true};
    values_.validated = std::move(*name);
  }
  values_.domain = domain.text();
  const auto expanded = expand(*spec, values_);
  if (!expanded) return {};
  return {target_name(*expanded), false, !text::is_ascii(*expanded)};
}

// RFC 7208 6.2: whatever goes wrong on the way, there just is no explanation.
void Evaluation::explain() {
  if (!reason_ || stalled_) return;
  const Target found = target(reason_->target, reason_->domain);
  if (!found.name) return;
  const dns::Answer* answer = ask(*found.name, dns::Type::txt);
  if (answer == nullptr) return;
  const auto texts = answer->texts();
  if (answer->error() || texts.size() != 1) return;
  const auto parsed = parse_explain_string(texts.front());
  const auto* text = std::get_if<MacroString>(&parsed);
  if (text == nullptr) return;
  if (text->uses('p')) {
    auto name = validated_name(reason_->domain);
    if (!name) return;
    values_.validated = std::move(*name);
  }
  values_.domain = reason_->domain.text();
  const auto expanded = expand(*text, values_);
  if (!expanded || !text::is_ascii(*expanded)) return;
  verdict_.explanation = expanded->substr(0, kMaxExplanation);
  if (expanded->size() > kMaxExplanation) *verdict_.explanation += "…";
}

}  // namespace emltrace::spf
