#include "trace/contact_choice.hpp"

#include <algorithm>
#include <string_view>

#include "auth/dmarc/org_domain.hpp"
#include "base/text.hpp"
#include "message/mailbox.hpp"
#include "trace/author/free_mailers.hpp"
#include "trace/route/abuse_contacts.hpp"
#include "trace/route/families.hpp"
#include "trace/route/host_facts.hpp"

namespace emltrace::trace {
namespace {

struct NetworkContacts {
  const std::vector<Contact>& contacts;
  const std::optional<ip::Address>& of;
};
// Of the network of `source`, and of the other one of border's client and origin.
struct Networks {
  NetworkContacts of_source, of_other;
};
Networks networks(const Report& report, const std::optional<ip::Address>& source) {
  const NetworkContacts origin{report.enrichment.abuse, report.origin.ip};
  const NetworkContacts client{report.enrichment.client_abuse, report.envelope.client_ip};
  if (source && report.origin.ip != source) return {client, origin};
  return {origin, client};
}

std::optional<Contact> first_mailbox(const std::vector<Contact>& contacts) {
  for (const Contact& contact : contacts) {
    if (is_report_address(contact.address)) return contact;
  }
  return std::nullopt;
}

// A name of the host that has the address by DNS.
std::optional<DomainName> confirmed_host(const Report& report, const ip::Address& source) {
  for (const TracedHop& hop : report.hops) {
    if (hop.received.from.ip != source || !hop.dns.forward_confirmed.value_or(false) ||
        !hop.dns.ptr)
      continue;
    if (hop.dns.ptr->size() == 1) return hop.dns.ptr->front();
    for (const DomainName& name : *hop.dns.ptr) {
      if (report.origin.ip == source && report.origin.rdns == name.text()) return name;
    }
  }
  return std::nullopt;
}

std::optional<Contact> author_contact(const Report& report) {
  if (report.verdict.author != AuthorState::authenticated || report.headers.from.size() != 1)
    return std::nullopt;
  const auto domain = report.headers.from.front().domain_name();
  if (!domain || is_free_mailer(*domain) || is_free_mailer(auth::registrable_domain(*domain)))
    return std::nullopt;
  return role_contact(*domain);
}

}  // namespace

std::optional<ReportedSource> reported_source(const Report& report) {
  const Envelope& envelope = report.envelope;
  const auto& client = envelope.client_ip;
  if (client && is_public(*client) &&
      family_of_inner_address(*client, envelope.helo.value_or("")) == nullptr)
    return ReportedSource{*client, true};
  if (report.origin.ip) return ReportedSource{*report.origin.ip, false};
  return std::nullopt;
}

std::vector<const Handle*> trusted_handles(const Report& report) {
  std::vector<const Handle*> out;
  for (const Handle& handle : report.handles) {
    if (handle.trusted && !handle.report_to.empty()) out.push_back(&handle);
  }
  return out;
}

std::vector<Addressee> addressees(const Report& report) {
  std::vector<Addressee> out;
  const auto at = [&out](const Contact& contact,
                         const std::optional<ip::Address>& network = {}) -> Addressee& {
    const auto known = std::ranges::find_if(out, [&](const Addressee& addressee) {
      return text::iequals(addressee.contact.address, contact.address);
    });
    return known != out.end() ? *known : out.emplace_back(Addressee{contact, network, {}});
  };
  for (const Handle* handle : trusted_handles(report)) {
    for (const Contact& contact : handle->report_to) at(contact).handles.push_back(handle);
  }
  const auto source = reported_source(report);
  const Networks network = networks(report, source ? std::optional(source->address) : std::nullopt);
  for (const NetworkContacts& each : {network.of_source, network.of_other}) {
    for (const Contact& contact : each.contacts) at(contact, each.of);
  }
  return out;
}

std::optional<Contact> contact_for(const Report& report, const ip::Address& source) {
  for (const Handle* handle : trusted_handles(report)) {
    if (const auto contact = first_mailbox(handle->report_to)) return contact;
  }
  if (const auto contact = first_mailbox(networks(report, source).of_source.contacts))
    return contact;
  if (const auto host = confirmed_host(report, source)) {
    if (const auto contact = role_contact(*host)) return contact;
  }
  return author_contact(report);
}

std::optional<Contact> failure_contact(const Report& report) {
  const auto owner = report.dmarc.record_domain
                         ? DomainName::parse_host(*report.dmarc.record_domain)
                         : std::nullopt;
  if (!owner) return std::nullopt;
  for (const std::string_view uri : report.dmarc.failure_reports) {
    if (!text::istarts_with(uri, "mailto:")) continue;
    const auto address = uri.substr(7, uri.find_first_of("?!") - 7);
    const auto domain = domain_of_address(address);
    if (domain && is_report_address(address) && auth::same_organization(*domain, *owner))
      return Contact{std::string(address), "dmarc-ruf"};
  }
  return std::nullopt;
}

}  // namespace emltrace::trace
