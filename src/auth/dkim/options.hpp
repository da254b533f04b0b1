#pragma once

#include "base/date.hpp"

namespace emltrace::dkim {

/// How the signatures of one message, DKIM's and ARC's, are to be judged.
struct Options {
  Instant at;           ///< the clock of x= and t=
  Instant now;          ///< for expired_since
  bool repair = true;   ///< trial repair of failed signatures
  bool mended = false;  ///< intake mended signed bytes
  bool headers_only =
      false;  ///< no body was given: body hashes are unchecked (RFC 6376 cannot be completed)
};

}  // namespace emltrace::dkim
