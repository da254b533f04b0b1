#pragma once

#include <string>

#include "auth/spf/verdict.hpp"
#include "base/date.hpp"
#include "base/ip.hpp"
#include "dns/client.hpp"

/// Sender Policy Framework, RFC 7208.
namespace emltrace::spf {

struct Request {
  Identity identity = Identity::mail_from;
  ip::Address client;
  std::string helo;       ///< as the client said it; may be a literal or junk
  std::string mail_from;  ///< without brackets; empty for the null path: checked as postmaster@HELO
                          ///< (RFC 7208 2.4)
  std::string receiver;   ///< for %{r}; empty: `unknown`
  Instant now;            ///< for %{t}
};

/// check_host() of RFC 7208 4 for one identity. While answers are pending the verdict is
/// provisional and must not be shown.
[[nodiscard]] Verdict check_host(dns::Client& client, const Request& request);

}  // namespace emltrace::spf
