#pragma once

#include <string>
#include <vector>

#include "base/domain.hpp"

namespace emltrace::trace {

/// What the user names as the recipient's own, so that imitations of it are found.
struct Protected {
  std::vector<DomainName> domains;  ///< `--own`
  std::vector<std::string> people;  ///< `--vip`, UTF-8

  /// The name is one of the own domains or stands below one.
  [[nodiscard]] bool owns(const DomainName& name) const {
    for (const DomainName& domain : domains) {
      if (name.is_within(domain)) return true;
    }
    return false;
  }
};

}  // namespace emltrace::trace
