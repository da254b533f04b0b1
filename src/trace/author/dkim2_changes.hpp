#pragma once

#include <string>
#include <vector>

#include "auth/dkim2/verdict.hpp"
#include "trace/finding/finding.hpp"

namespace emltrace::trace {

/// `changed Subject, added List-Id, and 2 lines at the end`: what one hop did, in words; empty
/// where it did nothing.
[[nodiscard]] std::string change_words(const dkim2::Verdict& verdict, std::size_t m);

/// Who changed what on the way, as the recipes of the chain tell: dkim2-modified,
/// dkim2-from-rewritten, dkim2-body-hidden-text, dkim2-content-withheld.
[[nodiscard]] std::vector<Finding> dkim2_changes(const dkim2::Verdict& verdict);

}  // namespace emltrace::trace
