#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "message/message.hpp"
#include "message/received/received.hpp"

namespace emltrace::trace {

/// What a token is the time of.
enum class MadeAt {
  message,      ///< the message's reception or sending began
  session,      ///< the connection was taken; its messages share the time
  process,      ///< the process began to give ids, hours or days before some of them
  queue_entry,  ///< the queue file was opened, with the first recipient that was taken
  pickup,       ///< a local message was fetched from the drop folder, after its stamp
  body,         ///< the author's program built the body, maybe in a draft
};
[[nodiscard]] std::string_view to_string(MadeAt made_at);

/// Which stamp a token is held against.
enum class StampOf {
  field,   ///< the Received field whose id it is
  author,  ///< the Date field
  relay,   ///< the Received field of the relay that wrote the token's field: `hop_of_token`
};

/// A moment that some software hid in an id. A forger who rewrites the stamp seldom rewrites it. It
/// proves in one direction: what has an id exists, so a stamp before the token is false beyond the
/// tolerance; queues, sessions and long processes put the stamp after the token, honestly. A match
/// is weak support, for tokens can be forged too.
struct ClockToken {
  std::string producer;  ///< key of the row: `postfix-long`
  std::string place;     ///< `Received id`, `Message-ID`, `X-Received`, `X-QQ-mid`, `X-ME-Sender` …
  std::string text;      ///< the id as written
  std::size_t line = 0;  ///< of the field in the message; 0 for a token of a parsed Received
  Instant time;          ///< start of the moment
  std::int64_t precision_s = 1;  ///< the moment lies in [time, time + precision_s)
  MadeAt made_at = MadeAt::message;
  StampOf stamp_of = StampOf::field;
  std::string_view relay;       ///< producer of the Received field of `StampOf::relay`; else empty
  std::int64_t max_lag_s = 0;   ///< how much older than the stamp it mostly is; beyond it is told
  std::int64_t max_lead_s = 0;  ///< how much younger than the stamp it may be on honest mail
  bool per_message = false;  ///< made anew for each message: far older than its stamp it is copied
  bool documented = true;    ///< layout published or written out in plain digits of a date; an
                             ///< undocumented one never contradicts alone
  bool hour_only = false;    ///< only the local hour of day is told; `time` is the last such hour
                             ///< that had begun at the stamp
  bool local = false;        ///< reckoned with the offset that the stamp states
  bool weak = false;         ///< a contradiction is to be told, but proves nothing
};

/// Longer than any queue or session keeps a message (RFC 5321 4.5.4.1 gives up after days).
inline constexpr std::int64_t kLongestQueue = std::int64_t{14} * 86'400;

enum class ClockVerdict {
  match,
  older,    ///< the token was made well before the stamp: told, contradicts nothing
  younger,  ///< the token was made after the stamp, beyond the tolerance: contradicts
  copied,   ///< made for this message alone, and longer before it than kLongestQueue: contradicts
  undecidable,  ///< no stamp, or its zone is not known and would decide
};
[[nodiscard]] std::string_view to_string(ClockVerdict verdict);

struct ClockComparison {
  ClockVerdict verdict = ClockVerdict::undecidable;
  /// Stamp minus token; 0 where the stamp lies within the token's precision, negative where the
  /// token is later. Null without a stamp.
  std::optional<std::int64_t> skew_s;
};

/// The time in the id of a hop. Null where the software that wrote the field is neither named nor
/// told by an unmistakable shape, where the id is none of its own, where the time is outside
/// 1980..2100, and for local or hour-only tokens where the stamp tells no offset.
[[nodiscard]] std::optional<ClockToken> decode_hop_token(const Received& received);

/// The same for the text of an X-Received field (`…1460319230220`), Message-IDs, X-QQ-mid,
/// X-ME-Sender, ids of sending services and the boundary of Content-Type. Local ones are reckoned
/// with the offset of Date.
[[nodiscard]] std::vector<ClockToken> decode_message_tokens(const Message& message);

/// A hop that may have written a token's field.
struct TokenHop {
  const Received* received = nullptr;
  std::size_t line = 0;  ///< of its field in the message
};
/// The element of `hops` whose host wrote the field of a `StampOf::relay` token: of those by that
/// producer the one whose host the token names (`xmmxszb12-0t…` was made by
/// `newxmmxszb12-0.qq.com`), else the one nearest in the header, of two the lower. Null for other
/// tokens and where no hop is by that producer.
[[nodiscard]] std::optional<std::size_t> hop_of_token(const ClockToken& token,
                                                      std::span<const TokenHop> hops);

/// Compares with the stamp that `stamp_of` names. A stamp without a usable zone may be any of
/// fourteen hours off: where that decides the answer is `undecidable`. An hour alone is that of
/// some day before the stamp as well, so it is never `younger` nor `copied`.
[[nodiscard]] ClockComparison compare(const ClockToken& token, const std::optional<Date>& stamp);

/// True where the stamp is false by the token (younger, copied), and for an hour of the day that is
/// not the stamp's: that one is told, though it is that of some day before.
[[nodiscard]] bool disagrees(const ClockToken& token, const ClockComparison& comparison);

/// False where the id cannot have been made by the software that the field names; true where it
/// can, and where nothing is known about that software.
[[nodiscard]] bool id_shape_fits(const Received& received);

/// True for the protocols that IANA registers for the `with` clause (Mail Transmission Types,
/// RFC 3848, RFC 6531) and for the well-known unregistered ones of vendors (`HTTP`, `mapi`,
/// `Microsoft SMTP Server`, `local`, `POP3` …).
[[nodiscard]] bool with_keyword_known(std::string_view keyword);
/// True for the registered ones alone.
[[nodiscard]] bool with_keyword_registered(std::string_view keyword);

}  // namespace emltrace::trace
