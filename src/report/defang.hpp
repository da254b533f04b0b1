#pragma once

#include <string>
#include <string_view>

namespace emltrace::report {

/// Text in which nothing is a link any more: `203[.]0[.]113[.]9`, `2001[:]db8[:][:]1`,
/// `a[@]evil[.]example`, `hxxps://evil[.]example/`. What is no address, name or URL stays: times,
/// versions, numbers, properties of RFC 8601 (`header.from`) and the orders of a terminal (SGR).
/// Linear. To be called on text that is finished but for the escapes of its format.
[[nodiscard]] std::string defanged(std::string_view text);

}  // namespace emltrace::report
