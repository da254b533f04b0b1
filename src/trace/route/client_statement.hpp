#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/ip.hpp"
#include "message/message.hpp"
#include "message/results/recorded.hpp"

namespace emltrace::trace {

/// An address that some host says it judged as the SMTP client: `client-ip` of Received-SPF
/// (RFC 7208 9.1), `smtp.remote-ip`, `policy.iprev` and the comments of Authentication-Results
/// (RFC 8601), CIP of X-Forefront-Antispam-Report. True only where that host is the recipient's.
struct ClientStatement {
  ip::Address client;
  std::size_t offset = 0;  ///< of the field in the message
  std::size_t line = 0;
  std::string header;
  std::optional<std::string> authserv_id;  ///< null where the writer does not name itself
};

/// All of them, top to bottom. `recorded` is collect_recorded(message); what an ARC set states was
/// judged elsewhere and is no statement about this connection.
[[nodiscard]] std::vector<ClientStatement> read_client_statements(
    const Message& message, const std::vector<Recorded>& recorded);

}  // namespace emltrace::trace
