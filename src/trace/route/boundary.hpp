#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dns/client.hpp"
#include "message/headers.hpp"
#include "message/received/hop.hpp"
#include "trace/route/client_statement.hpp"
#include "trace/route/gateway.hpp"
#include "trace/route/given.hpp"
#include "trace/route/host_facts.hpp"
#include "trace/route/own.hpp"
#include "trace/route/own_fields.hpp"

namespace emltrace::trace {

/// What the lowest own line tells of the outside.
enum class BorderClient {
  none,     ///< nothing came from outside, or there is no line
  outside,  ///< a host from outside connected
  user,     ///< a person's client: logged in, local, or by web mail
  hidden,   ///< own lines end here, and the client is not told: an address inside, or an unreadable
            ///< one
};

/// Where the recipient's own lines end, and what that rests on. A line is own by what is known
/// before it is read: by its writer, or because the line above ties its host to it; never by its
/// place alone.
struct Boundary {
  OwnInfrastructure own;
  std::optional<std::size_t> border;  ///< index of the lowest own hop; null where there is no hop
  BorderClient client = BorderClient::none;
  OwnFields own_fields;
  std::vector<std::string> reasons;  ///< in step with the hops: why the line is an own host's;
                                     ///< empty below the border
  std::optional<ClientStatement> statement;  ///< of own hosts, about the client of the border
  std::optional<LikelyGateway> likely_gateway;

  [[nodiscard]] bool from_user() const { return client == BorderClient::user; }
  [[nodiscard]] bool from_outside() const { return client == BorderClient::outside; }
};

/// The result was written by the recipient's own hosts, at a place where nobody else can write, and
/// in a name of theirs.
[[nodiscard]] bool is_own_result(const Recorded& recorded, const Boundary& boundary,
                                 std::span<const Hop> hops);

/// What is known of a message before its boundary is sought.
struct BoundaryEvidence {
  const Message& message;
  const Headers& headers;
  std::span<const Hop> hops;         ///< oldest first
  std::span<const HostFacts> facts;  ///< in step
  std::span<const ClientStatement> statements;
};

/// The user's word first; then the newest line is an own host's, and each tells of the next. Asks
/// for the MX of the recipient.
[[nodiscard]] Boundary find_boundary(const BoundaryEvidence& evidence, const Given& given,
                                     dns::Client& client);

}  // namespace emltrace::trace
