#pragma once

#include <cstddef>
#include <utility>

#include "dns/known.hpp"
#include "dns/source.hpp"

namespace emltrace::dns {

/// Rounds after which evaluation is taken as it stands: far above what the limits of SPF (10 terms,
/// each at most three questions deep) and the tree walk can need.
inline constexpr int kMaxRounds = 64;

/// Runs `evaluate(known)` until nothing is missing and gives its last result. `evaluate` must be a
/// pure function of the table; results of earlier rounds are thrown away.
template <class Evaluate>
auto settle(Known& known, Source& source, Source::Clock::time_point deadline, Evaluate&& evaluate) {
  auto result = evaluate(static_cast<Client&>(known));
  for (int round = 1; round < kMaxRounds; ++round) {
    const auto missing = known.take_missing();
    if (missing.empty()) break;
    for (const Question& question : missing) {
      source.fetch(question, deadline,
                   [&known, question](Answer answer) { known.add(question, std::move(answer)); });
    }
    source.run();
    result = evaluate(static_cast<Client&>(known));
  }
  return result;
}

}  // namespace emltrace::dns
