#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"

/// Inside of the hidden clocks: the ways in which numbers and dates are written.
namespace emltrace::trace::codec {

inline constexpr std::string_view kBase62 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Postfix: no vowels. The last letter parts time and inode.
inline constexpr std::string_view kBase52 = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
/// Crockford: no I, L, O, U.
inline constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// ZMailer's order of letters and digits.
inline constexpr std::string_view kZmailer =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123abcdefghijklmnopqrstuvwxyz456789+-";

/// A number in positional notation; null for an empty text, a foreign letter, or above 2^53.
[[nodiscard]] std::optional<std::uint64_t> number(std::string_view text, std::string_view alphabet);
[[nodiscard]] std::optional<std::uint64_t> decimal(std::string_view text);
/// Upper or lower case.
[[nodiscard]] std::optional<std::uint64_t> hexadecimal(std::string_view text);
[[nodiscard]] bool is_digits(std::string_view text);
[[nodiscard]] bool is_hex(std::string_view text);
[[nodiscard]] bool is_made_of(std::string_view text, std::string_view alphabet);

/// Null outside 1980-01-01..2100-01-01.
[[nodiscard]] std::optional<Instant> epoch(std::optional<std::uint64_t> seconds);
[[nodiscard]] std::optional<Instant> epoch_ms(std::optional<std::uint64_t> milliseconds);
/// A civil time read as UTC; null where a part is out of its range. Months and days from 1.
[[nodiscard]] std::optional<Instant> civil(std::uint64_t year, std::uint64_t month,
                                           std::uint64_t day, std::uint64_t hour,
                                           std::uint64_t minute, std::uint64_t second);
/// `yyyymmddHHMMSS`.
[[nodiscard]] std::optional<Instant> civil14(std::string_view digits);
/// Four bytes, least significant first.
[[nodiscard]] std::uint64_t little_endian(std::string_view bytes, std::size_t at);
/// A wall clock of the west coast of the United States (PST/PDT by the rules of 1987 and 2007),
/// read as UTC by `civil`, as the instants it may mean: two in the hour that is repeated in autumn.
struct PacificTimes {
  Instant first;   ///< by summer time where that runs
  Instant second;  ///< equal to `first` but in the repeated hour
};
[[nodiscard]] PacificTimes pacific(Instant wall_clock);

}  // namespace emltrace::trace::codec
