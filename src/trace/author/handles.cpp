#include "trace/author/handles.hpp"

#include <algorithm>

#include "auth/dmarc/org_domain.hpp"
#include "base/text.hpp"
#include "message/encoded_word.hpp"
#include "message/mailbox.hpp"
#include "trace/author/row_index.hpp"

namespace emltrace::trace {
namespace {

const RowIndex<HandleRow>& row_index() {
  static const RowIndex<HandleRow> kIndex(
      {service_handle_rows(), hosting_handle_rows(), tenant_handle_rows(), contact_handle_rows()});
  return kIndex;
}

std::string text_of(const Field& field) {
  const std::string_view body = field.body.substr(0, kMaxHandleText);
  return has_encoded_word(body) ? std::string(text::trim(decode_encoded_words(body)))
                                : unfold(body);
}

// The one host that all fields of cPanel's block name; empty where they name none, or several.
std::string hosting_of(const Message& message) {
  constexpr std::string_view kBegin = "Primary Hostname - ";
  std::string host;
  for (const Field* field : message.find_all("X-AntiAbuse")) {
    const std::string body = unfold(field->body);
    if (!text::istarts_with(body, kBegin)) continue;
    if (!host.empty()) return {};
    host = body.substr(kBegin.size());
  }
  return DomainName::parse_host(host) ? host : std::string();
}

}  // namespace

HandleReading::HandleReading(const Message& message)
    : message_(message), hosting_(hosting_of(message)) {}

void HandleReading::begin(std::size_t field) {
  field_ = field;
}

void HandleReading::begin_envelope() {
  field_.reset();
}

ClaimedHandle* HandleReading::add_empty(HandleKind kind) {
  if (handles_.size() == kMaxHandles) return nullptr;
  ClaimedHandle& claimed = handles_.emplace_back();
  claimed.field = field_;
  claimed.handle.kind = kind;
  if (field_) {
    const Field& field = message_.fields()[*field_];
    claimed.handle.line = field.line;
    claimed.handle.offset = field.offset;
    claimed.handle.header = std::string(field.name);
  }
  return &claimed;
}

ClaimedHandle* HandleReading::add(HandleKind kind, std::string_view value, const Operator* by) {
  value = text::trim(value);
  ClaimedHandle* claimed = value.empty() ? nullptr : add_empty(kind);
  if (claimed == nullptr) return nullptr;
  claimed->handle.value = std::string(text::head_of(value, kMaxHandleValue));
  if (by == nullptr) return claimed;
  claimed->handle.operator_name = std::string(by->name);
  for (const auto domain : text::words(by->domains)) {
    if (auto name = DomainName::parse(domain)) claimed->operators.push_back(std::move(*name));
  }
  if (!by->contact.empty())
    claimed->handle.report_to.push_back({std::string(by->contact), "provider"});
  return claimed;
}

ClaimedHandle* HandleReading::add_of_domain(HandleKind kind, std::string_view value,
                                            std::string_view domain) {
  ClaimedHandle* claimed = add(kind, value, nullptr);
  const auto name = DomainName::parse_host(domain);
  if (claimed == nullptr || !name) return claimed;
  claimed->handle.operator_name = name->text();
  claimed->operators = {*name, auth::registrable_domain(*name)};
  return claimed;
}

ClaimedHandle* HandleReading::add_of_host(HandleKind kind, std::string_view value,
                                          std::string_view host) {
  ClaimedHandle* claimed = add_of_domain(kind, value, host);
  if (claimed == nullptr || claimed->operators.empty()) return claimed;
  claimed->handle.report_to.push_back({"abuse@" + claimed->operators.back().text(), "domain"});
  return claimed;
}

void add_domains_of_operator(const DomainName& host, std::vector<DomainName>& to) {
  const auto has = [&](const Operator& by) {
    const auto at = emltrace::domain_of_address(by.contact);
    if (at && host.is_within(*at)) return true;
    return std::ranges::any_of(text::words(by.domains), [&](std::string_view domain) {
      const auto name = DomainName::parse(domain);
      return name && host.is_within(*name);
    });
  };
  for (const Operator* by : operators::kAll) {
    if (!has(*by)) continue;
    for (const auto domain : text::words(by->domains)) {
      if (auto name = DomainName::parse(domain)) to.push_back(std::move(*name));
    }
    return;
  }
}

void whole_handle(std::string_view text, const HandleRow& row, HandleReading& out) {
  out.add(row.kind, text, row.by);
}

std::vector<ClaimedHandle> read_handles(const Message& message) {
  HandleReading reading(message);
  const auto& fields = message.fields();
  for (std::size_t i = 0; i < fields.size() && reading.handles().size() < kMaxHandles; ++i) {
    const HandleRow* row = row_index().find(text::lower(fields[i].name));
    if (row == nullptr) continue;
    reading.begin(i);
    row->read(text_of(fields[i]), *row, reading);
  }
  return std::move(reading.handles());
}

std::vector<ClaimedHandle> read_envelope_handles(const Message& message,
                                                 const std::string& mail_from) {
  HandleReading reading(message);
  reading.begin_envelope();
  read_sender_address(mail_from, reading);
  return std::move(reading.handles());
}

}  // namespace emltrace::trace
