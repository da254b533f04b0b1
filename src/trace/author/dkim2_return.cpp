#include "trace/author/dkim2_return.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "auth/dkim2/custody.hpp"
#include "base/domain.hpp"
#include "base/text.hpp"
#include "message/rewritten_sender.hpp"

namespace emltrace::trace {
namespace {

// Null where the notification is not signed, or the signature names no recipient.
std::optional<bool> was_sent_to(const dkim2::SignatureVerdict& newest,
                                const std::string& notifier) {
  const auto domain = DomainName::parse(notifier);
  if (!domain || newest.rcpt_to.empty()) return std::nullopt;
  return std::ranges::any_of(newest.rcpt_to, [&](const std::string& recipient) {
    return dkim2::is_under(recipient, *domain);
  });
}

// A forwarder behind the signer gives a notification back to whom it stands for.
bool goes_to(const std::string& recipient, const std::string& mail_from) {
  if (text::iequals(recipient, mail_from)) return true;
  const auto rewritten = read_rewritten_sender(recipient);
  return rewritten && rewritten->sender && text::iequals(*rewritten->sender, mail_from);
}

}  // namespace

std::vector<Finding> dkim2_return_findings(const dkim2::Verdict& verdict,
                                           const intake::WrapperFacts& wrapper) {
  const dkim2::SignatureVerdict* newest = wrapper.returned ? verdict.newest() : nullptr;
  if (newest == nullptr || (newest->is_decided() && !newest->is_verified())) return {};
  std::vector<Finding> out;
  const auto add = [&](const char* what, const std::string& words) {
    out.push_back(make_finding("dkim2-return-mismatch",
                               fmt::format("The notification does not fit the message that it "
                                           "returns, which {} signed last: {}.",
                                           newest->domain.value_or("an unnamed domain"), words),
                               {{"problem", what}}));
    out.back().line = newest->line;
  };
  const auto& signers = wrapper.notice_signers;
  if (!signers.empty() && was_sent_to(*newest, signers.front()) == false) {
    add("signer", fmt::format("{} signed the notification, and no recipient of the message is "
                              "there",
                              signers.front()));
  }
  const auto& mail_from = newest->mail_from;
  if (mail_from && mail_from->empty()) {
    add("null-path", "its sender wants no notification");
  } else if (mail_from && !wrapper.notice_recipients.empty() &&
             std::ranges::none_of(wrapper.notice_recipients, [&](const std::string& recipient) {
               return goes_to(recipient, *mail_from);
             })) {
    add("recipient", fmt::format("it went to {}, and the message was sent by {}",
                                 wrapper.notice_recipients.front(), *mail_from));
  }
  return out;
}

}  // namespace emltrace::trace
