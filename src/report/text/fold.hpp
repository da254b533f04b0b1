#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "trace/report.hpp"

namespace emltrace::report {

/// Hops that make one row of the route.
struct Fold {
  std::size_t first = 0, last = 0;                     ///< indices, both of it
  std::optional<std::string> system = std::nullopt;    ///< of several hops, where it has a name
  std::optional<std::int64_t> delay_s = std::nullopt;  ///< of all of them, where any is known

  [[nodiscard]] std::size_t count() const { return last - first + 1; }
};

/// A delay beyond it is worth a look, seconds.
inline constexpr std::int64_t kLongDelay = 60;

/// The hops in runs, oldest first: neighbours of one standing that never leave one system and were
/// quick, of which nothing is lost in a single row. A border, a contradicted hop, one that could
/// not be read or that took its time stands alone.
[[nodiscard]] std::vector<Fold> fold_hops(const std::vector<trace::TracedHop>& hops);

}  // namespace emltrace::report
