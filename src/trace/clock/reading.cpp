#include "trace/clock/reading.hpp"

#include "trace/finding/sentence.hpp"

namespace emltrace::trace {

std::vector<std::optional<ClockReading>> read_hop_clocks(std::span<const Hop> hops) {
  std::vector<std::optional<ClockReading>> out;
  out.reserve(hops.size());
  for (const Hop& hop : hops) {
    auto token = decode_hop_token(hop.received);
    if (!token) {
      out.emplace_back();
      continue;
    }
    const ClockComparison comparison = compare(*token, hop.received.stamp);
    out.emplace_back(ClockReading{std::move(*token), comparison, std::nullopt});
  }
  return out;
}

std::vector<ClockReading> read_message_clocks(const Message& message, const Headers& headers,
                                              std::span<const Hop> hops) {
  std::vector<TokenHop> writers;
  for (const Hop& hop : hops) writers.push_back({&hop.received, hop.line});
  std::vector<ClockReading> out;
  for (ClockToken& token : decode_message_tokens(message)) {
    const auto relay = hop_of_token(token, writers);
    std::optional<Date> stamp;
    if (token.stamp_of != StampOf::field) stamp = headers.date;
    if (relay) stamp = hops[*relay].received.stamp;
    ClockComparison comparison = compare(token, stamp);
    // What relays put in on the way is no clock of the author's program: that it fits the Date is
    // told, that it does not says nothing.
    const bool other_clock = token.stamp_of == StampOf::relay && !relay;
    if (other_clock && comparison.verdict != ClockVerdict::match) comparison = {};
    out.push_back({std::move(token), comparison, relay});
  }
  return out;
}

std::vector<Finding> message_clock_findings(std::span<const ClockReading> readings,
                                            const Headers& headers, std::span<const Hop> hops) {
  std::vector<Finding> out;
  for (const auto& [token, comparison, relay] : readings) {
    if (!disagrees(token, comparison)) continue;
    const std::string time = format_rfc3339(token.time);
    const std::string& written = relay ? hops[*relay].received.stamp_raw : headers.date_raw;
    const std::string against =
        relay ? words<"stamp-of-hop">(with<"hop">(hops[*relay].number)) : words<"the-date">();
    Finding finding = make_finding(
        say<"clock-token-mismatch/time">(with<"id">(token.place), with<"time">(time),
                                         with<"what">(against), with<"written">(written)),
        {{"producer", token.producer},
         {"token", token.text},
         {"token_time", time},
         {"written", written}});
    finding.severity = Severity::low;
    finding.line = token.line;
    out.push_back(std::move(finding));
  }
  return out;
}

HopClock summary_of(const ClockReading& reading) {
  const ClockToken& token = reading.token;
  return {token.producer, token.time, token.precision_s, reading.comparison.skew_s};
}

MessageClock message_summary_of(const ClockReading& reading) {
  const ClockVerdict verdict = reading.comparison.verdict;
  return {.line = reading.token.line,
          .place = reading.token.place,
          .text = reading.token.text,
          .clock = summary_of(reading),
          .agrees = verdict == ClockVerdict::undecidable
                        ? std::nullopt
                        : std::optional(!disagrees(reading.token, reading.comparison)),
          .weak = reading.token.weak};
}

}  // namespace emltrace::trace
