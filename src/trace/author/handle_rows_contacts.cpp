#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "message/address.hpp"
#include "message/mailbox.hpp"
#include "trace/author/handle_rows.hpp"
#include "trace/author/handles.hpp"

namespace emltrace::trace {
namespace {

using enum HandleKind;

constexpr std::size_t kMaxLinks = 4;  // of one List-Unsubscribe

// An address or a URL, and whose it is.
struct Place {
  std::string_view text;
  DomainName host;
};

std::optional<Place> place_of(std::string_view word) {
  constexpr std::string_view kAround = "<>()[]\"',;.", kMail = "mailto:";
  const std::size_t begin = word.find_first_not_of(kAround);
  if (begin == word.npos) return std::nullopt;
  word = word.substr(begin, word.find_last_not_of(kAround) + 1 - begin);
  if (text::istarts_with(word, "http://") || text::istarts_with(word, "https://")) {
    const std::string_view rest = word.substr(word.find("//") + 2);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    const std::string_view host_port = authority.substr(authority.rfind('@') + 1);
    auto host = DomainName::parse_host(host_port.substr(0, host_port.find(':')));
    return host ? std::optional(Place{word, std::move(*host)}) : std::nullopt;
  }
  if (text::istarts_with(word, kMail))
    word = word.substr(kMail.size(), word.find('?') - kMail.size());
  const std::size_t at = word.find('@');
  if (at == word.npos || at == 0) return std::nullopt;
  auto host = DomainName::parse_host(domain_part(word));
  return host ? std::optional(Place{word, std::move(*host)}) : std::nullopt;
}

// Where a field stands that says where to complain, it names its own operator: the contact counts
// where that one had a part in the message.
void complaints(std::string_view text, const HandleRow& row, HandleReading& out) {
  for (const auto word : text::words(text)) {
    const auto place = place_of(word);
    if (!place) continue;
    ClaimedHandle* claimed = out.add_of_domain(row.kind, place->text, place->host.text());
    if (claimed == nullptr) return;
    add_domains_of_operator(place->host, claimed->operators);
    claimed->handle.report_to.push_back({claimed->handle.value, "field"});
    return;
  }
  out.add(row.kind, text, nullptr);
}

// Only senders that are certified there may name it, and kits do: nobody to report to.
void certified(std::string_view text, const HandleRow& row, HandleReading& out) {
  out.add(row.kind, text, &operators::kEco);
}

// The host names the mailer. Nothing is fetched, and the rest identifies the recipient.
void unsubscribe(std::string_view text, const HandleRow& row, HandleReading& out) {
  std::vector<DomainName> told;
  for (const auto part : text::split(text, ',')) {
    const auto place = place_of(text::trim(part));
    if (!place || std::ranges::find(told, place->host) != told.end()) continue;
    told.push_back(place->host);
    out.add_of_domain(row.kind, place->host.text(), place->host.text());
    if (told.size() == kMaxLinks) return;
  }
}

// RFC 9477 3.1: `addr-spec; report=arf|xarf`, the address in brackets or not.
void feedback_loop(std::string_view text, const HandleRow& row, HandleReading& out) {
  const auto address = parse_path(text::trim(text.substr(0, text.find(';'))));
  const auto host = address ? domain_of_address(*address) : std::nullopt;
  if (!host) {
    out.add(row.kind, text, nullptr);
    return;
  }
  ClaimedHandle* claimed = out.add_empty(row.kind);
  if (claimed == nullptr) return;
  const Field* id = out.message().find("CFBL-Feedback-ID");
  if (id != nullptr) claimed->handle.value = unfold(id->body).substr(0, kMaxHandleValue);
  claimed->handle.operator_name = host->text();
  claimed->operators.push_back(*host);
  claimed->handle.report_to.push_back({*address, "field"});
  claimed->feedback_loop = true;
}

void return_path(std::string_view text, const HandleRow&, HandleReading& out) {
  if (const auto path = parse_path(text)) read_sender_address(*path, out);
}

constexpr HandleRow kRows[] = {
    {"x-report-abuse x-report-abuse-to x-complaints-to x-abuse x-abuse-reports-to "
     "x-mail_abuse_inquiries x-mail-abuse-inquiries complaints-to",
     complaints, campaign},
    {"x-csa-complaints", certified, campaign},
    {"list-unsubscribe", unsubscribe, campaign},
    {"cfbl-address", feedback_loop, account},
    {"return-path", return_path, message},
};

}  // namespace

std::span<const HandleRow> contact_handle_rows() {
  return kRows;
}

}  // namespace emltrace::trace
