#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/domain.hpp"

namespace emltrace {

/// One mailbox (RFC 5322 3.4) with comments and quoting taken off.
struct Mailbox {
  std::string display;  ///< display name, encoded words decoded to UTF-8; empty if none. For `a@b
                        ///< (Name)` the comment.
  std::string display_raw;  ///< as written, before decoding
  std::string local_part;   ///< unquoted
  std::string domain;  ///< as written, without comments; a literal keeps its brackets; empty if
                       ///< none (`demo`)
  bool quoted_local_part = false;
  bool has_route = false;  ///< `<@a,@b:c@d>` (RFC 5322 4.4)

  /// `local@domain` for reports; the local part alone where there is no domain.
  [[nodiscard]] std::string address() const;
  /// Null for a literal, an empty or an invalid domain.
  [[nodiscard]] std::optional<DomainName> domain_name() const;
};

/// What stands behind the last '@' of an address; empty where there is none.
[[nodiscard]] std::string_view domain_part(std::string_view address);
/// The domain of an identity (RFC 8601 2.7): of `a@b` and `@b` what stands behind the last '@', of
/// a domain alone the whole.
[[nodiscard]] std::string_view identity_domain(std::string_view identity);
/// domain_part as a name. Null for a literal (`a@[192.0.2.1]`), an empty or an invalid domain.
[[nodiscard]] std::optional<DomainName> domain_of_address(std::string_view address);

}  // namespace emltrace
