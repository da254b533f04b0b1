#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/domain.hpp"

namespace emltrace {

/// One mailbox (RFC 5322 §3.4) with comments and quoting taken off.
struct Mailbox {
  std::string display;  ///< display name, encoded words decoded to UTF-8; empty if none. For `a@b
                        ///< (Name)` the comment.
  std::string display_raw;  ///< as written, before decoding
  std::string local_part;   ///< unquoted
  std::string domain;  ///< as written, without comments; a literal keeps its brackets; empty if
                       ///< none (`demo`)
  bool quoted_local_part = false;
  bool has_route = false;  ///< `<@a,@b:c@d>` (§4.4)

  /// `local@domain` for reports; the local part alone where there is no domain.
  [[nodiscard]] std::string address() const;
  /// Null for a literal, an empty or an invalid domain.
  [[nodiscard]] std::optional<DomainName> domain_name() const;
};

/// What a From, To, Cc, Reply-To … holds. Reading never fails.
struct AddressList {
  std::vector<Mailbox> mailboxes;   ///< members of groups included
  std::vector<std::string> groups;  ///< names of groups (`undisclosed-recipients`)
  std::vector<std::string>
      comments;  ///< comments that belong to no mailbox: `(recipient list suppressed)`
  bool encoded_word_in_address = false;  ///< an encoded word where an addr-spec must stand
  bool quoted_at = false;                ///< an '@' inside a quoted display name or local part
  bool truncated = false;                ///< kMaxMailboxes reached
  std::string unread;                    ///< what fits no rule; empty if all was read

  static constexpr std::size_t kMaxMailboxes = 1'000;
};

/// Reads an address-list with all obsolete forms, groups, nested comments (depth is bounded),
/// quoted parts and UTF-8 (RFC 6532). `text` may be folded. Linear time.
[[nodiscard]] AddressList parse_addresses(std::string_view text);

/// Reads `<a@b>`, `a@b`, `<>` of Return-Path, MAIL FROM or a `for` clause: the address without
/// brackets (an empty string for the null path); null where there is none.
[[nodiscard]] std::optional<std::string> parse_path(std::string_view text);

}  // namespace emltrace
