#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace emltrace {

/// Bytes of a charset (IANA name, common aliases) as UTF-8, by iconv; ill-formed input becomes
/// U+FFFD. Null for an unknown charset.
[[nodiscard]] std::optional<std::string> to_utf8(std::string_view bytes, std::string_view charset);

}  // namespace emltrace
