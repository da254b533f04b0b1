#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace emltrace::trace {

/// The text of a cause as Vade writes it (X-VR-SPAMCAUSE and kin): what the filter saw, with its
/// points, and the envelope, the recipient's address among it. UTF-8. Null for what is no such
/// text: newer ones are encrypted.
///
/// White space and quotes apart, two letters are one octet of Latin-1, a value v in `f`..`v` and a
/// mark m in `c`..`o`: v + 17 (m - `h`). The value comes first in the first pair, the mark in the
/// second, and so on by turns.
[[nodiscard]] std::optional<std::string> decode_vade_cause(std::string_view text);

}  // namespace emltrace::trace
