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
#include "message/rewritten_sender.hpp"
#include "trace/author/handle_rows.hpp"
#include "trace/clock/codec.hpp"

namespace emltrace::trace {
namespace {

using namespace operators;
using enum HandleKind;

// An envelope sender, and what stands before and behind its last '@'.
struct Path {
  std::string_view whole, local, domain;
};

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
  set_claim(out.add(account, rest.substr(0, first), &kSendGrid),
            unrolled_address(rest.substr(second + 1)));
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
            unrolled_address(rest.substr(end + 1)));
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

// By the schemes of forwarders, of lists and of the sender's own host.
bool rewritten(const Path& path, HandleReading& out) {
  const auto read = read_rewritten_sender(path.whole);
  if (!read) return false;
  const bool mailbox = read->by == SenderRewriting::forwarding;
  const std::string value =
      mailbox ? fmt::format("{}@{}", read->mark, path.domain) : std::string(read->mark);
  ClaimedHandle* claimed = out.add_of_domain(mailbox ? account : message, value, path.domain);
  set_claim(claimed, read->recipient);
  if (claimed == nullptr) return true;
  claimed->handle.original_sender = read->sender;
  if (mailbox) claimed->handle.note = "the forwarding mailbox, not the sender's";
  return true;
}

}  // namespace

void read_sender_address(std::string_view address, HandleReading& out) {
  const std::size_t at = address.rfind('@');
  if (at == address.npos) return;
  const Path path{address, address.substr(0, at), address.substr(at + 1)};
  for (const auto read : {ses, sendgrid, mailgun, mailchimp, sparkpost, salesforce, rewritten}) {
    if (read(path, out)) return;
  }
}

}  // namespace emltrace::trace
