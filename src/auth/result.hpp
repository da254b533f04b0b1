#pragma once

#include <string_view>

namespace emltrace::auth {

/// The result words of RFC 8601 2.7 that all methods share.
enum class Result { none, neutral, pass, fail, softfail, policy, temperror, permerror };
[[nodiscard]] std::string_view to_string(Result result);

/// How a domain stands to the author domain (RFC 9989 4.4).
enum class Alignment { none, relaxed, strict };
[[nodiscard]] std::string_view to_string(Alignment alignment);

}  // namespace emltrace::auth
