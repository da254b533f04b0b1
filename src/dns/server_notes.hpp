#pragma once

#include <cstddef>
#include <vector>

namespace emltrace::dns {

/// Whether a server takes queries with EDNS (RFC 6891).
enum class Edns {
  unknown,
  taken,    ///< it has answered such a query
  disliked  ///< such queries it dropped or refused, one without EDNS it answered
};

/// What the lookups of one resolver learn about its servers, for the whole run.
struct ServerNotes {
  std::size_t first = 0;   ///< asked first: the one that answered last, or the next in rotation
  std::vector<Edns> edns;  ///< by server

  explicit ServerNotes(std::size_t servers) : edns(servers, Edns::unknown) {}
};

}  // namespace emltrace::dns
