#include "message/headers.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "message/encoded_word.hpp"
#include "message/field_text.hpp"

namespace emltrace {
namespace {

std::vector<Mailbox> read_mailboxes(const Message& message, std::string_view name) {
  std::vector<Mailbox> all;
  for (const Field* field : message.find_all(name)) {
    for (Mailbox& mailbox : parse_addresses(field_text(message, field->body)).mailboxes) {
      if (all.size() >= AddressList::kMaxMailboxes) return all;
      all.push_back(std::move(mailbox));
    }
  }
  return all;
}

}  // namespace

Headers read_headers(const Message& message) {
  Headers headers;
  headers.from = read_mailboxes(message, "From");
  headers.sender = read_mailboxes(message, "Sender");
  headers.reply_to = read_mailboxes(message, "Reply-To");
  headers.to = read_mailboxes(message, "To");
  headers.cc = read_mailboxes(message, "Cc");
  if (const Field* to = message.find("To"); to && headers.to.empty())
    headers.to_raw = unfold(field_text(message, to->body));
  if (const Field* subject = message.find("Subject"))
    headers.subject = decode_encoded_words(field_text(message, subject->body));
  if (const Field* date = message.find("Date")) {
    headers.date_raw = unfold(date->body);
    headers.date = parse_date(headers.date_raw);
  }
  if (const Field* id = message.find("Message-ID")) {
    std::string text = unfold(id->body);
    if (!text.empty()) headers.message_id = std::move(text);
  }
  if (const Field* path = message.find("Return-Path")) headers.return_path = parse_path(path->body);
  return headers;
}

bool is_recipient(const Headers& headers, std::string_view address) {
  const auto names_it = [&](const std::vector<Mailbox>& list) {
    return std::ranges::any_of(
        list, [&](const Mailbox& mailbox) { return text::iequals(mailbox.address(), address); });
  };
  return names_it(headers.to) || names_it(headers.cc);
}

}  // namespace emltrace
