#include "trace/route/abuse_contacts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <variant>

#include "auth/dmarc/org_domain.hpp"
#include "base/text.hpp"

namespace emltrace::trace {
namespace {

constexpr std::size_t kMaxAddress = 254;  // RFC 5321 4.5.3.1.3, without the brackets

bool is_open(const dns::Answer& answer) {
  return answer.pending() || answer.error() || answer.unheld;
}

void add(std::vector<Contact>& contacts, std::string_view address, std::string_view source) {
  const bool known = std::ranges::any_of(
      contacts, [&](const Contact& other) { return text::iequals(other.address, address); });
  if (!known && contacts.size() < kMaxContacts && is_report_address(address))
    contacts.push_back({std::string(address), std::string(source)});
}

// Addresses stand one a record, or several with commas between them.
std::vector<std::string> addresses_in(const dns::Answer& answer) {
  std::vector<std::string> found;
  for (const std::string& text : answer.texts()) {
    for (const std::string_view part : text::split(text, ',')) {
      found.emplace_back(text::trim(part));
    }
  }
  std::ranges::sort(found);  // the order of records is nobody's statement
  return found;
}

bool ask_abusix(dns::Client& client, const ip::Address& address, std::vector<Contact>& contacts) {
  const auto name = DomainName::parse(address.reverse_labels() + ".abuse-contacts.abusix.zone");
  const dns::Answer& answer = client.ask({*name, dns::Type::txt});
  for (const std::string& found : addresses_in(answer)) add(contacts, found, "abusix");
  return !is_open(answer);
}

// HINFO says `default` where abuse.net knows nothing and answers with what RFC 2142 would have.
bool is_guess(const dns::Answer& hinfo, const std::string& address, const DomainName& domain) {
  for (const dns::Record& record : hinfo.records) {
    const auto* words = std::get_if<dns::Text>(&record.data);
    if (record.type != dns::Type::hinfo || words == nullptr || words->strings.empty()) continue;
    return text::iequals(words->strings.front(), "default");
  }
  return text::iequals(address, "abuse@" + domain.text()) ||
         text::iequals(address, "postmaster@" + domain.text());
}

bool ask_abuse_net(dns::Client& client, const DomainName& domain, std::vector<Contact>& contacts) {
  const auto name = DomainName::parse(domain.text() + ".contacts.abuse.net");
  if (!name) return true;
  const dns::Answer& answer = client.ask({*name, dns::Type::txt});
  const dns::Answer& hinfo = client.ask({*name, dns::Type::hinfo});
  for (const std::string& found : addresses_in(answer)) {
    if (!is_guess(hinfo, found, domain)) add(contacts, found, "abuse.net");
  }
  return !is_open(answer);
}

}  // namespace

bool is_report_address(std::string_view address) {
  const auto at = address.rfind('@');
  if (at == std::string_view::npos || at == 0 || address.size() > kMaxAddress) return false;
  // A quoted local part has a use for no mailbox of reports, and many for somebody hostile.
  constexpr std::string_view kAtext = "!#$%&'*+-/=?^_`{|}~.";
  const auto fits = [&](char c) {
    return text::is_alnum(c) || kAtext.find(c) != std::string_view::npos;
  };
  return std::ranges::all_of(address.substr(0, at), fits) &&
         std::ranges::all_of(address.substr(at + 1),
                             [](char c) { return c > ' ' && c < '\x7f'; }) &&
         DomainName::parse_host(address.substr(at + 1)).has_value();
}

std::optional<Contact> role_contact(const DomainName& host) {
  const DomainName domain = auth::registrable_domain(host);
  // A public suffix comes back as it is.
  const auto below = host.with_prefix("x");
  const bool is_suffix = domain == host && below && auth::registrable_domain(*below) != host;
  if (domain.label_count() < 2 || is_suffix) return std::nullopt;
  return Contact{"abuse@" + domain.text(), "rfc2142"};
}

AbuseContacts look_up_abuse_contacts(dns::Client& client, const ip::Address& address,
                                     std::span<const DomainName> hosts) {
  AbuseContacts found;
  bool all_told = ask_abusix(client, address, found.contacts);
  const auto role = hosts.empty() ? std::nullopt : role_contact(hosts.front());
  if (role) {
    const DomainName domain = auth::registrable_domain(hosts.front());
    all_told = ask_abuse_net(client, domain, found.contacts) && all_told;
  }
  if (!found.contacts.empty()) {
    found.outcome = LookedUp::found;
  } else if (all_told) {
    found.outcome = LookedUp::none;
  }
  if (found.contacts.empty() && role) found.contacts.push_back(*role);
  return found;
}

}  // namespace emltrace::trace
