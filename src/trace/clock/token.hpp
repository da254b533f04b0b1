#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "message/message.hpp"
#include "message/received/received.hpp"

namespace emltrace::trace {

/// A moment that some software hid in an id. A forger who rewrites the stamp seldom rewrites it: a
/// mismatch is strong evidence unless `weak`, a match is weak support, for tokens can be forged
/// too.
struct ClockToken {
  std::string producer;  ///< key of the row: `postfix-long`
  std::string place;  ///< `Received id`, `Message-ID`, `X-Received`, `X-QQ-mid`, `X-ME-Sender` …
  std::string text;   ///< the id as written
  std::size_t line = 0;  ///< of the field in the message; 0 for a token of a parsed Received
  Instant time;          ///< start of the moment
  std::int64_t precision_s = 1;  ///< the moment lies in [time, time + precision_s)
  std::int64_t max_lag_s = 0;    ///< how long after the moment an honest writer may write the stamp
  std::int64_t max_lead_s = 0;   ///< how long before it: rounding; a day where a draft may wait
  bool hour_only = false;  ///< only the local hour of day is told; `time` is the nearest such hour
  bool local = false;      ///< reckoned with the offset that the stamp states
  bool weak = false;       ///< a mismatch is to be told, but proves nothing
};

enum class ClockVerdict { match, mismatch, undecidable };
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
/// X-ME-Sender and the boundary of Content-Type. Local ones are reckoned with the offset of Date.
[[nodiscard]] std::vector<ClockToken> decode_message_tokens(const Message& message);

/// Compares with the stamp (or Date) that the same software wrote. The id is made before the stamp
/// or at once, never later, so the tolerance is one-sided but for rounding. A stamp without a
/// usable zone may be any of fourteen hours off: within that the answer is `undecidable`.
[[nodiscard]] ClockComparison compare(const ClockToken& token, const std::optional<Date>& stamp);

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
