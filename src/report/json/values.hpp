#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/ip.hpp"
#include "report/json/writer.hpp"

/// How single values of the project become JSON.
namespace emltrace::report::json {

/// RFC 3339 in UTC.
void write(Writer& out, Instant instant);
void write(Writer& out, const ip::Address& address);

/// Null where the text is empty: for texts that say "unknown" that way.
[[nodiscard]] std::optional<std::string_view> filled(std::string_view text);
/// A reverse-path: `<>` for the null path, which is known and empty.
[[nodiscard]] std::optional<std::string_view> path(const std::optional<std::string>& address);
/// The instant of a date; null where there is none.
[[nodiscard]] std::optional<Instant> instant(const std::optional<Date>& date);

/// The name of the twin in base64.
[[nodiscard]] std::string twin_of(std::string_view name);
/// Bytes as they were, with a `NAME_base64` twin where JSON cannot hold them.
void raw_member(Writer& out, std::string_view name, std::string_view bytes);
/// The same, and null without a twin where there are none.
void filled_raw_member(Writer& out, std::string_view name, std::string_view bytes);

}  // namespace emltrace::report::json
