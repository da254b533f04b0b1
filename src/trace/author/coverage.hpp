#pragma once

#include "auth/dkim/verdict.hpp"
#include "message/message.hpp"

namespace emltrace::trace {

/// Whether l= (RFC 6376 3.5) leaves open what a reader is shown: text behind the signed part, or,
/// where anything stands there, how all of it is read, since Content-Type is not signed (8.2). The
/// known footer of a list (`list_mail`) under a signed Content-Type is no such text.
[[nodiscard]] bool leaves_text_open(const dkim::Verdict& verdict, const Message& message,
                                    bool list_mail);

}  // namespace emltrace::trace
