#include "report/exchange/redaction.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "auth/dkim/encoders.hpp"
#include "base/base64.hpp"
#include "base/crypto.hpp"
#include "base/quoted_printable.hpp"
#include "base/text.hpp"
#include "message/address.hpp"
#include "message/charset.hpp"
#include "message/header_block.hpp"
#include "message/message.hpp"
#include "message/mime.hpp"
#include "report/exchange/redact_header.hpp"

namespace emltrace::report {
namespace {

using Forms = PrivateStrings::Forms;

constexpr std::size_t kTokenBytes = 15;
constexpr std::size_t kRandomKey = 32;
constexpr std::size_t kMaxHidden = 100;  // addresses of one message
constexpr std::size_t kLineWidth = 76;   // RFC 2045 6.8
constexpr std::size_t kMostUsualForm = 0;

// Fields in which delivering hosts, and those that forward, name who gets the message.
constexpr auto kDeliveryFields = std::to_array<std::string_view>(
    {"Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "X-RCPT-TO",
     "X-Forwarded-To", "X-Forwarded-For", "Apparently-To", "Original-Recipient",
     "Final-Recipient"});
constexpr auto kAddressFields =
    std::to_array<std::string_view>({"To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc"});

std::string key_of(const Mailbox& mailbox) {
  return text::lower(mailbox.address());
}

/// Who is to be hidden.
class Recipients {
 public:
  Recipients(const trace::Report& report, const Message& message, std::span<const DomainName> own)
      : own_(own.begin(), own.end()) {
    for (const Mailbox& author : report.headers.from) authors_.insert(key_of(author));
    add_path(report.envelope.rcpt_to.value_or(""), true);
    for (const std::string& path : report.wrapper.recipients) add_path(path, true);
    for (const auto& hop : report.hops) add_path(hop.received.for_.value_or(""), false);
    for (const std::string_view name : kDeliveryFields) {
      for (const Field* field : message.find_all(name)) add_delivery(field->body);
    }
    const bool known = !found_.empty();
    for (const std::string_view name : kAddressFields) {
      for (const Field* field : message.find_all(name)) add_listed(field->body, !known);
    }
  }
  [[nodiscard]] const std::vector<Mailbox>& found() const { return found_; }

 private:
  void add(Mailbox mailbox, bool certain) {
    if (mailbox.local_part.empty() || mailbox.domain.empty() || found_.size() == kMaxHidden) return;
    const std::string key = key_of(mailbox);
    if (!certain && authors_.contains(key)) return;
    if (known_.insert(key).second) found_.push_back(std::move(mailbox));
  }
  void add_path(std::string_view path, bool certain) {
    for (Mailbox& mailbox : parse_addresses(path).mailboxes) {
      if (const auto domain = mailbox.domain_name()) own_.insert(*domain);
      add(std::move(mailbox), certain);
    }
  }
  // `rfc822; mia@receiver.example`, and two addresses with a blank between them.
  void add_delivery(std::string_view body) {
    const std::string text = unfold(body);
    for (const std::string_view word :
         text::words(std::string_view(text).substr(text.find(';') + 1)))
      add_path(word, false);
  }
  void add_listed(std::string_view body, bool all) {
    for (Mailbox& mailbox : parse_addresses(body).mailboxes) {
      const auto domain = mailbox.domain_name();
      const bool known = known_.contains(key_of(mailbox));
      if (known && !mailbox.display.empty()) found_.push_back(mailbox);  // for its name
      if (all || (domain && own_.contains(*domain))) add(std::move(mailbox), false);
    }
  }

  std::set<DomainName> own_;
  std::set<std::string> authors_;
  std::set<std::string> known_;
  std::vector<Mailbox> found_;
};

// More than one byte a letter, those of US-ASCII too.
bool is_wide(std::string_view charset) {
  constexpr auto kBegins = std::to_array<std::string_view>(
      {"utf-16", "utf16", "utf-32", "utf32", "ucs-", "ucs2", "ucs4", "iso-10646", "unicode"});
  return std::ranges::any_of(
      kBegins, [&](std::string_view begin) { return text::istarts_with(charset, begin); });
}

/// One message, part by part.
class Rewriter {
 public:
  explicit Rewriter(const PrivateStrings& hidden) : hidden_(hidden) {}

  [[nodiscard]] std::string entity(std::string_view bytes, std::size_t depth) const {
    const HeaderBlock block = scan_header_block(bytes, 0);
    const std::string_view header = bytes.substr(0, block.end);
    std::string out = redacted_header(header, hidden_, CutLines::drop);
    out += bytes.substr(block.end, block.next - block.end);
    return out + body(header, bytes.substr(block.next), depth);
  }

