#include "intake/inside/journal.hpp"

#include <algorithm>
#include <array>

#include "base/lines.hpp"
#include "base/text.hpp"
#include "message/address.hpp"
#include "message/field_start.hpp"

namespace emltrace::journal {
namespace {

constexpr std::size_t kMaxLines = 10'000;  // a recipient each

constexpr std::array kRecipients =
    std::to_array<std::string_view>({"recipient", "to", "cc", "bcc"});
constexpr std::array kRedirections = std::to_array<std::string_view>({"expanded:", "forwarded:"});

// The address that the sender's side named.
std::string_view envelope_address(std::string_view value) {
  const std::size_t comma = value.find(',');
  if (comma == std::string_view::npos) return value;
  const std::string_view rest = text::trim(value.substr(comma + 1));
  for (const std::string_view mark : kRedirections) {
    if (text::istarts_with(rest, mark)) return text::trim(rest.substr(mark.size()));
  }
  return text::trim(value.substr(0, comma));
}

void add_recipient(Record& record, std::string_view value) {
  const auto path = parse_path(envelope_address(value));
  if (!path || path->find('@') == std::string::npos) return;
  const bool known =
      std::ranges::any_of(record.recipients, [&](auto& one) { return text::iequals(one, *path); });
  if (!known) record.recipients.push_back(*path);
}

// An address of Exchange's own (`/o=…`) is no reverse-path.
std::optional<std::string> reverse_path(std::string_view value) {
  auto path = parse_path(value);
  const bool smtp = path && (path->empty() || path->find('@') != std::string::npos);
  return smtp ? path : std::nullopt;
}

}  // namespace

std::optional<Record> read(std::string_view text) {
  Record record;
  bool sender = false;
  bool recipient = false;
  std::size_t count = 0;
  for (const text::Line& line : text::Lines(text)) {
    if (text::trim(line.text).empty()) {
      if (count == 0) continue;
      break;
    }
    if (++count > kMaxLines) break;
    const auto field = field_start(line.text);
    if (!field) break;
    const std::string name = text::lower(field->name);
    const std::string_view value = text::trim(line.text.substr(field->colon + 1));
    if (name == "sender") {
      sender = true;
      record.mail_from = reverse_path(value);
    } else if (name == "message-id") {
      record.message_id = value;
    } else if (std::ranges::find(kRecipients, name) != kRecipients.end()) {
      recipient = true;
      add_recipient(record, value);
    }
  }
  if (!sender || !recipient || record.message_id.empty()) return std::nullopt;
  return record;
}

void put(const Record& record, intake::WrapperFacts& facts) {
  facts.own_record = true;
  facts.mail_from = record.mail_from;
  facts.recipients = record.recipients;
  if (record.recipients.size() == 1) facts.rcpt_to = record.recipients.front();
}

}  // namespace emltrace::journal
