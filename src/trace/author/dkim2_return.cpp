#include "trace/author/dkim2_return.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "auth/dkim2/custody.hpp"
#include "base/domain.hpp"
#include "base/text.hpp"
#include "message/rewritten_sender.hpp"
#include "trace/finding/sentence.hpp"

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
  const auto add = [&](const char* what, Sentence sentence) {
    out.push_back(make_finding(std::move(sentence), {{"problem", what}}));
    out.back().line = newest->line;
  };
  const std::string domain = newest->domain.value_or(words<"unnamed-domain">());
  const auto last = with<"domain">(domain);
  const auto& signers = wrapper.notice_signers;
  if (!signers.empty() && was_sent_to(*newest, signers.front()) == false) {
    add("signer", say<"dkim2-return-mismatch/signer">(last, with<"signer">(signers.front())));
  }
  const auto& mail_from = newest->mail_from;
  if (mail_from && mail_from->empty()) {
    add("null-path", say<"dkim2-return-mismatch/null-path">(last));
  } else if (mail_from && !wrapper.notice_recipients.empty() &&
             std::ranges::none_of(wrapper.notice_recipients, [&](const std::string& recipient) {
               return goes_to(recipient, *mail_from);
             })) {
    add("recipient", say<"dkim2-return-mismatch/recipient">(
                         last, with<"recipient">(wrapper.notice_recipients.front()),
                         with<"sender">(*mail_from)));
  }
  return out;
}

}  // namespace emltrace::trace
