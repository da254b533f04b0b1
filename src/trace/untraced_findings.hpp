#pragma once

#include <span>
#include <vector>

#include "intake/inside/untraced.hpp"
#include "trace/finding/finding.hpp"

namespace emltrace::trace {

/// message-attached, part-unread: the parts of a message that this run does not trace, one finding
/// a reason, the first few parts by their number.
[[nodiscard]] std::vector<Finding> untraced_findings(std::span<const intake::Untraced> parts);

}  // namespace emltrace::trace
