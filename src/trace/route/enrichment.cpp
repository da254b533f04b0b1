#include "trace/route/enrichment.hpp"

#include <algorithm>
#include <set>

#include "auth/dmarc/org_domain.hpp"
#include "trace/route/abuse_contacts.hpp"
#include "trace/route/announcement.hpp"
#include "trace/route/block_list.hpp"
#include "trace/route/families.hpp"
#include "trace/route/host_facts.hpp"

namespace emltrace::trace {

std::string_view to_string(LookedUp outcome) {
  switch (outcome) {
    case LookedUp::not_asked:
      return "not-asked";
    case LookedUp::found:
      return "found";
    case LookedUp::none:
      return "none";
    case LookedUp::unknown:
      return "unknown";
  }
  return {};
}

namespace {

// Counts the questions that got no answer.
class Counting final : public dns::Client {
 public:
  explicit Counting(dns::Client& client) : client_(client) {}
  const dns::Answer& ask(const dns::Question& question) override {
    const dns::Answer& answer = client_.ask(question);
    if (answer.error()) failed_.insert(question);
    return answer;
  }
  [[nodiscard]] std::size_t failed() const { return failed_.size(); }

 private:
  dns::Client& client_;
  std::set<dns::Question> failed_;
};

std::optional<ip::Address> askable(const std::optional<AskedAddress>& address) {
  if (!address || !is_public(address->ip) ||
      family_of_inner_address(address->ip, address->helo.value_or("")) != nullptr)
    return std::nullopt;
  return address->ip;
}

Announcement network_of(dns::Client& client, const Wanted& wanted, const ip::Address& address) {
  if (wanted.files.empty()) return look_up_announcement(client, address);
  Announcement found{LookedUp::none, std::nullopt};
  for (const auto& file : wanted.files) {
    auto network = file->find(address);
    if (!network) continue;
    found.outcome = LookedUp::found;
    found.network = merged(std::move(found.network), *std::move(network));
  }
  return found;
}

// Lists of names are asked about who sent it and who is said to have written it.
std::vector<DomainName> names_of(const std::vector<DomainName>& hosts, const Enquiry& enquiry) {
  std::vector<DomainName> names;
  if (!hosts.empty()) names.push_back(auth::registrable_domain(hosts.front()));
  const auto& author = enquiry.author;
  if (author && std::ranges::find(names, *author) == names.end()) names.push_back(*author);
  return names;
}

void ask_lists(dns::Client& client, const Wanted& wanted, const std::vector<ip::Address>& addresses,
               const std::vector<DomainName>& names, Enrichment& out) {
  std::set<DomainName> asked;
  for (const DomainName& zone : wanted.dnsbl) {
    if (!asked.insert(zone).second) continue;
    if (!is_list_of_names(zone)) {
      for (const ip::Address& address : addresses)
        out.dnsbl.push_back(ask_block_list(client, zone, address));
      continue;
    }
    for (const DomainName& name : names) out.dnsbl.push_back(ask_block_list(client, zone, name));
  }
}

}  // namespace

Enrichment enrich(dns::Client& client, const Wanted& wanted, const Enquiry& enquiry) {
  Enrichment out;
  if (wanted.nothing()) return out;
  Counting asked(client);
  const auto origin = askable(enquiry.origin);
  const auto claimed = askable(enquiry.claimed);
  const auto border = askable(enquiry.client);
  if (wanted.asn || !wanted.files.empty()) {
    if (origin) {
      auto found = network_of(asked, wanted, *origin);
      out.asn_outcome = found.outcome;
      out.asn = std::move(found.network);
    }
    if (claimed && claimed != origin) out.claimed_asn = network_of(asked, wanted, *claimed).network;
    if (border && border != origin) out.client_asn = network_of(asked, wanted, *border).network;
  }
  const bool names_wanted =
      wanted.abuse || std::ranges::any_of(wanted.dnsbl, [](const DomainName& zone) {
        return is_list_of_names(zone);
      });
  const auto hosts =
      origin && names_wanted ? confirmed_names(client, *origin) : std::vector<DomainName>();
  if (wanted.abuse && origin) {
    auto found = look_up_abuse_contacts(asked, *origin, hosts);
    out.abuse_outcome = found.outcome;
    out.abuse = std::move(found.contacts);
  }
  if (wanted.abuse && border && border != origin) {
    auto found = look_up_abuse_contacts(asked, *border, confirmed_names(client, *border));
    out.client_abuse_outcome = found.outcome;
    out.client_abuse = std::move(found.contacts);
  }
  std::vector<ip::Address> addresses;
  if (origin) addresses.push_back(*origin);
  if (border && border != origin) addresses.push_back(*border);
  ask_lists(asked, wanted, addresses, names_of(hosts, enquiry), out);
  out.failed = asked.failed();
  return out;
}

}  // namespace emltrace::trace
