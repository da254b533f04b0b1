#include "report/library/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "base/unicode.hpp"
#include "message/address.hpp"

namespace emltrace::report::library {

Result<ip::Address> read_address(const std::string& text) {
  if (auto address = ip::Address::parse(text)) return *address;
  return Error{fmt::format("\"{}\" is no IP address", text)};
}

Result<std::string> read_path(const std::string& text) {
  if (text.empty()) return text;
  auto path = parse_path(text);
  if (path && (path->empty() || path->find('@') != std::string::npos)) return *std::move(path);
  return Error{fmt::format("\"{}\" is neither an address nor <>", text)};
}

Result<std::string> read_recipient(const std::string& text) {
  auto path = parse_path(text);
  if (path && (path->find('@') != std::string::npos || text::iequals(*path, "postmaster"))) {
    return *std::move(path);
  }
  return Error{fmt::format("\"{}\" is no address", text)};
}

Result<DomainName> read_domain(const std::string& text) {
  if (auto domain = DomainName::parse(text)) return *std::move(domain);
  return Error{fmt::format("\"{}\" is no domain name", text)};
}

Result<DomainName> read_own_domain(const std::string& text) {
  if (auto domain = DomainName::parse_host(text)) return *std::move(domain);
  return Error{fmt::format("\"{}\" is no domain name of two labels or more", text)};
}

Result<std::string> read_person(const std::string& text) {
  if (text::is_utf8(text) && std::ranges::any_of(unicode::decode(text), unicode::is_letter))
    return text;
  return Error{fmt::format("\"{}\" is no name", text)};
}

Result<trace::TrustRule> read_trust_rule(const std::string& text) {
  if (auto rule = trace::TrustRule::parse(text)) return *std::move(rule);
  return Error{fmt::format("\"{}\" is no host name, .suffix or network", text)};
}

}  // namespace emltrace::report::library
