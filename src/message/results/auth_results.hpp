#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace emltrace {

/// One `method=result` of an Authentication-Results (RFC 8601 2.2), ARC-Authentication-Results
/// (RFC 8617 4.1.1) or Received-SPF (RFC 7208 9.1) field.
struct RecordedMethod {
  std::string method;  ///< lower case: `spf`, `dkim`, `dmarc`, `arc`, `auth`, `iprev`, `compauth` …
  std::string result;  ///< lower case, as recorded
  std::optional<std::string> reason;
  std::vector<std::pair<std::string, std::string>>
      properties;  ///< `smtp.mailfrom` → value, in order; names in lower case, values without
                   ///< quotes and without `<>` around them; an empty value is a null path
  std::vector<std::string> comments;  ///< without their parentheses

  /// The first property of that name; null if absent.
  [[nodiscard]] std::optional<std::string_view> property(std::string_view name) const;
};

struct AuthResults {
  std::optional<std::string>
      authserv_id;              ///< null where none is written (Microsoft 365 writes none)
  std::optional<int> instance;  ///< `i=` of ARC-Authentication-Results
  bool known_version = true;    ///< that of the field is 1, written or not
  std::vector<RecordedMethod> methods;
  bool none = false;                  ///< `; none`: nothing was checked
  std::optional<std::string> unread;  ///< what fits no rule, or lies beyond the caps below
};

inline constexpr std::size_t kMaxRecordedMethods = 256;    ///< of one field
inline constexpr std::size_t kMaxRecordedProperties = 64;  ///< of one method

/// Authentication-Results or ARC-Authentication-Results, with the forms of Microsoft 365 (no
/// authserv-id, `action=none`, `compauth=`), Yahoo, QQ and 163. Never fails; `body` may be folded.
[[nodiscard]] AuthResults parse_auth_results(std::string_view body);

}  // namespace emltrace
