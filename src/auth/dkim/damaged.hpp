#pragma once

#include <cstddef>
#include <span>

#include "auth/dkim/canonical.hpp"
#include "auth/dkim/signature.hpp"
#include "message/message.hpp"

namespace emltrace::dkim {

/// A message with a signature that does not verify: what trial repair starts from.
struct Damaged {
  const Message& message;
  std::span<const FieldText> fields;  ///< of the message
  std::size_t own = 0;                ///< index of the signature field
  const Signature& signature;
  LineEnds ends = LineEnds::crlf;
  bool header_matches = false;  ///< the signature matches the signed fields as they are
  bool body_matches = false;    ///< the body hash matches the body as it is
};

}  // namespace emltrace::dkim
