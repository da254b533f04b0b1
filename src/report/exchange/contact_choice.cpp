#include "report/exchange/contact_choice.hpp"

#include <algorithm>
#include <string_view>

#include "auth/dmarc/org_domain.hpp"
#include "base/text.hpp"
#include "message/mailbox.hpp"
#include "trace/author/free_mailers.hpp"
#include "trace/route/abuse_contacts.hpp"

namespace emltrace::report {
namespace {

std::optional<trace::Contact> first_mailbox(const std::vector<trace::Contact>& contacts) {
  for (const trace::Contact& contact : contacts) {
    if (trace::is_report_address(contact.address)) return contact;
  }
  return std::nullopt;
}

// A name of the host that has the address by DNS.
std::optional<DomainName> confirmed_host(const trace::Report& report, const ip::Address& source) {
  for (const trace::TracedHop& hop : report.hops) {
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

std::optional<trace::Contact> author_contact(const trace::Report& report) {
  if (report.verdict.author != trace::AuthorState::authenticated || report.headers.from.size() != 1)
    return std::nullopt;
  const auto domain = report.headers.from.front().domain_name();
  if (!domain || trace::is_free_mailer(*domain) ||
      trace::is_free_mailer(auth::registrable_domain(*domain)))
    return std::nullopt;
  return trace::role_contact(*domain);
}

}  // namespace

std::vector<const trace::Handle*> trusted_handles(const trace::Report& report) {
  std::vector<const trace::Handle*> out;
  for (const trace::Handle& handle : report.handles) {
    if (handle.trusted && !handle.report_to.empty()) out.push_back(&handle);
  }
  return out;
}

std::optional<trace::Contact> contact_for(const trace::Report& report, const ip::Address& source) {
  for (const trace::Handle* handle : trusted_handles(report)) {
    if (const auto contact = first_mailbox(handle->report_to)) return contact;
  }
  const auto& enrichment = report.enrichment;
  const auto& network = report.origin.ip == source ? enrichment.abuse : enrichment.client_abuse;
  if (const auto contact = first_mailbox(network)) return contact;
  if (const auto host = confirmed_host(report, source)) {
    if (const auto contact = trace::role_contact(*host)) return contact;
  }
  return author_contact(report);
}

std::optional<trace::Contact> failure_contact(const trace::Report& report) {
  const auto owner = report.dmarc.record_domain
                         ? DomainName::parse_host(*report.dmarc.record_domain)
                         : std::nullopt;
  if (!owner) return std::nullopt;
  for (const std::string_view uri : report.dmarc.failure_reports) {
    if (!text::istarts_with(uri, "mailto:")) continue;
    const auto address = uri.substr(7, uri.find_first_of("?!") - 7);
    const auto domain = domain_of_address(address);
    if (domain && trace::is_report_address(address) && auth::same_organization(*domain, *owner))
      return trace::Contact{std::string(address), "dmarc-ruf"};
  }
  return std::nullopt;
}

}  // namespace emltrace::report
