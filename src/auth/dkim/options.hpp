#pragma once

#include "base/date.hpp"
#include "message/message.hpp"

namespace emltrace::dkim {

/// How the signatures of one message, DKIM's and ARC's, are to be judged.
struct Options {
  Instant at;           ///< the clock of x= and t=
  Instant now;          ///< for expired_since
  bool repair = true;   ///< trial repair of failed signatures
  bool mended = false;  ///< signed bytes of the message were mended before it was parsed
  /// Where `mended`: the message as it was given, which is tried first. It must outlive the
  /// verifier. Null: nobody kept it.
  const Message* as_given = nullptr;
  /// No body was given beyond, at most, white space: a body hash that does not match is unchecked,
  /// since RFC 6376 cannot be completed.
  bool headers_only = false;
};

}  // namespace emltrace::dkim
