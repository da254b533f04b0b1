#include "report/text/hosts.hpp"

#include "auth/dmarc/org_domain.hpp"
#include "base/domain.hpp"
#include "base/text.hpp"
#include "trace/route/families.hpp"
#include "trace/route/host_facts.hpp"

namespace emltrace::report {
namespace {

std::optional<std::string> system_of(const std::optional<std::string>& host) {
  if (!host) return std::nullopt;
  const auto name = DomainName::parse_host(*host);
  if (!name || trace::is_private_name(*name)) return std::nullopt;
  if (const trace::Family* family = trace::family_of_host(*name)) return std::string(family->title);
  return auth::registrable_domain(*name).text();
}

}  // namespace

Runs host_runs(std::string_view name, Style style) {
  const auto host = DomainName::parse_host(name);
  if (!host) return {{std::string(name), style}};
  const std::string domain = auth::registrable_domain(*host).text();
  // A name in letters beyond US-ASCII is longer in the form that was compared.
  if (domain.size() > name.size() ||
      !text::iequals(name.substr(name.size() - domain.size()), domain)) {
    return {{std::string(name), style}};
  }
  Runs out;
  if (domain.size() < name.size())
    out.emplace_back(std::string(name.substr(0, name.size() - domain.size())), style);
  out.push_back(strong_run(std::string(name.substr(name.size() - domain.size())), style));
  return out;
}

std::optional<std::string> system_of_writer(const trace::TracedHop& hop) {
  if (const trace::Family* family = trace::family_of_writer(hop.received))
    return std::string(family->title);
  return system_of(hop.received.by.host);
}

std::optional<std::string> system_of_client(const trace::TracedHop& hop) {
  const Received::From& from = hop.received.from;
  if (from.rdns) return system_of(from.rdns);
  return system_of(from.helo);
}

}  // namespace emltrace::report
