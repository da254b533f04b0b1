#pragma once

#include "trace/author/examined.hpp"
#include "trace/finding/finding.hpp"

namespace emltrace::trace {

/// What was found of the address of a filter that may be the recipient's own says nothing of the
/// sender: the finding is told as `info`, with the reason. Others stay as they are.
void soften_behind_gateway(const Examined& mail, Finding& finding);

}  // namespace emltrace::trace
