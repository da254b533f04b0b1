#include "trace/author/envelope_habit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "message/mailbox.hpp"
#include "message/rewritten_sender.hpp"
#include "trace/route/families.hpp"
#include "trace/route/relation.hpp"

namespace emltrace::trace {
namespace {

constexpr std::size_t kMaxRecipients = 20;

// `list-bounces+bob=recipient.example@list.example`, `bounce-7-bob#recipient.example@…`
bool names_recipient(std::string_view local_part, std::string_view recipient) {
  const std::string_view domain = domain_part(recipient);
  if (domain.empty() || recipient.size() == domain.size() + 1) return false;
  const std::string user(recipient.substr(0, recipient.size() - domain.size() - 1));
  constexpr auto kSigns = std::to_array<std::string_view>({"=", "#", "%", "-at-", "=40", "."});
  return std::ranges::any_of(kSigns, [&](std::string_view sign) {
    const std::string coded = fmt::format("{}{}{}", user, sign, domain);
    return text::ifind(local_part, coded) != std::string_view::npos;
  });
}

bool is_verp(std::string_view local_part, const Examined& mail) {
  std::vector<std::string> recipients;
  if (mail.route.envelope.rcpt_to) recipients.push_back(*mail.route.envelope.rcpt_to);
  for (const Mailbox& mailbox : mail.headers.to) {
    if (recipients.size() == kMaxRecipients) break;
    recipients.push_back(mailbox.address());
  }
  return std::ranges::any_of(recipients, [&](const std::string& recipient) {
    return names_recipient(local_part, recipient);
  });
}

}  // namespace

std::string envelope_habit(const Examined& mail) {
  if (mail.route.list_mail) return "a mailing list";
  const auto& path = mail.route.envelope.mail_from;
  const auto domain = domain_of_address(path);
  if (!path || !domain) return {};
  const std::string_view local_part =
      std::string_view(*path).substr(0, path->size() - domain_part(*path).size() - 1);
  const auto rewritten = read_rewritten_sender(*path);
  if (rewritten && rewritten->by == SenderRewriting::srs) return "a forwarder's rewriting";
  if (is_verp(local_part, mail)) return "a bounce address made for this recipient";
  const Family* family = family_of_host(*domain);
  if (family != nullptr && family->sending_service) return std::string(family->title);
  return {};
}

}  // namespace emltrace::trace
