#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/text.hpp"
#include "message/mailbox.hpp"
#include "trace/author/handle_rows.hpp"
#include "trace/clock/codec.hpp"

namespace emltrace::trace {
namespace {

using namespace operators;
using enum HandleKind;

// An envelope sender in two.
struct Path {
  std::string_view local, domain;
};

// `local=domain` as an address, where the domain is a host's; null else.
std::optional<std::string> unrolled(std::string_view text) {
  const std::size_t sign = text.rfind('=');
  if (sign == text.npos || sign == 0 || !DomainName::parse_host(text.substr(sign + 1)))
    return std::nullopt;
  return std::string(text.substr(0, sign)) + '@' + std::string(text.substr(sign + 1));
}

// Who wrote it down or not: MAIL FROM is the client's word.
void set_claim(ClaimedHandle* claimed, std::optional<std::string> recipient = {}) {
  if (claimed == nullptr) return;
  claimed->by_client = true;
  claimed->handle.recipient = std::move(recipient);
}

// Amazon SES: 16 hexadecimal digits, a UUID, a counter.
bool ses(const Path& path, HandleReading& out) {
  constexpr std::array<std::size_t, 7> kLengths = {16, 8, 4, 4, 4, 12, 6};
  const auto parts = text::split(path.local, '-');
  if (parts.size() != kLengths.size()) return false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].size() != kLengths[i] || !codec::is_hex(parts[i])) return false;
  }
  set_claim(out.add(message, path.local, &kSes));
  return true;
}

// SendGrid: `bounces+UID-xxxx-rcpt=domain`
bool sendgrid(const Path& path, HandleReading& out) {
  constexpr std::string_view kBegin = "bounces+";
  if (!path.local.starts_with(kBegin)) return false;
  const std::string_view rest = path.local.substr(kBegin.size());
  const std::size_t first = rest.find('-');
  const std::size_t second = first == rest.npos ? rest.npos : rest.find('-', first + 1);
  if (second == rest.npos || !codec::is_digits(rest.substr(0, first))) return false;
  set_claim(out.add(account, rest.substr(0, first), &kSendGrid), unrolled(rest.substr(second + 1)));
  return true;
}

// Mailgun: `bounce+hash.hash-rcpt=domain`
bool mailgun(const Path& path, HandleReading& out) {
  constexpr std::string_view kBegin = "bounce+";
  if (!path.local.starts_with(kBegin)) return false;
  const std::string_view rest = path.local.substr(kBegin.size());
  const std::size_t dot = rest.find('.');
  const std::size_t end = rest.find('-');
  if (dot >= end || end == rest.npos || !codec::is_hex(rest.substr(0, dot)) ||
      !codec::is_hex(rest.substr(dot + 1, end - dot - 1)))
    return false;
  set_claim(out.add(account, rest.substr(dot + 1, end - dot - 1), &kMailgun),
            unrolled(rest.substr(end + 1)));
  return true;
}

// Mailchimp: `bounce-mc.usN_ACCOUNT.CAMPAIGN-…`; Mandrill: `bounce-md_ACCOUNT.…`
bool mailchimp(const Path& path, HandleReading& out) {
  constexpr std::string_view kMailchimpBegin = "bounce-mc.us", kMandrillBegin = "bounce-md_";
  const bool mandrill = path.local.starts_with(kMandrillBegin);
  if (!mandrill && !path.local.starts_with(kMailchimpBegin)) return false;
  const std::size_t begin = path.local.find('_') + 1;
  const std::size_t end = begin == 0 ? path.local.npos : path.local.find('.', begin);
  if (end == path.local.npos || !codec::is_digits(path.local.substr(begin, end - begin)))
    return false;
  set_claim(
      out.add(account, path.local.substr(begin, end - begin), mandrill ? &kMandrill : &kMailchimp));
  return true;
}

// SparkPost: `msprvs1=DDDDDsig=bounces-CUSTOMER[-SUBACCOUNT]`, good until day DDDDD since 1970.
bool sparkpost(const Path& path, HandleReading& out) {
  constexpr std::string_view kBegin = "msprvs1=", kBounces = "=bounces-";
  constexpr std::size_t kDays = 5;
  const std::size_t at = path.local.find(kBounces);
  if (!path.local.starts_with(kBegin) || at == path.local.npos) return false;
  const std::string_view customer = path.local.substr(at + kBounces.size());
  const auto days = text::parse_unsigned(path.local.substr(kBegin.size(), kDays));
  ClaimedHandle* claimed = out.add(account, customer.substr(0, customer.find('-')), &kSparkPost);
  set_claim(claimed);
  if (claimed == nullptr || !days || at < kBegin.size() + kDays) return claimed != nullptr;
  const Instant day{std::chrono::days(*days)};
  claimed->handle.expires_on = format_rfc3339(day).substr(0, 10);
  return true;
}