 private:
  [[nodiscard]] std::string body(std::string_view header, std::string_view bytes,
                                 std::size_t depth) const {
    const std::string type = mime::header_value(header, "content-type").value_or("");
    const std::string media = mime::media_type(type);
    const auto boundary = mime::parameter(type, "boundary");
    if (media.starts_with("multipart/") && boundary && !boundary->empty() &&
        depth < mime::kMaxDepth)
      return multipart(bytes, *boundary, depth);
    const std::string encoding =
        text::lower(mime::header_value(header, "content-transfer-encoding").value_or(""));
    const std::string charset = mime::parameter(type, "charset").value_or("");
    const bool inner =
        media == "message/rfc822" || media == "message/global" || media == "text/rfc822-headers";
    const auto rewritten = [&](std::string_view plain) {
      return inner && depth < mime::kMaxDepth ? entity(plain, depth + 1) : text(plain, charset);
    };
    if (encoding == "base64") {
      const auto plain = base64_decode(bytes, true);
      return plain ? encoded(bytes, *plain, rewritten(*plain), true) : rewritten(bytes);
    }
    if (encoding == "quoted-printable") {
      const std::string plain = quoted_printable::decode(bytes);
      return encoded(bytes, plain, rewritten(plain), false);
    }
    return rewritten(bytes);
  }

  [[nodiscard]] std::string multipart(std::string_view bytes, std::string_view boundary,
                                      std::size_t depth) const {
    std::string out;
    std::size_t copied = 0;
    for (const auto& piece : mime::cut(bytes, boundary, mime::kMaxParts).pieces) {
      const auto at = static_cast<std::size_t>(piece.entity.data() - bytes.data());
      if (at < copied) continue;
      out += text(bytes.substr(copied, at - copied));
      out += entity(piece.entity, depth + 1);
      copied = at + piece.entity.size();
    }
    return out + text(bytes.substr(copied));
  }

  [[nodiscard]] std::string text(std::string_view plain) const {
    return hidden_.replaced(plain, Forms::words);
  }

  // A charset may write letters of US-ASCII as other bytes, and others than UTF-8 does.
  [[nodiscard]] std::string text(std::string_view plain, std::string_view charset) const {
    if (charset.empty() && (plain.starts_with("\xFF\xFE") || plain.starts_with("\xFE\xFF")))
      charset = "utf-16";
    std::string out = is_wide(charset) ? std::string(plain) : text(plain);
    const bool plain_utf8 =
        charset.empty() || text::iequals(charset, "utf-8") || text::iequals(charset, "us-ascii");
    const auto decoded = plain_utf8 ? std::nullopt : to_utf8(out, charset);
    if (!decoded) return is_wide(charset) ? text(plain) : out;
    const std::string redacted = text(*decoded);
    if (redacted == *decoded) return out;
    return from_utf8(redacted, charset).value_or(std::string(kRedacted));
  }

  // What did not change stays as it was written.
  [[nodiscard]] static std::string encoded(std::string_view written, std::string_view plain,
                                           const std::string& redacted, bool base64) {
    if (redacted == plain) return std::string(written);
    if (!base64) return dkim::quoted_printable(redacted, kMostUsualForm);
    const std::string_view end = written.find("\r\n") == std::string_view::npos ? "\n" : "\r\n";
    std::string out = dkim::base64_lines(redacted, kLineWidth, end);
    return written.ends_with('\n') ? out + std::string(end) : out;
  }

  const PrivateStrings& hidden_;
};

}  // namespace

std::string redaction_token(std::string_view key, std::string_view local_part) {
  std::string token = base64_encode(
      crypto::hmac(crypto::Hash::sha256, key, text::lower(local_part)).substr(0, kTokenBytes));
  std::ranges::replace(token, '+', '-');
  std::ranges::replace(token, '/', '_');
  return token;
}

Redaction::Redaction(const trace::Report& report, std::string_view message,
                     std::span<const DomainName> own, std::string_view key) {
  const std::string secret = key.empty() ? crypto::random_bytes(kRandomKey) : std::string(key);
  const Message parsed = Message::parse(message);
  const Recipients recipients(report, parsed, own);
  for (const Mailbox& mailbox : recipients.found()) {
    const std::string token = redaction_token(secret, mailbox.local_part);
    strings_.add({mailbox.local_part, mailbox.domain, token});
    strings_.add_name(mailbox.display);
    const auto domain = mailbox.domain_name();
    if (!domain) continue;
    for (const std::string& other : {domain->text(), domain->unicode()}) {
      if (!text::iequals(other, mailbox.domain)) strings_.add({mailbox.local_part, other, token});
    }
  }
}

std::string Redaction::text(std::string_view plain) const {
  return strings_.replaced(plain, Forms::address);
}

std::string Redaction::words(std::string_view plain) const {
  return strings_.replaced(plain, Forms::words);
}

std::string Redaction::message(std::string_view bytes) const {
  return Rewriter(strings_).entity(bytes, 0);
}

std::string Redaction::header_by_line(std::string_view header) const {
  return redacted_header(header, strings_, CutLines::keep);
}

}  // namespace emltrace::report
