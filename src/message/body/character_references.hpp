#pragma once

#include <string>
#include <string_view>

namespace emltrace::html {

/// Text of HTML with its character references decoded to UTF-8 (WHATWG HTML 13.2.5.72 to 80): all
/// 2,231 names, numbers with or without a semicolon. In the value of an attribute a name without a
/// semicolon stays as it is before `=` and letters or digits, so that `?a=1&copy=2` is kept.
[[nodiscard]] std::string decode_references(std::string_view text, bool in_attribute);

}  // namespace emltrace::html
