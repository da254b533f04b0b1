#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/domain.hpp"
#include "report/exchange/private_strings.hpp"
#include "trace/report.hpp"

namespace emltrace::report {

/// Hides a message's recipients from whoever gets a report about it (RFC 6590): each local part
/// becomes base64url of the first 15 bytes of HMAC-SHA-256(key, local part in lower case), so that
/// the same address is the same token in every report made with the key, and nobody without it can
/// tell which. The domain stays.
///
/// Hidden are the recipients of the envelope, of `for` clauses, of Delivered-To and its kin, and
/// those of To, Cc and Bcc that stand at an own domain: one of `own`, or of a recipient of the
/// envelope. Where none of these is known To, Cc and Bcc are all there is, and count whole. Never
/// the author, unless the message was sent to that very address.
class Redaction {
 public:
  /// `message` is the text that was traced. An empty key makes tokens that nobody can make again.
  Redaction(const trace::Report& report, std::string_view message, std::span<const DomainName> own,
            std::string_view key);

  /// One value or any plain text: a field of a report, a URL, a page of HTML. What cannot be
  /// rewritten in place, such as base64 with an address in it, is cut to kRedacted.
  [[nodiscard]] std::string text(std::string_view plain) const;
  /// A whole message: fields, encoded words, all parts through their transfer encodings, messages
  /// inside. A part that holds no recipient stays byte for byte.
  [[nodiscard]] std::string message(std::string_view bytes) const;
  /// Its header alone, line for line: each line of the result stands for the same line of the
  /// header.
  [[nodiscard]] std::string header_by_line(std::string_view header) const;
  /// As `text`, of what may hold a local part as a word: a subject, the value of a parameter.
  [[nodiscard]] std::string words(std::string_view plain) const;

 private:
  PrivateStrings strings_;
};

/// The token of a local part.
[[nodiscard]] std::string redaction_token(std::string_view key, std::string_view local_part);

}  // namespace emltrace::report
