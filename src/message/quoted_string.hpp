#pragma once

#include <string>
#include <string_view>

namespace emltrace {

/// quoted-string (RFC 5322 3.2.4): the text between quotes, a quote and a backslash of its own
/// behind a backslash each. All else stays as it is.
[[nodiscard]] std::string quoted_string(std::string_view text);

}  // namespace emltrace
