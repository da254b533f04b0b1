#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "message/mailbox.hpp"

namespace emltrace {

/// What a From, To, Cc, Reply-To … holds. Reading never fails.
struct AddressList {
  std::vector<Mailbox> mailboxes;   ///< members of groups included
  std::vector<std::string> groups;  ///< names of groups (`undisclosed-recipients`)
  std::vector<std::string>
      comments;  ///< comments that belong to no mailbox: `(recipient list suppressed)`
  bool encoded_word_in_address = false;  ///< an encoded word where an addr-spec must stand
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
