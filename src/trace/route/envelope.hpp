#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/ip.hpp"
#include "intake/item.hpp"
#include "message/headers.hpp"
#include "message/received/hop.hpp"
#include "trace/route/boundary.hpp"
#include "trace/route/given.hpp"

namespace emltrace::trace {

struct Envelope {
  std::optional<ip::Address> client_ip;
  std::optional<std::string> helo;
  std::optional<std::string> mail_from;  ///< empty for the null path
  std::optional<std::string> rcpt_to;
  std::optional<Instant> received_at;
  std::optional<int> from_hop;  ///< the border hop
  std::vector<std::string>
      overridden;  ///< `client_ip`, `helo`, `mail_from`, `rcpt_to`: given, not read
  std::optional<std::string>
      source;  ///< where given facts came from: `command line`, `feedback-report`
};

/// The envelope (RFC 5321 2.3.1) as the border hop saw it; what the command line or a wrapper
/// states goes before, and is named in `overridden`.
[[nodiscard]] Envelope read_envelope(const Message& message, const Headers& headers,
                                     std::span<const Hop> hops, const Boundary& boundary,
                                     const Given& given, const intake::WrapperFacts& wrapper);

}  // namespace emltrace::trace
