#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "message/headers.hpp"
#include "message/received/hop.hpp"
#include "trace/clock/token.hpp"
#include "trace/finding/finding.hpp"

namespace emltrace::trace {

/// A time hidden in an id, beside the time that was written.
struct ClockReading {
  ClockToken token;
  ClockComparison comparison;
  std::optional<std::size_t> relay;  ///< index of the hop whose stamp it was held against, where
                                     ///< that is not its own field's
};

/// Of each hop the time in its id against its stamp; null where the id tells none. In step with
/// `hops`.
[[nodiscard]] std::vector<std::optional<ClockReading>> read_hop_clocks(std::span<const Hop> hops);

/// Times hidden in fields that are no hop's (Message-ID, MIME boundary, X-QQ-mid …) beside the
/// Date.
[[nodiscard]] std::vector<ClockReading> read_message_clocks(const Message& message,
                                                            const Headers& headers,
                                                            std::span<const Hop> hops);
/// Those that contradict the Date: told, never proof, since a draft may lie for days.
[[nodiscard]] std::vector<Finding> message_clock_findings(std::span<const ClockReading> readings,
                                                          const Headers& headers,
                                                          std::span<const Hop> hops);

/// What a report says of a reading.
struct HopClock {
  std::string producer;  ///< row of the clock table: `postfix-long`
  Instant time;
  std::int64_t precision_s;            ///< the token tells the time to this many seconds
  std::optional<std::int64_t> skew_s;  ///< written stamp − token; null without a stamp
};
[[nodiscard]] HopClock summary_of(const ClockReading& reading);

/// The time hidden in a field that is no hop's, as a report says it.
struct MessageClock {
  std::size_t line = 0;
  std::string place;           ///< `Message-ID`, `boundary` …
  std::string text;            ///< as written
  HopClock clock;              ///< skew against the Date
  std::optional<bool> agrees;  ///< null where there is no Date to compare with
  bool weak = false;           ///< a mismatch proves nothing
};
[[nodiscard]] MessageClock message_summary_of(const ClockReading& reading);

}  // namespace emltrace::trace
