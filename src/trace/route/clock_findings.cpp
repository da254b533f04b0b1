#include "trace/route/clock_findings.hpp"

#include <fmt/format.h>

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

std::vector<Finding> clock_findings(const Route& route) {
  std::vector<Finding> out;
  for (std::size_t i = route.hops.size(); i-- > 0;) {
    const auto& reading = route.clocks[i];
    if (!reading || !disagrees(reading->token, reading->comparison)) continue;
    const std::string& stamp = route.hops[i].received.stamp_raw;
    out.push_back(make_finding(route.hops[i], "clock-token-mismatch",
                               token_sentence(reading->token, "the stamp", stamp),
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
