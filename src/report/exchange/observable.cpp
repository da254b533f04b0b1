#include "report/exchange/observable.hpp"

#include <utility>
#include <variant>

#include "base/domain.hpp"
#include "message/mailbox.hpp"

namespace emltrace::report {
namespace {

// What nobody outside can look up tells of no one; documentation networks stand for what can be.
bool can_be_looked_up(const ip::Address& address) {
  const ip::Scope scope = address.scope();
  return scope == ip::Scope::global || scope == ip::Scope::documentation;
}

}  // namespace

void Observables::add(std::string_view type, std::string value, std::string_view role,
                      trace::Standing standing) {
  if (value.empty()) return;
  std::string key(type);
  for (const std::string_view part : {std::string_view(value), role, trace::to_string(standing)}) {
    key += '\t';
    key += part;
  }
  if (known_.contains(key)) return;
  if (all_.size() >= kMaxObservables) {
    ++left_out_;
    return;
  }
  known_.insert(std::move(key));
  all_.push_back({type, std::move(value), role, standing});
}

void Observables::address(const ip::Address& address, std::string_view role,
                          trace::Standing standing) {
  if (can_be_looked_up(address)) add("ip", address.text(), role, standing);
}

void Observables::address(const std::optional<ip::Address>& found, std::string_view role,
                          trace::Standing standing) {
  if (found) address(*found, role, standing);
}

void Observables::name(const std::optional<std::string>& name, std::string_view role,
                       trace::Standing standing) {
  const auto host = name ? DomainName::parse_host(*name) : std::nullopt;
  if (host) add("domain", host->text(), role, standing);
}

void Observables::host(const Url& url, std::string_view role, trace::Standing standing) {
  if (const auto* found = std::get_if<ip::Address>(&url.host)) {
    address(*found, role, standing);
  } else if (const auto* name = std::get_if<DomainName>(&url.host)) {
    add("domain", name->text(), role, standing);
  }
}

void Observables::mailbox(std::string_view mailbox, std::string_view role, trace::Standing standing,
                          bool with_domain) {
  const std::string_view domain = domain_part(mailbox);
  if (domain.empty()) return;
  add("email", std::string(mailbox), role, standing);
  if (with_domain) name(std::string(domain), role, standing);
}

}  // namespace emltrace::report
