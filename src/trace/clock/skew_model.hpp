#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace emltrace::trace {

/// One stamp of the chain, oldest first.
struct Stamp {
  std::string host;   ///< whose clock it is; equal hosts share one clock
  std::int64_t time;  ///< seconds
};

/// How a pair of neighbouring stamps fits the model.
enum class Fit {
  ordered,   ///< in order, within the tolerance
  skewed,    ///< out of order, and constant clock errors of believable size explain it
  zone,      ///< out of order, and a zone set wrong by whole hours at one host explains it
  reversed,  ///< no believable clock error explains it together with the other stamps
};

/// One unknown constant error a host, of at most kMaxClockError, is looked for that puts all stamps
/// in order within kSkewTolerance. Element i tells of the stamps i and i + 1. Of a long chain the
/// newest stamps are modelled, the others are judged pair by pair.
[[nodiscard]] std::vector<Fit> fit_clocks(const std::vector<Stamp>& stamps);

}  // namespace emltrace::trace
