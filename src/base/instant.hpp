#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace emltrace {

/// Seconds since 1970-01-01T00:00:00Z.
using Instant = std::chrono::sys_seconds;

/// 9999-12-31T23:59:59Z, the last one that RFC 3339 can write.
inline constexpr Instant kLastInstant{std::chrono::seconds{253'402'300'799}};

/// `2026-05-01T12:00:00Z`.
[[nodiscard]] std::string format_rfc3339(Instant instant);

/// `Tue, 17 Nov 2026 09:14:07 +0000` (RFC 5322 3.3).
[[nodiscard]] std::string format_rfc5322(Instant instant);

/// The `--now` form: RFC 3339, or whole epoch seconds. Null otherwise.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);
/// Whole epoch seconds in digits; null for all else, and beyond kLastInstant.
[[nodiscard]] std::optional<Instant> parse_epoch_seconds(std::string_view text);

}  // namespace emltrace
