#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "trace/author/filter_rows.hpp"

/// Inside of the filters: the ways in which fields are written. None of them fails.
namespace emltrace::trace::shape {

/// One value, the whole text: `YES`.
void word(std::string_view text, FilterReading& out);
/// The same, and the field is none of the row's where no code fits.
void known_word(std::string_view text, FilterReading& out);
/// `KEY:value;KEY:value;`, as Microsoft writes. A value may hold colons and be empty; loose pieces
/// `(null)` of old reports are dropped.
void colon_pairs(std::string_view text, FilterReading& out);
/// `KEY=value;KEY=value`; quoted strings may hold a semicolon.
void equals_pairs(std::string_view text, FilterReading& out);
/// `key=value key=value`.
void blank_pairs(std::string_view text, FilterReading& out);
/// `Yes, score=3.6 required=5 tests=A,B,\n C`: a word named `verdict`, then pairs. A list of tests
/// goes on behind each comma, or up to its `]`; what is no pair is one value `text`.
void verdict_pairs(std::string_view text, FilterReading& out);
/// One address as a value: the first that stands in the text, `[203.0.113.9]`.
void address(std::string_view text, FilterReading& out);
/// Stars, plus or minus signs, one a point; a slash for none.
void bar(std::string_view text, FilterReading& out);
/// Base64 of `K=v;K=v`.
void coded_pairs(std::string_view text, FilterReading& out);
/// Whole epoch seconds.
void epoch(std::string_view text, FilterReading& out);

/// `2025-11-14T10:10:08Z` for whole epoch seconds; null for what is none after 1980.
[[nodiscard]] std::optional<std::string> time_of(std::optional<std::uint64_t> seconds);
/// A decimal number, `-8.069`; null for anything else.
[[nodiscard]] std::optional<double> decimal(std::string_view text);

}  // namespace emltrace::trace::shape
