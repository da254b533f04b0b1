#include "intake/inside/outlook_header.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/base64.hpp"
#include "base/text.hpp"
#include "message/encoded_word.hpp"
#include "message/quoted_string.hpp"

namespace emltrace::outlook_header {
namespace {

namespace tag = mapi::tag;

constexpr std::uint32_t kTo = 1;  // MS-OXPROPS PidTagRecipientType
constexpr std::uint32_t kCc = 2;

// A value on one line: what would end it, and all else that is no text, is a blank.
std::string one_line(std::string value) {
  std::ranges::replace_if(
      value, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; }, ' ');
  return std::string(text::trim(value));
}

std::optional<std::string> value_of(const mapi::Properties& properties, std::uint16_t id) {
  auto text = properties.text(id);
  std::string line = one_line(text ? std::move(*text) : std::string());
  return line.empty() ? std::nullopt : std::optional(std::move(line));
}

// Text as it may stand in an unstructured field (RFC 2047 5), so that it reads back as it is.
std::string encoded(const std::string& value) {
  if (text::is_ascii(value) && !has_encoded_word(value)) return value;
  return fmt::format("=?UTF-8?B?{}?=", base64_encode(value));
}

std::string quoted(const std::string& name) {
  const std::string safe = encoded(name);
  return safe != name ? safe : quoted_string(name);
}

bool is_mail_address(const std::string& text) {
  return text.find('@') != std::string::npos && text.find_first_of("<> ") == std::string::npos &&
         !text.starts_with('/');
}

// Where a mailbox stands among the properties.
struct Place {
  std::uint16_t name, type, address, smtp;
};
constexpr Place kSender{tag::kSenderName, tag::kSenderType, tag::kSenderAddress,
                        tag::kSenderSmtpAddress};
constexpr Place kRepresented{tag::kSentRepresentingName, tag::kSentRepresentingType,
                             tag::kSentRepresentingAddress, tag::kSentRepresentingSmtpAddress};
constexpr Place kRecipient{tag::kDisplayName, tag::kAddressType, tag::kEmailAddress,
                           tag::kSmtpAddress};

// `"Ann" <a@b.example>`; a name alone is `"Ann" <>`; empty where neither is known.
std::string mailbox(const mapi::Properties& properties, const Place& place) {
  const std::string name = value_of(properties, place.name).value_or("");
  std::string address = value_of(properties, place.smtp).value_or("");
  if (!is_mail_address(address)) address = value_of(properties, place.address).value_or("");
  const std::string type = value_of(properties, place.type).value_or("SMTP");
  if (!is_mail_address(address) || text::iequals(type, "X400")) address.clear();
  if (name.empty() && address.empty()) return {};
  const bool names = !name.empty() && name != address;
  return (names ? quoted(name) + " " : std::string()) + "<" + address + ">";
}

std::vector<std::string> mailboxes(const std::vector<mapi::Properties>& recipients,
                                   std::uint32_t kind) {
  std::vector<std::string> all;
  for (const mapi::Properties& one : recipients) {
    if ((one.number(tag::kRecipientType).value_or(kTo) & 0xFU) != kind) continue;
    if (std::string text = mailbox(one, kRecipient); !text.empty()) all.push_back(std::move(text));
  }
  return all;
}

// The names that Outlook shows, where there is no table of recipients: `A; B`.
std::vector<std::string> displayed(const mapi::Properties& message, std::uint16_t id) {
  std::vector<std::string> all;
  const auto names = value_of(message, id);
  if (!names) return all;
  for (const std::string_view part : text::split(*names, ';')) {
    const std::string name(text::trim(part));
    if (name.empty()) continue;
    all.push_back(is_mail_address(name) ? "<" + name + ">" : quoted(name) + " <>");
  }
  return all;
}

class Lines {
 public:
  void add(std::string_view name, const std::string& value) {
    if (!value.empty()) text_ += fmt::format("{}: {}\n", name, value);
  }
  void add(std::string_view name, const std::vector<std::string>& values) {
    add(name, text::join(values, ",\n "));
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string make(const mapi::Properties& message, const std::vector<mapi::Properties>& recipients) {
  const std::string sender = mailbox(message, kSender);
  const std::string represented = mailbox(message, kRepresented);
  const std::string& author = represented.empty() ? sender : represented;
  const auto id = value_of(message, tag::kInternetMessageId);
  auto date = message.time(tag::kClientSubmitTime);
  if (author.empty() && !id && !date) return {};

  auto to = mailboxes(recipients, kTo);
  auto cc = mailboxes(recipients, kCc);
  if (to.empty() && cc.empty()) {
    to = displayed(message, tag::kDisplayTo);
    cc = displayed(message, tag::kDisplayCc);
  }
  Lines lines;
  lines.add("From", author);
  if (sender != author) lines.add("Sender", sender);
  lines.add("To", to);
  lines.add("Cc", cc);
  lines.add("Subject", encoded(value_of(message, tag::kSubject).value_or("")));
  if (date) lines.add("Date", fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000", *date));
  lines.add("Message-ID", id.value_or(""));
  return lines.take();
}

}  // namespace emltrace::outlook_header
