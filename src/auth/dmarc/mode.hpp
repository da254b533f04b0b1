#pragma once

#include <string_view>

namespace emltrace::dmarc {

/// The rules of a policy record and its discovery: the tree walk of RFC 9989, or the public suffix
/// list of RFC 7489.
enum class Mode { rfc9989, rfc7489 };
[[nodiscard]] std::string_view to_string(Mode mode);

}  // namespace emltrace::dmarc
