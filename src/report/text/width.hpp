#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

/// Columns of a terminal, and where a line of text may be broken (Unicode UAX #11 and UAX #14).
namespace emltrace::report {

/// How many columns a terminal takes for valid text: 0 for combining marks, 2 for wide East Asian
/// characters and pictographs.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The offsets in valid text without white space at which a line may be broken beside a wide
/// character: between ideographs, not before what closes or after what opens (UAX #14). Words of
/// other scripts have none: a name or an address stays whole.
[[nodiscard]] std::vector<std::size_t> wide_breaks(std::string_view text);

/// The most bytes of escaped text, from its start, that take at most `columns` columns, and at
/// least one character; an escape (`\x1b`, `\u202e`) is not cut.
[[nodiscard]] std::size_t fitting_bytes(std::string_view escaped, std::size_t columns);

}  // namespace emltrace::report
