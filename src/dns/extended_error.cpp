#include "dns/extended_error.hpp"

#include <array>
#include <cstdint>

#include "base/text.hpp"

namespace emltrace::dns {
namespace {

constexpr unsigned kOptionCode = 15;
constexpr std::size_t kOptionHead = 4;  // code and length
constexpr std::size_t kInfoCode = 2;

// The IANA registry "Extended DNS Error Codes", by number.
constexpr std::array<std::string_view, 31> kNames = {
    "Other Error",
    "Unsupported DNSKEY Algorithm",
    "Unsupported DS Digest Type",
    "Stale Answer",
    "Forged Answer",
    "DNSSEC Indeterminate",
    "DNSSEC Bogus",
    "Signature Expired",
    "Signature Not Yet Valid",
    "DNSKEY Missing",
    "RRSIGs Missing",
    "No Zone Key Bit Set",
    "NSEC Missing",
    "Cached Error",
    "Not Ready",
    "Blocked",
    "Censored",
    "Filtered",
    "Prohibited",
    "Stale NXDomain Answer",
    "Not Authoritative",
    "Not Supported",
    "No Reachable Authority",
    "Network Error",
    "Invalid Data",
    "Signature Expired before Valid",
    "Too Early",
    "Unsupported NSEC3 Iterations Value",
    "Unable to conform to policy",
    "Synthesized",
    "Invalid Query Type",
};

constexpr unsigned kForged = 4;
constexpr unsigned kBlocked = 15;
constexpr unsigned kCensored = 16;
constexpr unsigned kFiltered = 17;

unsigned number_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]) * 256U + static_cast<std::uint8_t>(bytes[at + 1]);
}

std::string name_of(unsigned code) {
  return code < kNames.size() ? std::string(kNames[code])
                              : "extended error " + std::to_string(code);
}

/// RFC 8914 2: UTF-8, and it may end in a NUL that the length counts.
std::string extra_text(std::string_view bytes) {
  while (bytes.ends_with('\0')) bytes.remove_suffix(1);
  const bool cut = bytes.size() > kMaxExtraText;
  return text::to_valid_utf8(bytes.substr(0, kMaxExtraText)) + (cut ? " …" : "");
}

}  // namespace

ExtendedErrors read_extended_errors(std::string_view options) {
  ExtendedErrors errors;
  std::size_t told = 0;
  while (options.size() >= kOptionHead) {
    const unsigned code = number_at(options, 0);
    const std::size_t length = number_at(options, 2);
    options.remove_prefix(kOptionHead);
    if (length > options.size()) break;
    const std::string_view data = options.substr(0, length);
    options.remove_prefix(length);
    if (code != kOptionCode || length < kInfoCode) continue;
    const unsigned info = number_at(data, 0);
    errors.withheld = errors.withheld || info == kForged || info == kBlocked || info == kCensored ||
                      info == kFiltered;
    if (++told > kMaxExtendedErrors) continue;
    const std::string extra = extra_text(data.substr(kInfoCode));
    if (!errors.text.empty()) errors.text += "; ";
    errors.text += name_of(info) + (extra.empty() ? "" : ": " + extra);
  }
  return errors;
}

}  // namespace emltrace::dns
