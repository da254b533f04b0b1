#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/result.hpp"
#include "base/ip.hpp"

/// What SPF says of one identity, and the limits of its evaluation (RFC 7208).
namespace emltrace::spf {

enum class Identity { helo, mail_from };
[[nodiscard]] std::string_view to_string(Identity identity);  ///< `helo`, `mailfrom`

/// One term on the way to the result.
struct Step {
  int depth = 0;        ///< 0 is the first record; each include or redirect is one deeper
  std::string domain;   ///< whose record
  std::string term;     ///< as written in the record
  std::string outcome;  ///< `match`, `no-match`, or an RFC result word for errors
};

struct Verdict {
  Identity identity = Identity::mail_from;
  std::string domain;  ///< that was checked; empty if there was none
  ip::Address ip;
  auth::Result result = auth::Result::none;
  std::optional<std::string> mechanism;  ///< the term that decided, as written (`~all`,
                                         ///< `include:x`); `default` if none matched
  std::optional<std::string> record;     ///< the text of the first record
  std::optional<std::string>
      problem;  ///< why none/temperror/permerror: one phrase, with the place for syntax errors
  std::optional<std::string>
      explanation;  ///< expanded `exp=` text on fail (the sender's words), cut at kMaxExplanation
  int lookups = 0;  ///< terms that query, of kMaxLookups
  int void_lookups = 0;             ///< of kMaxVoidLookups
  bool authenticated_data = false;  ///< the AD bit stood on the first record's answer
  std::vector<Step> trail;
};

inline constexpr int kMaxLookups = 10;       ///< RFC 7208 4.6.4
inline constexpr int kMaxVoidLookups = 2;    ///< RFC 7208 4.6.4
inline constexpr int kMaxNamesPerTerm = 10;  ///< RFC 7208 4.6.4: MX and PTR names
/// Octets of an explanation, which is under the control of the domain and of whoever chose the MAIL
/// FROM (RFC 7208 6.2, 11.5.2); a longer one is cut and ends with an ellipsis.
inline constexpr std::size_t kMaxExplanation = 1024;
/// Steps after which `no-match` of terms that ask nothing (`ip4`, `ip6`) is no longer kept: a
/// record can hold thousands.
inline constexpr std::size_t kMaxTrail = 1000;

}  // namespace emltrace::spf
