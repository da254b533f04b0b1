#pragma once

#include <string_view>

namespace emltrace::html {

/// The named character references of HTML (WHATWG HTML 13.5), in the order of their bytes and
/// parted by white space: `NAME:HEX`, two code points as `HEX+HEX`; `NAME!HEX` where the name
/// counts without a semicolon too.
[[nodiscard]] std::string_view entity_rows();

}  // namespace emltrace::html
