#pragma once

#include <chrono>
#include <string>

#include "base/date.hpp"
#include "base/ip.hpp"
#include "base/result.hpp"
#include "dns/resolv_conf.hpp"
#include "trace/route/trust_rule.hpp"

/// Values of options from the texts that were typed. An error says what is wrong with the text; the
/// option is named by the caller.
namespace emltrace::cli {

/// `2`, `0.5`: a time in seconds, from a millisecond to a day.
[[nodiscard]] Result<std::chrono::milliseconds> read_seconds(const std::string& text);
/// RFC 3339, or whole seconds since 1970.
[[nodiscard]] Result<Instant> read_time(const std::string& text);
/// An IP address.
[[nodiscard]] Result<ip::Address> read_address(const std::string& text);
/// `a@b`, `<a@b>`, and `<>` or an empty text for the null path (RFC 5321 4.1.2), which is empty.
[[nodiscard]] Result<std::string> read_path(const std::string& text);
/// A host name, `.suffix`, address or network.
[[nodiscard]] Result<trace::TrustRule> read_trust_rule(const std::string& text);
/// As dns::parse_server.
[[nodiscard]] Result<dns::Server> read_server(const std::string& text);
/// A code of the catalogue of findings.
[[nodiscard]] Result<std::string> read_finding_code(const std::string& text);
/// Any text but an empty one.
[[nodiscard]] Result<std::string> read_filled(const std::string& text);

}  // namespace emltrace::cli
