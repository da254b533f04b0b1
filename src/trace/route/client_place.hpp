#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "message/received/hop.hpp"
#include "trace/route/host_facts.hpp"
#include "trace/route/own.hpp"

/// On which side the client of an own line is, and whose the next older line is.
namespace emltrace::trace {

enum class Side {
  inside,   ///< a host or program of the recipient's
  pulled,   ///< the mailbox from which the message was fetched (POP, IMAP)
  user,     ///< a person's client
  outside,  ///< a host that is not the recipient's
  hidden,   ///< the line does not tell, or what it told cannot be read
};

/// An own line and what is known of the recipient's infrastructure up to it.
struct OwnLine {
  OwnInfrastructure& own;
  std::span<const Hop> hops;         ///< oldest first
  std::span<const HostFacts> facts;  ///< in step
  std::size_t index;
};

struct ClientPlace {
  Side side;
  std::string reason = {};   ///< for a line that is an own host's; one phrase
  bool by_user = false;      ///< the user named the client with --trust
  bool by_own_name = false;  ///< the client is an own host by a name or an address that is known
  bool transport = false;    ///< LMTP and the like, which no stranger can speak to an own host
};

[[nodiscard]] ClientPlace place_client(const OwnLine& line);

/// True where the next older line was written by an own host: by its writer, or because the client
/// of this line is tied to it by name or address. `place` is place_client(line), inside or pulled;
/// there is an older line.
[[nodiscard]] bool next_is_own(const OwnLine& line, const ClientPlace& place);

/// A hand-over by a person: logged in, or on the host itself.
[[nodiscard]] bool is_submission(const Received& received);

}  // namespace emltrace::trace
