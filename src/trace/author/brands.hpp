#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/domain.hpp"
#include "trace/author/brand_rows.hpp"

namespace emltrace::trace {

/// A brand whose name a display name is.
struct NamedBrand {
  const Brand* brand;
  std::string name;  ///< the name that was found, as it is compared: lower case, without accents
};

/// The brand that a display name (UTF-8) names as its owner, as a reader reads it (reading.hpp).
/// The whole display name must be the brand's name and words of service (`PayPal Support`, `Your
/// Amazon.com account`, `楽天カード株式会社`): a person or a firm whose name only holds it is not
/// meant. Names that are also words or surnames (`Chase`, `Orange`) count beside a word of service
/// alone. Null where there is none, or the text is longer than kMaxDisplayName.
[[nodiscard]] std::optional<NamedBrand> find_brand(std::string_view display);
inline constexpr std::size_t kMaxDisplayName = 200;  ///< bytes

/// The name is one of the brand's domains or stands below one.
[[nodiscard]] bool is_domain_of(const Brand& brand, const DomainName& name);

}  // namespace emltrace::trace
