#include "report/library/settings.hpp"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "dns/offline.hpp"
#include "dns/resolver.hpp"
#include "dns/zone.hpp"
#include "report/library/settled.hpp"
#include "report/library/values.hpp"

namespace emltrace::report::library {
namespace {

Error wrong(std::string_view option, std::string_view reason) {
  return {fmt::format("{}: {}", option, reason)};
}

/// Reads a text that was given; the error names the option.
template <class T>
std::optional<Error> read_given(std::string_view option, const std::optional<std::string>& text,
                                Result<T> (*read)(const std::string&), std::optional<T>& into) {
  if (!text) return std::nullopt;
  auto value = read(*text);
  if (!value) return wrong(option, value.error());
  into = *std::move(value);
  return std::nullopt;
}

std::optional<Error> read_route(const v1::Options& options, trace::Options& out) {
  for (const std::string& text : options.trust) {
    auto rule = read_trust_rule(text);
    if (!rule) return wrong("trust", rule.error());
    out.trust.push_back(*std::move(rule));
  }
  if (options.border && *options.border < 1) return wrong("border", "hops are numbered from 1");
  out.border = options.border;
  if (auto error = read_given("client_ip", options.client_ip, read_address, out.client_ip)) {
    return error;
  }
  out.helo = options.helo;
  if (auto error = read_given("mail_from", options.mail_from, read_path, out.mail_from)) {
    return error;
  }
  return read_given("rcpt_to", options.rcpt_to, read_recipient, out.rcpt_to);
}

std::optional<Error> read_protected(const v1::Options& options, trace::Protected& out) {
  for (const std::string& text : options.own) {
    auto domain = read_own_domain(text);
    if (!domain) return wrong("own", domain.error());
    out.domains.push_back(*std::move(domain));
  }
  for (const std::string& text : options.vip) {
    auto person = read_person(text);
    if (!person) return wrong("vip", person.error());
    out.people.push_back(*std::move(person));
  }
  return std::nullopt;
}

using SourceResult = Result<std::unique_ptr<dns::Source>>;

SourceResult open_source(const v1::Options& options) {
  if (options.zone) {
    auto zone = std::make_unique<dns::Zone>();
    if (auto added = zone->add_text(*options.zone, "zone"); !added) return Error{added.error()};
    return SourceResult(std::move(zone));
  }
  if (options.offline) return SourceResult(std::make_unique<dns::Offline>());
  std::vector<dns::Server> servers;
  for (const std::string& text : options.resolvers) {
    auto server = dns::parse_server(text);
    if (!server) return wrong("resolvers", server.error());
    servers.push_back(*server);
  }
  return SourceResult(
      std::make_unique<dns::Resolver>(resolver_options(std::move(servers), options.timeout)));
}

intake::AttachedMode attached_mode(v1::Attached attached) {
  switch (attached) {
    case v1::Attached::automatic:
      return intake::AttachedMode::automatic;
    case v1::Attached::never:
      return intake::AttachedMode::never;
    case v1::Attached::all:
      return intake::AttachedMode::all;
  }
  return intake::AttachedMode::automatic;
}

}  // namespace

Result<Settings> read_settings(const v1::Options& options) {
  Settings out;
  out.input.attached = attached_mode(options.attached);
  out.input.passwords = options.passwords;
  if (auto error = read_route(options, out.analysis)) return *error;
  if (auto error = read_protected(options, out.analysis.ours)) return *error;
  if (options.timeout.count() <= 0) return wrong("timeout", "is no time to wait");
  if (options.deadline.count() <= 0) return wrong("deadline", "is no time to wait");
  auto source = open_source(options);
  if (!source) return Error{source.error()};
  out.source = std::move(*source);
  out.dns = {options.deadline, options.trust_ad};
  out.analysis.now_given = options.now.has_value();
  out.analysis.now = options.now.value_or(present());
  out.analysis.repair = options.repair;
  out.analysis.dns_available = !options.offline || options.zone.has_value();
  return out;
}

}  // namespace emltrace::report::library
