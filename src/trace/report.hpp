#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "intake/item.hpp"
#include "message/headers.hpp"
#include "message/message.hpp"
#include "message/received/hop.hpp"
#include "trace/author/author_state.hpp"
#include "trace/author/filter_verdict.hpp"
#include "trace/author/handle.hpp"
#include "trace/clock/reading.hpp"
#include "trace/finding/finding.hpp"
#include "trace/route/boundary.hpp"
#include "trace/route/envelope.hpp"
#include "trace/route/host_facts.hpp"
#include "trace/route/network.hpp"
#include "trace/route/origin.hpp"
#include "trace/route/standing.hpp"
#include "trace/side_lines.hpp"

namespace emltrace::trace {

/// A hop with all that is known and thought of it. Lines and offsets are those of the input.
struct TracedHop : Hop {
  /// Stamp minus the stamp of the next older hop that has one; of the oldest one minus the Date
  /// field, the sender's word. Seconds; may be negative.
  std::optional<std::int64_t> delay_s;
  bool delay_from_date = false;  ///< `delay_s` is reckoned from the Date field
  Standing standing = Standing::unverified;
  std::string standing_reason;   ///< why, one phrase for people
  bool standing_proven = false;  ///< contradicted by facts that a forger could not write
  HopDns dns;
  std::optional<HopClock> clock;
  std::vector<std::string> findings;  ///< codes, in order, each once
};

enum class Level { clean, notice, suspicious, forged };
enum class RouteState { consistent, unverified, contradicted, absent };
[[nodiscard]] std::string_view to_string(Level level);
[[nodiscard]] std::string_view to_string(RouteState route);

struct TraceVerdict {
  Level level = Level::clean;
  RouteState route = RouteState::absent;
  AuthorState author = AuthorState::unknown;
  std::optional<Basis> basis;          ///< what `author` rests on; null where nothing is known
  std::vector<std::string> unchecked;  ///< `spf`, `dkim`, `arc`, `dkim2`, `dmarc`, `dns`: what
                                       ///< could not be or was not checked
  std::string summary;                 ///< one sentence
};

/// The clock by which expiry was judged.
struct CheckClock {
  Instant at;
  std::string source;  ///< `border`, `now`, `given`
};

struct DnsSummary {
  std::string mode;  ///< live, zone, replay, offline
  std::vector<std::string> servers;
  std::size_t questions = 0;
  std::size_t cached = 0;
  std::size_t failed = 0;               ///< failed, timed out or refused
  std::vector<std::string> unanswered;  ///< the questions that failed, `name TYPE: reason`
  std::int64_t elapsed_ms = 0;          ///< of a replay, what it took when it was recorded
  std::string recorded = {};            ///< of a replay, the mode in which it was recorded
  std::optional<std::size_t> zone_skipped = std::nullopt;  ///< records left out of zone files
};

/// Everything there is to say about one message. A plain value; the reports print it. The members
/// of Authentication are its own, as they are in the JSON.
struct Report : Authentication {
  std::string path;
  std::size_t index = 1;
  std::optional<std::string> part;
  intake::Kind kind = intake::Kind::message;
  std::size_t base_offset = 0;  ///< of the original in the input file, bytes: lines and offsets
                                ///< of the report count from there
  std::size_t bytes = 0;        ///< of the original
  std::string sha256;           ///< of the original, hexadecimal
  LineEnding line_ending = LineEnding::none;
  std::vector<intake::Repair> repairs;
  intake::WrapperFacts wrapper;

  Headers headers;
  Envelope envelope;
  CheckClock clock;
  Boundary boundary;
  std::vector<TracedHop> hops;  ///< 1 first
  std::vector<SideLine> beside;
  std::vector<MessageClock> clocks;
  Origin origin;
  Enrichment enrichment;              ///< of `origin.ip`; empty unless asked for
  std::vector<FilterReport> filters;  ///< in the order of the header
  std::vector<Handle> handles;        ///< in the order of the header
  std::vector<Finding> findings;      ///< most severe first, then by hop from the newest
  TraceVerdict verdict;
  DnsSummary dns;
};

}  // namespace emltrace::trace
