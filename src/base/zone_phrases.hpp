#pragma once

#include <optional>
#include <string_view>

namespace emltrace {

/// Minutes east of UTC of a zone's name in words, as Windows and Java write it: `Pacific Daylight
/// Time`, `W. Europe Standard Time`, `Coordinated Universal Time`. Null for a phrase that is none
/// or has had more than one meaning.
[[nodiscard]] std::optional<int> offset_of_zone_phrase(std::string_view phrase);

}  // namespace emltrace
