#pragma once

#include "auth/dkim2/custody.hpp"
#include "message/message.hpp"
#include "trace/route/route.hpp"

namespace emltrace::trace {

/// The envelope of the delivery that the newest DKIM2 signature is to name, as far as the
/// recipient's own hosts tell it as it was on the wire. Of `route` the envelope and the boundary
/// are filled.
///
/// Nothing but the command line's word counts where own hosts signed after they had taken the
/// message: their signature names a hand-over of their own. The same holds where the message was
/// `returned` in a delivery status notification: the newest signature is of a delivery that failed.
[[nodiscard]] dkim2::Delivery delivery_of(const Route& route, const Message& message,
                                          bool returned);

}  // namespace emltrace::trace
