#pragma once

#include <optional>
#include <string_view>

#include "base/ip.hpp"
#include "message/results/auth_results.hpp"

namespace emltrace {

/// Received-SPF: one method `spf`; keys become properties (`client-ip`, `envelope-from`, `helo`,
/// `receiver`, `identity`, `mechanism`, `problem`); the comment's "domain of X designates Y" feeds
/// `client-ip` and `envelope-from` where no key does. `authserv_id` is `receiver`, or where no such
/// key stands the host that opens the comment (`mx.a.example: domain of …`).
[[nodiscard]] AuthResults parse_received_spf(std::string_view body);

/// The client address that a recorded SPF result was about, by its `client-ip`, `remoteip` or
/// `smtp.remote-ip`, else by its comment (`sender IP is X`, `… designates X as permitted sender`);
/// null where it states none.
[[nodiscard]] std::optional<ip::Address> recorded_client_ip(const RecordedMethod& method);

}  // namespace emltrace
