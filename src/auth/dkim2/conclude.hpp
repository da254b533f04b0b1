#pragma once

#include <optional>
#include <vector>

#include "auth/dkim/options.hpp"
#include "auth/dkim2/chain.hpp"
#include "auth/dkim2/from_rule.hpp"
#include "auth/dkim2/history.hpp"
#include "auth/dkim2/value.hpp"
#include "auth/dkim2/verdict.hpp"

namespace emltrace::dkim2 {

/// All that was found of one message.
struct Evidence {
  const Chain& chain;
  const History& history;
  const dkim::Options& options;
  const std::optional<std::vector<FromOwner>>& from_owners;
  const std::vector<ValuesVerdict>& values;  ///< in step with the signatures
};

/// Fills in the results of `verdict`, whose signatures (but for their results) and instances are
/// described. Nothing is pending.
///
/// What is proved wrong goes before what cannot be evaluated, and that before what DNS did not
/// answer. What a signature states counts against the message only where the signature was
/// computed: a key that is gone decides nothing.
void conclude(const Evidence& evidence, const Delivery& delivery, Verdict& verdict);

}  // namespace emltrace::dkim2
