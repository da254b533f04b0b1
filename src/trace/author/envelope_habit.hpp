#pragma once

#include <string>

#include "trace/author/examined.hpp"

namespace emltrace::trace {

/// Why an envelope sender of another organization than the author's is ordinary here, one phrase:
/// a list (RFC 2919), a bounce address made for this recipient (VERP), a forwarder's rewriting
/// (SRS), a sending service of the family table. Empty where nothing explains it.
[[nodiscard]] std::string envelope_habit(const Examined& mail);

}  // namespace emltrace::trace
