#pragma once

#include <string>

#include "base/domain.hpp"
#include "base/ip.hpp"
#include "base/result.hpp"
#include "trace/route/trust_rule.hpp"

/// What a user says of a route, read from texts. An error says what is wrong with the text; the
/// option is named by the caller.
namespace emltrace::report::library {

[[nodiscard]] Result<ip::Address> read_address(const std::string& text);
/// `a@b`, `<a@b>`, and `<>` or an empty text for the null path (RFC 5321 4.1.2), which is empty.
[[nodiscard]] Result<std::string> read_path(const std::string& text);
/// `a@b`, `<a@b>`, and `postmaster` alone (RFC 5321 4.1.1.3); no null path.
[[nodiscard]] Result<std::string> read_recipient(const std::string& text);
[[nodiscard]] Result<DomainName> read_domain(const std::string& text);
/// A domain of two labels or more, for a user's own.
[[nodiscard]] Result<DomainName> read_own_domain(const std::string& text);
/// A person's name in UTF-8, with a letter in it.
[[nodiscard]] Result<std::string> read_person(const std::string& text);
/// A host name, `.suffix`, address or network.
[[nodiscard]] Result<trace::TrustRule> read_trust_rule(const std::string& text);

}  // namespace emltrace::report::library
