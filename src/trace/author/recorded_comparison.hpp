#pragma once

#include <vector>

#include "trace/author/authentication.hpp"
#include "trace/route/route.hpp"

namespace emltrace::trace {

/// Recorded results beside the re-run; those of own hosts above the border are trusted. Of `auth`
/// all but `recorded` is filled, of `route` boundary and envelope.
[[nodiscard]] std::vector<RecordedComparison> compare_recorded(
    const std::vector<Recorded>& recorded, const Authentication& auth, const Route& route);

/// The result was recorded about this signature, by its domain, selector and b= (RFC 6008).
[[nodiscard]] bool is_about(const RecordedMethod& method, const dkim::Verdict& verdict);

}  // namespace emltrace::trace
