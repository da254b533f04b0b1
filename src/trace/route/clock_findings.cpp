#include "trace/route/clock_findings.hpp"

#include "trace/finding/sentence.hpp"

namespace emltrace::trace {
namespace {

Evidence token_evidence(const ClockToken& token, const std::string& stamp) {
  return {{"producer", token.producer},
          {"token", token.text},
          {"token_time", format_rfc3339(token.time)},
          {"written", stamp}};
}

Sentence token_sentence(const ClockToken& token, const std::string& stamp) {
  if (token.hour_only) {
    // The letter tells an hour of the local day, not a moment.
    return say<"clock-token-mismatch/hour">(
        with<"id">(token.text), with<"what">(words<"the-stamp">()), with<"written">(stamp));
  }
  return say<"clock-token-mismatch/id">(with<"id">(token.text),
                                        with<"time">(format_rfc3339(token.time)),
                                        with<"what">(words<"the-stamp">()), with<"written">(stamp));
}

}  // namespace

std::vector<Finding> clock_findings(const Route& route) {
  std::vector<Finding> out;
  for (std::size_t i = route.hops.size(); i-- > 0;) {
    const auto& reading = route.clocks[i];
    if (!reading || !disagrees(reading->token, reading->comparison)) continue;
    const std::string& stamp = route.hops[i].received.stamp_raw;
    out.push_back(make_finding(route.hops[i], token_sentence(reading->token, stamp),
                               token_evidence(reading->token, stamp)));
    const ClockToken& token = reading->token;
    if (token.weak || token.hour_only)
      out.back().severity = Severity::low;
    else if (!token.documented)
      out.back().severity = Severity::medium;
  }
  return out;
}

}  // namespace emltrace::trace
