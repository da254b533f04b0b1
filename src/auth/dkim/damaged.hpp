#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

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
  std::string_view first_part;  ///< header of the first of several MIME parts; empty where none is,
                                ///< and where the header is not to be mended
  bool header_matches = false;  ///< the signature matches the signed fields as they are
  bool body_matches = false;    ///< the body hash matches the body as it is
};

/// True where h= names the field.
[[nodiscard]] bool is_signed(const Damaged& damaged, std::string_view name);
/// True where bare CR or LF stand beside the line ends of the message.
[[nodiscard]] bool has_stray_line_ends(const Message& message);

/// The proof of a repaired header.
struct Proof {
  /// True where the signature matches this digest of the signed header.
  std::function<bool(const std::string& hashed)> verifies;
  bool is_cheap = false;  ///< it compares digests and computes nothing
};

}  // namespace emltrace::dkim
