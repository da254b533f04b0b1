#pragma once

#include <optional>
#include <string_view>

#include "base/domain.hpp"

namespace emltrace::trace {

/// The domain of a list that is the name or stands above it; null where there is none. A list holds
/// blank-separated words: `paypal.com`; `amazon.com,de,co.uk`, one label under several suffixes;
/// `.barclays`, a top-level domain.
[[nodiscard]] std::optional<DomainName> listed_domain(std::string_view list,
                                                      const DomainName& name);

}  // namespace emltrace::trace
