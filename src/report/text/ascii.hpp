#pragma once

#include <string>
#include <string_view>

namespace emltrace::report {

/// Escaped text for a terminal that shows no UTF-8: signs that have a common form in US-ASCII in
/// that form (`→` as `->`, `−` as `-`, blocks of a bar as `#`), every other code point beyond it as
/// `\u4f60`. An 8-bit terminal could take the bytes of UTF-8 for control characters (ECMA-48 C1).
[[nodiscard]] std::string in_ascii(std::string_view escaped);

}  // namespace emltrace::report
