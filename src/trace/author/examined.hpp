#pragma once

#include "message/headers.hpp"
#include "message/message.hpp"
#include "trace/author/authentication.hpp"
#include "trace/author/protected.hpp"
#include "trace/route/route.hpp"

namespace emltrace::trace {

/// One message with all that was found out about it: what findings about its author, its identities
/// and its authentication are made from. The route is judged.
struct Examined {
  const Message& message;
  const Headers& headers;
  const Route& route;
  const Authentication& auth;
  const Protected& ours;
  bool dns_available;  ///< false where the user asked for no DNS
};

}  // namespace emltrace::trace
