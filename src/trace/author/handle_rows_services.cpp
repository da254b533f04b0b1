#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/base64.hpp"
#include "base/json_tree.hpp"
#include "base/text.hpp"
#include "trace/author/handle_rows.hpp"
#include "trace/author/handles.hpp"

namespace emltrace::trace {
namespace {

using namespace operators;
using enum HandleKind;

std::string decoded(std::string_view text) {
  return base64_decode(text.substr(0, kMaxHandleDecoded), true).value_or("");
}

bool is_address(std::string_view text) {
  return text.find('@') != text.npos && text.find_first_of(" \r\n<>") == text.npos;
}

void set_recipient(ClaimedHandle* claimed, std::string_view address) {
  if (claimed != nullptr && is_address(address)) claimed->handle.recipient = std::string(address);
}

// `2026.11.17-198.51.100.12`
void ses_outgoing(std::string_view text, const HandleRow& row, HandleReading& out) {
  out.add(row.kind, text.substr(std::min(text.find('-') + 1, text.size())), row.by);
}

constexpr JsonBounds kJsonBounds{.depth = 8, .values = 400'000};

std::string string_of(const JsonValue& value) {
  return value.kind == JsonValue::Kind::text ? value.text : std::string();
}

// Base64 of `["hash","recipient","hash"]`: the last one is the sending domain's.
void mailgun_sid(std::string_view text, const HandleRow& row, HandleReading& out) {
  const auto json = parse_json(decoded(text), kJsonBounds);
  const bool list = json.root && json.root->elements.size() == 3;
  const std::string domain_hash = list ? string_of(json.root->elements[2]) : std::string(text);
  ClaimedHandle* claimed = out.add(row.kind, domain_hash, row.by);
  if (list) set_recipient(claimed, string_of(json.root->elements[1]));
}

const JsonValue* member(const JsonValue& object, std::string_view key) {
  const auto at = std::ranges::find(object.keys, key);
  const auto index = static_cast<std::size_t>(at - object.keys.begin());
  return at == object.keys.end() ? nullptr : &object.elements[index];
}

std::string text_of(const JsonValue* value) {
  return value == nullptr ? std::string() : value->text;
}

// `signature|base64 of JSON`
void sparkpost_loop(std::string_view text, const HandleRow& row, HandleReading& out) {
  const std::size_t bar = text.find('|');
  const auto json =
      bar == text.npos ? JsonText() : parse_json(decoded(text.substr(bar + 1)), kJsonBounds);
  if (!json.root) {
    out.add(row.kind, text, row.by);
    return;
  }
  ClaimedHandle* claimed = out.add(row.kind, text_of(member(*json.root, "customer_id")), row.by);
  set_recipient(claimed, text_of(member(*json.root, "r")));
}

// `|base64 of m0|ACCOUNT|SERVER|recipient|`
void postmark_recipient(std::string_view text, const HandleRow& row, HandleReading& out) {
  const std::size_t open = text.find('|');
  const std::string inside =
      open == text.npos ? "" : decoded(text.substr(open + 1, text.rfind('|') - open - 1));
  const auto parts = text::split(inside, '|');
  if (parts.size() != 4) {
    out.add(row.kind, text, row.by);
    return;
  }
  set_recipient(out.add(row.kind, parts[1], row.by), parts[3]);
}

// Base64 of `id~recipient~<message-id>~domain`
void brevo_id(std::string_view text, const HandleRow& row, HandleReading& out) {
  const std::string inside = decoded(text);
  const auto parts = text::split(inside, '~');
  if (parts.size() < 3) {
    out.add(row.kind, text, row.by);
    return;
  }
  set_recipient(out.add(row.kind, parts[0], row.by), parts[1]);
}

void coded_recipient(std::string_view text, const HandleRow& row, HandleReading& out) {
  const std::string inside = decoded(text);
  if (is_address(inside)) {
    ClaimedHandle* claimed = out.add(row.kind, text, row.by);
    if (claimed == nullptr) return;
    claimed->handle.value.clear();
    claimed->handle.recipient = inside;
  } else {
    out.add(row.kind, text, row.by);
  }
}

// `mailchimpUSER.CAMPAIGN`; others use the name as they like.
void campaign_id(std::string_view text, const HandleRow& row, HandleReading& out) {
  constexpr std::string_view kMark = "mailchimp";
  const std::size_t dot = text.find('.');
  if (!text.starts_with(kMark) || dot == text.npos) {
    out.add(row.kind, text, nullptr);
    return;
  }
  out.add(row.kind, text.substr(dot + 1), &kMailchimp);
  out.add(account, text.substr(kMark.size(), dot - kMark.size()), &kMailchimp);
}

// `MID_JOB`: the business unit and the run.
void salesforce_job(std::string_view text, const HandleRow& row, HandleReading& out) {
  const std::size_t mark = text.find('_');
  out.add(row.kind, text.substr(0, mark), row.by);
  if (mark != text.npos) out.add(campaign, text.substr(mark + 1), row.by);
}

// `…_ACCOUNT_…@in.constantcontact.com`
void constant_contact_hint(std::string_view text, const HandleRow& row, HandleReading& out) {
  const auto parts = text::split(text, '_');
  const bool known = parts.size() >= 3 && text::ifind(text, "@in.constantcontact.com") != text.npos;
  out.add(row.kind, known ? parts[1] : text, row.by);
}

// `FIRM|type|USER`: the hosting firm and its customer.
void mailchannels_sender(std::string_view text, const HandleRow& row, HandleReading& out) {
  const auto parts = text::split(text, '|');
  if (parts.size() != 3) {
    out.add(row.kind, text, row.by);
    return;
  }
  out.add(row.kind, parts[2], row.by);
  out.add(tenant, parts[0], row.by);
}

// What stands before the name of the service in a Feedback-ID: `a:b:c:NAME`.
struct FeedbackRow {
  std::string_view service;
  const Operator* by;
  HandleKind kind;
  std::size_t part;              // which of them is the handle; kAll: all
  std::string_view letter = {};  // to be taken off
};
constexpr std::size_t kAll = std::string_view::npos;
constexpr FeedbackRow kFeedback[] = {
    {"AmazonSES", &kSes, account, 0},          {"SG", &kSendGrid, account, 0},
    {"mc", &kMailchimp, account, 0},           {"md", &kMandrill, account, 0},
    {"postmark", &kPostmark, account, 2, "a"}, {"sfmktgcld", &kSalesforce, tenant, kAll},
    {"HubSpot", &kHubSpot, account, kAll},     {"Sendinblue", &kBrevo, account, 2},
    {"MJ", &kMailjet, message, kAll},          {"CTCT", &kConstantContact, account, kAll},
};

// Of SES `1.region.HASH=`, the hash.
std::string_view without_region(std::string_view text) {
  const std::size_t first = text.find('.');
  const std::size_t second = first == text.npos ? text.npos : text.find('.', first + 1);
  return second == text.npos ? text : text.substr(second + 1);
}

// Gmail's feedback loop: the last part names the mailer, by whom the others are to be resolved.
void feedback_id(std::string_view text, const HandleRow& row, HandleReading& out) {
  const std::size_t colon = text.rfind(':');
  if (colon == text.npos) {
    out.add(row.kind, text, nullptr);
    return;
  }
  const std::string_view service = text::trim(text.substr(colon + 1));
  const std::string_view left = text::trim(text.substr(0, colon));
  const auto known = std::ranges::find_if(kFeedback, [&](const FeedbackRow& candidate) {
    return text::iequals(candidate.service, service);
  });
  if (known == std::end(kFeedback)) {
    ClaimedHandle* claimed = out.add(row.kind, left, nullptr);
    if (claimed != nullptr && !service.empty())
      claimed->handle.operator_name = std::string(text::head_of(service, kMaxHandleValue));
    return;
  }
  const auto parts = text::split(left, ':');
  std::string_view value = known->part < parts.size() ? text::trim(parts[known->part]) : left;
  if (known->by == &kSes) value = without_region(value);
  if (!known->letter.empty() && value.starts_with(known->letter))
    value.remove_prefix(known->letter.size());
  out.add(known->kind, value, known->by);
}

constexpr HandleRow kRows[] = {
    {"x-ses-outgoing", ses_outgoing, client_address, &kSes},
    {"feedback-id x-feedback-id", feedback_id, campaign},
    {"x-sg-eid x-sg-id x-entity-id", whole_handle, message, &kSendGrid},
    {"x-mailgun-sid", mailgun_sid, account, &kMailgun},
    {"x-mailgun-variables", whole_handle, account, &kMailgun},
    {"x-mailgun-tag", whole_handle, campaign, &kMailgun},
    {"x-mailgun-sending-ip", whole_handle, client_address, &kMailgun},
    {"x-mc-user", whole_handle, account, &kMailchimp},
    {"x-campaign x-campaignid x-campaign-id", campaign_id, campaign},
    {"x-mandrill-user", whole_handle, account, &kMandrill},
    {"x-msfbl", sparkpost_loop, account, &kSparkPost},
    {"x-pm-rcpt", postmark_recipient, account, &kPostmark},
    {"x-pm-message-id", whole_handle, message, &kPostmark},
    {"x-sfmc-stack", whole_handle, tenant, &kSalesforce},
    {"x-job", salesforce_job, tenant, &kSalesforce},
    {"x-sfdc-user x-sfdc-lk x-sfdc-entityid", whole_handle, account, &kSalesforce},
    {"x-hs-cid", whole_handle, account, &kHubSpot},
    {"x-kmail-account", whole_handle, account, &kKlaviyo},
    {"x-kmail-message x-kmail-ops", whole_handle, message, &kKlaviyo},
    {"x-sib-id", whole_handle, account, &kBrevo},
    {"x-mailin-eid", brevo_id, account, &kBrevo},
    {"x-mj-mid x-mj-smtpguid", whole_handle, message, &kMailjet},
    {"x-zendesk-from-account-id", whole_handle, account, &kZendesk},
    {"x-zendesk-email-id", whole_handle, message, &kZendesk},
    {"x-roving-campaignid", whole_handle, campaign, &kConstantContact},
    {"x-return-path-hint", constant_contact_hint, account, &kConstantContact},
    {"x-250ok-cid", whole_handle, campaign},
    {"x-mailchannels-senderid", mailchannels_sender, account, &kMailChannels},
    {"x-mailchannels-auth-id", whole_handle, account, &kMailChannels},
    {"x-alidm-rcptto", coded_recipient, message, &kAliDirectMail},
    {"x-envid", whole_handle, message, &kAliDirectMail},
};

}  // namespace

std::span<const HandleRow> service_handle_rows() {
  return kRows;
}

}  // namespace emltrace::trace
