#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace emltrace::dkim {

/// A link as it stood before a filter led it through itself (Microsoft SafeLinks, Proofpoint URL
/// Defense, and others that keep the whole link); null for any other link.
[[nodiscard]] std::optional<std::string> unwrapped_link(std::string_view link);

/// A text with all such links as they stood; null where it holds none. In HTML the attributes that
/// SafeLinks adds go with them; `escape` writes their `&` as `&amp;`.
[[nodiscard]] std::optional<std::string> with_unwrapped_links(std::string_view text, bool html,
                                                              bool escape);

}  // namespace emltrace::dkim
