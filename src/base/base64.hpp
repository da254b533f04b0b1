#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace emltrace {

/// RFC 4648 4. White space inside is skipped; null for any other foreign byte, wrong padding,
/// or data after the padding. Missing padding is refused unless `lenient`.
[[nodiscard]] std::optional<std::string> base64_decode(std::string_view text, bool lenient = false);
/// The same, lenient, of either alphabet (RFC 4648 4 and 5).
[[nodiscard]] std::optional<std::string> base64_decode_either(std::string_view text);
[[nodiscard]] std::string base64_encode(std::string_view bytes);

}  // namespace emltrace
