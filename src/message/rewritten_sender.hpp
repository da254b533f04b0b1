#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace emltrace {

/// Who writes other addresses into the local part of an envelope sender.
enum class SenderRewriting {
  srs,         ///< a forwarder (sender rewriting scheme): bounces go back by way of it
  batv,        ///< the sender's own host (bounce address tag validation): bounces show its tag
  forwarding,  ///< a mailbox that Gmail forwards
  verp,        ///< a sender that has an address for each recipient (variable envelope return path)
};

/// What an envelope sender says of the address that stood there before, or of the recipient.
struct RewrittenSender {
  SenderRewriting by;
  /// Of the local part what is the rewriter's own: `SRS0=HHHH=TT`, `SRS1=HHHH=host`,
  /// `prvs=KDDDSSSSSS`, the forwarded mailbox, `list-bounces`. The whole of a form whose tag does
  /// not stand in front.
  std::string_view mark;
  std::optional<std::string> sender;     ///< the address that was rewritten; null where not told
  std::optional<std::string> recipient;  ///< whom the message was sent to; null where not told
};

/// Reads `local@domain`, without brackets. Case of the schemes' names does not matter.
/// - `SRS0=HHHH=TT=domain=local@forwarder` and, of the forwarder behind it,
///   `SRS1=HHHH=first==HHHH=TT=domain=local@second`: `+` and `-` may stand behind SRS0 and SRS1 in
///   place of `=`, each by itself; HHHH is a hash, TT two letters of base32. Exchange's
///   `bounces+SRS=HHHHH=TT@tenant` does not hold the sender.
/// - `prvs=KDDDSSSSSS=local@domain` (draft-levine-smtp-batv), the older `prvs=local/KDDDSSSSSS`,
///   and Barracuda's `btv1==DDDSSSSSSSS==local`: K and DDD digits, S hexadecimal.
/// - `mailbox+caf_=local=domain@gmail.com`.
/// - `list-bounces+local=domain@host`, `list-return-17-local=domain@host`.
/// A sender that was rewritten more than once is the first one. Null for any other address, also
/// for one that only begins like those: a part of it is empty, or has not its length.
/// The view is into `address`. Linear time.
[[nodiscard]] std::optional<RewrittenSender> read_rewritten_sender(std::string_view address);

/// `local=domain` as an address, where the domain is a host's; null else.
[[nodiscard]] std::optional<std::string> unrolled_address(std::string_view text);

}  // namespace emltrace
