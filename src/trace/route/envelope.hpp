#pragma once

#include "intake/intake.hpp"
#include "trace/analyse.hpp"
#include "trace/report.hpp"
#include "trace/route/boundary.hpp"

namespace emltrace::trace {

/// The envelope (RFC 5321 §2.3.1) as the border hop saw it; what the command line or a wrapper
/// states goes before, and is named in `overridden`.
[[nodiscard]] Envelope read_envelope(const Message& message, const Headers& headers,
                                     const std::vector<Hop>& hops, const Boundary& boundary,
                                     const Options& options, const intake::WrapperFacts& wrapper);

}  // namespace emltrace::trace
