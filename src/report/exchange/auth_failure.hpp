#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "trace/report.hpp"

namespace emltrace::report {

/// What failed, by the words of RFC 6591 3.3 and RFC 9991: `dmarc`, else a DKIM signature that does
/// not match (`bodyhash`, `signature`, `revoked`), else `spf`.
struct AuthFailure {
  std::string_view word;
  const dkim::Verdict* dkim =
      nullptr;                        ///< the signature that failed, of the author where it can be
  const spf::Verdict* spf = nullptr;  ///< of MAIL FROM, where it did not pass
};

/// Null where nothing failed: what could not be judged is no failure.
[[nodiscard]] std::optional<AuthFailure> find_auth_failure(const trace::Report& report);

/// The fields that a report of it has besides those of every report: Auth-Failure,
/// Identity-Alignment (the mechanisms that did not authenticate an aligned identity), DKIM-* and
/// SPF-DNS. Canonical texts, which RFC 6591 leaves to the reporter, are left out: they would show
/// again what redaction hides.
[[nodiscard]] std::vector<std::pair<std::string_view, std::string>> failure_fields(
    const trace::Report& report, const AuthFailure& failure);

}  // namespace emltrace::report
