#pragma once

#include <string_view>

#include "message/received/received.hpp"

/// Inside of the Received parser: comments that mean the same wherever they stand.
namespace emltrace::received {

/// Takes what a comment says about TLS, log-in, client certificates or the envelope sender. False
/// where it is none of these; `out` is then unchanged.
bool read_common_comment(Received& out, std::string_view inner);

/// `ESMTPSA` and its family (RFC 3848, RFC 6531 4.3, RFC 8314 7.4): what the protocol keyword
/// says about TLS and log-in.
void apply_keyword(Received& out, std::string_view keyword);

}  // namespace emltrace::received
