#include "message/address.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "fuzz/seeds.hpp"

namespace emltrace::fuzz {
namespace {

// As RFC 5322 3.4 writes it, each part quoted.
std::string written(const Mailbox& mailbox) {
  std::string out = "<\"";
  for (const char c : mailbox.local_part) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"@" + mailbox.domain + '>';
}

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

void check_mailbox(const Mailbox& mailbox) {
  const auto name = mailbox.domain_name();
  if (!name) return;
  expect(domain_of_address(mailbox.address()) == name, "an address ends with its domain");
  if (mailbox.local_part.empty() || !is_plain(mailbox.local_part) || !name->is_host_name()) return;
  const AddressList again = parse_addresses(written(mailbox));
  expect(again.mailboxes.size() == 1, "a mailbox that is written again is one mailbox");
  expect(again.mailboxes[0].local_part == mailbox.local_part, "the local part comes back");
  expect(again.mailboxes[0].domain_name() == name, "the domain comes back");
}

void run(std::string_view input) {
  const AddressList list = parse_addresses(input);
  expect(list.mailboxes.size() <= AddressList::kMaxMailboxes, "the number is bounded");
  const bool utf8 = text::is_utf8(input);
  for (const Mailbox& mailbox : list.mailboxes) {
    if (utf8) expect(text::is_utf8(mailbox.display), "a name is UTF-8 where the input is");
    check_mailbox(mailbox);
  }
  static_cast<void>(parse_path(input));
}

const Registration registration({"address", run, [] {
                                   return field_bodies(
                                       {"From", "To", "Cc", "Sender", "Reply-To", "Return-Path"});
                                 }});

}  // namespace
}  // namespace emltrace::fuzz
