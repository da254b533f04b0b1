#pragma once

#include <vector>

#include "trace/finding/finding.hpp"
#include "trace/route/route.hpp"

namespace emltrace::trace {

struct JudgedRoute {
  std::vector<Judgement> judgements;  ///< in step with the hops
  std::vector<Finding> findings;      ///< broken links, forged tails, imitated providers
};

/// The one place where a hop gets its standing. Weighs the boundary, the links, the facts of DNS,
/// the clocks and what vouches for whom; all below a contradicted hop is discarded. Pure: `route`
/// is filled but for its judgements.
[[nodiscard]] JudgedRoute judge_route(const Route& route);

}  // namespace emltrace::trace
