#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ip.hpp"
#include "trace/route/trust_rule.hpp"

namespace emltrace::trace {

/// What the user knows about the route and says on the command line.
struct Given {
  std::vector<TrustRule> trust;
  std::optional<int> border;  ///< number of the hop
  std::optional<ip::Address> client_ip;
  std::optional<std::string> helo, mail_from, rcpt_to;
};

}  // namespace emltrace::trace
