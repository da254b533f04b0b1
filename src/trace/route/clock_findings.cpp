#include <fmt/format.h>

#include "trace/clock/token.hpp"
#include "trace/route/findings.hpp"

namespace emltrace::trace {
namespace {

Evidence token_evidence(const ClockToken& token, const std::string& stamp) {
  return {{"producer", token.producer},
          {"token", token.text},
          {"token_time", format_rfc3339(token.time)},
          {"written", stamp}};
}

std::string token_sentence(const ClockToken& token, const std::string& what,
                           const std::string& stamp) {
  if (token.hour_only) {
    // The letter tells an hour of the local day, not a moment.
    return fmt::format("The id {} was made in another hour of the day than {} says ({}).",
                       token.text, what, stamp);
  }
  return fmt::format("The id {} holds the time {}, {} says {}.", token.text,
                     format_rfc3339(token.time), what, stamp);
}

}  // namespace

std::vector<Finding> clock_findings(std::vector<Hop>& hops, const Boundary& boundary) {
  std::vector<Finding> out;
  for (std::size_t i = hops.size(); i-- > 0;) {
    Hop& hop = hops[i];
    const auto token = decode_hop_token(hop.received);
    if (!token) continue;
    const ClockComparison comparison = compare(*token, hop.received.stamp);
    hop.clock = HopClock{token->producer, token->time, token->precision_s, comparison.skew_s};
    if (comparison.verdict != ClockVerdict::mismatch) continue;
    Finding finding = make_finding(hop, "clock-token-mismatch",
                                   token_sentence(*token, "the stamp", hop.received.stamp_raw),
                                   token_evidence(*token, hop.received.stamp_raw));
    if (token->weak) finding.severity = Severity::low;
    const bool claim =
        boundary.border && i < *boundary.border && hop.standing != Standing::discarded;
    if (claim && !token->weak && hop.standing != Standing::contradicted) {
      hop.standing = Standing::contradicted;
      hop.standing_reason = "the time in its id is not the time it states";
      discard_below(hops, i);
    }
    out.push_back(std::move(finding));
  }
  return out;
}

std::vector<MessageClock> read_message_clocks(const Message& message, const Headers& headers) {
  std::vector<MessageClock> clocks;
  for (ClockToken& token : decode_message_tokens(message)) {
    // Relays stamp X-Received on the way: it is no clock of the author's program.
    const bool by_relay = token.place == "X-Received";
    const ClockComparison comparison = compare(token, by_relay ? std::nullopt : headers.date);
    clocks.push_back(
        {.line = token.line,
         .place = std::move(token.place),
         .text = std::move(token.text),
         .clock = {std::move(token.producer), token.time, token.precision_s, comparison.skew_s},
         .agrees = comparison.verdict == ClockVerdict::undecidable
                       ? std::nullopt
                       : std::optional(comparison.verdict == ClockVerdict::match),
         .weak = token.weak});
  }
  return clocks;
}

std::vector<Finding> message_clock_findings(const std::vector<MessageClock>& clocks,
                                            const Headers& headers) {
  std::vector<Finding> out;
  for (const MessageClock& entry : clocks) {
    if (entry.agrees != false) continue;
    Finding finding =
        make_finding("clock-token-mismatch",
                     fmt::format("{} holds the time {}, the Date says {}.", entry.place,
                                 format_rfc3339(entry.clock.time), headers.date_raw),
                     {{"producer", entry.clock.producer},
                      {"token", entry.text},
                      {"token_time", format_rfc3339(entry.clock.time)},
                      {"written", headers.date_raw}});
    finding.severity = Severity::low;
    finding.line = entry.line;
    out.push_back(std::move(finding));
  }
  return out;
}

}  // namespace emltrace::trace
