#pragma once

#include <vector>

#include "auth/dkim2/verdict.hpp"
#include "intake/inside/wrapper_facts.hpp"
#include "trace/finding/finding.hpp"

namespace emltrace::trace {

/// Whether a delivery status notification may be about the message that it returns: a domain that
/// the newest signature names in rt= made it, and it was sent to mf= of that signature. Silent
/// where the wrapper is none, where the newest signature is proved wrong, and about what either
/// does not tell. That the returned text is what was signed is judged with the chain.
[[nodiscard]] std::vector<Finding> dkim2_return_findings(const dkim2::Verdict& verdict,
                                                         const intake::WrapperFacts& wrapper);

}  // namespace emltrace::trace
