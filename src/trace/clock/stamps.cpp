#include "trace/clock/stamps.hpp"

namespace emltrace::trace {

std::vector<std::optional<std::int64_t>> delays(std::span<const Hop> hops) {
  std::vector<std::optional<std::int64_t>> out;
  out.reserve(hops.size());
  std::optional<Instant> older;
  for (const Hop& hop : hops) {
    const auto& stamp = hop.received.stamp;
    out.push_back(stamp && older ? std::optional((stamp->instant - *older).count()) : std::nullopt);
    if (stamp) older = stamp->instant;
  }
  return out;
}

}  // namespace emltrace::trace