// Salesforce: `bounce-N_HTML-subscriber-JOB-MID-…`
bool salesforce(const Path& path, HandleReading& out) {
  const auto parts = text::split(path.local, '-');
  const bool fits = parts.size() >= 6 && parts[0] == "bounce" &&
                    (parts[1].ends_with("_HTML") || parts[1].ends_with("_TEXT")) &&
                    codec::is_digits(parts[2]) && codec::is_digits(parts[3]) &&
                    codec::is_digits(parts[4]);
  if (fits) set_claim(out.add(tenant, parts[4], &kSalesforce));
  return fits;
}

// The sender rewriting scheme: `SRS0=HHHH=TT=domain=local@forwarder`,
// `SRS1=HHHH=first==HHHH=TT=domain=local@forwarder`, and Exchange's, which does not hold it.
bool srs(const Path& path, HandleReading& out) {
  constexpr std::string_view kExchange = "bounces+SRS=";
  if (path.local.starts_with(kExchange)) {
    set_claim(out.add_of_domain(message, path.local, path.domain));
    return true;
  }
  const bool second = text::istarts_with(path.local, "SRS1");
  if (path.local.size() < 5 || (!second && !text::istarts_with(path.local, "SRS0"))) return false;
  if (std::string_view("=+-").find(path.local[4]) == std::string_view::npos) return false;
  const auto parts = text::split(path.local.substr(5), '=');
  // HHHH TT domain local…, behind HHHH first "" in a second one; there the sign may be another.
  const std::size_t skip = second ? 3 : 0;
  if (parts.size() < skip + 4) return false;
  const std::string_view domain = parts[skip + 2];
  // Offset behind a part.
  const auto behind = [&](std::string_view part) {
    return static_cast<std::size_t>(part.data() + part.size() - path.local.data());
  };
  ClaimedHandle* claimed =
      out.add_of_domain(message, path.local.substr(0, behind(parts[1])), path.domain);
  set_claim(claimed);
  if (claimed != nullptr && DomainName::parse_host(domain)) {
    claimed->handle.original_sender =
        std::string(path.local.substr(behind(domain) + 1)) + '@' + std::string(domain);
  }
  return true;
}

// Bounce address tag validation: `prvs=KDDDSSSSSS=local@domain`
bool batv(const Path& path, HandleReading& out) {
  constexpr std::string_view kBegin = "prvs=";
  constexpr std::size_t kTag = 10, kDigits = 4;
  if (!text::istarts_with(path.local, kBegin)) return false;
  const std::string_view tag = path.local.substr(kBegin.size(), kTag);
  const std::size_t end = kBegin.size() + kTag;
  if (tag.size() < kTag || end + 1 >= path.local.size() || path.local[end] != '=' ||
      !codec::is_digits(tag.substr(0, kDigits)) || !codec::is_hex(tag.substr(kDigits)))
    return false;
  ClaimedHandle* claimed = out.add_of_domain(message, path.local.substr(0, end), path.domain);
  set_claim(claimed);
  if (claimed == nullptr) return true;
  claimed->handle.original_sender =
      std::string(path.local.substr(end + 1)) + '@' + std::string(path.domain);
  return true;
}

// Gmail forwards as `local+caf_=rcpt=domain@gmail.com`.
bool gmail_forwarding(const Path& path, HandleReading& out) {
  constexpr std::string_view kMark = "+caf_=";
  const std::size_t at = path.local.find(kMark);
  if (at == path.local.npos || at == 0) return false;
  const std::string mailbox =
      std::string(path.local.substr(0, at)) + '@' + std::string(path.domain);
  ClaimedHandle* claimed = out.add_of_domain(account, mailbox, path.domain);
  set_claim(claimed, unrolled(path.local.substr(at + kMark.size())));
  if (claimed != nullptr) claimed->handle.note = "the forwarding mailbox, not the sender's";
  return true;
}

// Variable envelope return paths: `list+rcpt=domain`, `bounce-rcpt=domain`.
bool verp(const Path& path, HandleReading& out) {
  const std::size_t sign = path.local.rfind('=');
  const std::size_t mark =
      sign == path.local.npos ? path.local.npos : path.local.find_last_of("+-", sign);
  if (mark == path.local.npos || mark == 0 || mark + 1 >= sign) return false;
  auto recipient = unrolled(path.local.substr(mark + 1));
  if (!recipient) return false;
  set_claim(out.add_of_domain(message, path.local.substr(0, mark), path.domain),
            std::move(recipient));
  return true;
}

}  // namespace

void read_sender_address(std::string_view address, HandleReading& out) {
  const std::size_t at = address.rfind('@');
  if (at == address.npos) return;
  const Path path{address.substr(0, at), address.substr(at + 1)};
  for (const auto read : {ses, sendgrid, mailgun, mailchimp, sparkpost, salesforce, srs, batv,
                          gmail_forwarding, verp}) {
    if (read(path, out)) return;
  }
}

}  // namespace emltrace::trace
