#include <algorithm>
#include <cstddef>
#include <string>

#include "base/tag_list.hpp"
#include "base/text.hpp"
#include "trace/author/handle_rows.hpp"
#include "trace/author/handles.hpp"

namespace emltrace::trace {
namespace {

using namespace operators;
using enum HandleKind;

// The value of `Key=[value]` or `Key=value` among parts between semicolons; empty if none.
std::string_view part_of(std::string_view text, std::string_view key) {
  for (auto part : text::split(text, ';')) {
    part = text::trim(part);
    if (!text::istarts_with(part, key)) continue;
    std::string_view value = part.substr(key.size());
    if (value.starts_with('[') && value.ends_with(']')) value = value.substr(1, value.size() - 2);
    return value;
  }
  return {};
}

// `TenantId=…;Ip=[…];Helo=[…]`: the sending tenant and the client that handed the message to it.
void attributed_tenant(std::string_view text, const HandleRow& row, HandleReading& out) {
  out.add(row.kind, part_of(text, "TenantId="), row.by);
  out.add(client_address, part_of(text, "Ip="), row.by);
}

// Of mail that Microsoft took in it is the recipient's own tenant.
void tenant_id(std::string_view text, const HandleRow& row, HandleReading& out) {
  if (ClaimedHandle* claimed = out.add(row.kind, text, row.by)) claimed->of_recipient = true;
}

void originator(std::string_view text, const HandleRow& row, HandleReading& out) {
  const bool mailbox = text::iequals(text, "outlook.com") || text::iequals(text, "hotmail.com");
  out.add(row.kind, text, mailbox ? &kOutlook : row.by);
}

void processed_by(std::string_view text, const HandleRow& row, HandleReading& out) {
  out.add(row.kind, text.substr(0, text.find(',')), row.by);
}

// A tenant signs with d=NAME.onmicrosoft.com, or for a domain of its own with the selector
// `selector1-NAME-onmicrosoft-com`.
void signing_tenant(std::string_view text, const HandleRow& row, HandleReading& out) {
  constexpr std::string_view kDomain = ".onmicrosoft.com", kSelector = "-onmicrosoft-com";
  const TagList tags = TagList::parse(text);
  const std::string_view domain = tags.find("d").value_or("");
  const std::string_view selector = tags.find("s").value_or("");
  if (text::iends_with(domain, kDomain)) {
    const auto name = domain.substr(0, domain.size() - kDomain.size());
    if (ClaimedHandle* claimed = out.add(row.kind, name, row.by)) claimed->signature = true;
  } else if (text::iends_with(selector, kSelector) && text::istarts_with(selector, "selector")) {
    const std::size_t begin = selector.find('-') + 1;
    const std::size_t end = selector.size() - kSelector.size();
    if (begin < end) out.add(row.kind, selector.substr(begin, end - begin), row.by);
  }
}

// Google Groups: report the group.
void group(std::string_view text, const HandleRow& row, HandleReading& out) {
  out.add(row.kind, text, row.by);
}

// `…/…`: what stands before the slash is the same for every message of one account.
void coremail_account(std::string_view text, const HandleRow& row, HandleReading& out) {
  out.add(row.kind, text.substr(0, text.find('/')), nullptr);
}

void bracketed(std::string_view text, const HandleRow& row, HandleReading& out) {
  if (text.starts_with('<') && text.ends_with('>')) text = text.substr(1, text.size() - 2);
  out.add(row.kind, text, row.by);
}

constexpr HandleRow kRows[] = {
    {"x-ms-exchange-crosstenant-originalattributedtenantconnectingip", attributed_tenant, tenant,
     &kMicrosoft},
    {"x-ms-exchange-crosstenant-id", tenant_id, tenant, &kMicrosoft},
    {"x-originatororg", originator, tenant, &kMicrosoft},
    {"x-ld-processed", processed_by, tenant, &kMicrosoft},
    {"dkim-signature", signing_tenant, tenant, &kMicrosoft},
    {"x-ms-exchange-organization-network-message-id x-ms-exchange-crosstenant-network-message-id "
     "x-ms-office365-filtering-correlation-id",
     whole_handle, message, &kMicrosoftService},
    {"x-googleforms-formid x-google-appengine-app-id x-google-sender-delegation "
     "x-google-original-from",
     whole_handle, account, &kGoogle},
    {"x-spam-checked-in-group x-google-group-id", group, account, &kGoogle},
    {"x-github-sender x-github-reason", whole_handle, account, &kGitHub},
    {"x-proofpoint-guid x-proofpoint-orig-guid", whole_handle, message, &kProofpoint},
    {"x-mimecast-originator", whole_handle, tenant, &kMimecast},
    {"x-mimecast-mfc-agg-id x-mimecast-mfc-proc-id x-mc-unique", whole_handle, message, &kMimecast},
    {"x-sonic-mf", bracketed, account, &kYahoo},
    {"x-cm-senderinfo", coremail_account, account},
    {"x-qq-mid", whole_handle, message},
};

}  // namespace

std::span<const HandleRow> tenant_handle_rows() {
  return kRows;
}

}  // namespace emltrace::trace
