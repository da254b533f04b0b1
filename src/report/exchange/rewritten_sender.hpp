#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace emltrace::report {

/// The address that an envelope sender had before a forwarder or the sender's own host rewrote it:
/// SRS (`SRS0=HHHH=TT=domain=local@forwarder`, `SRS1=HHHH=host==HHHH=TT=domain=local@…`, with `+`
/// or
/// `-` behind SRS0 and SRS1 too) and BATV (`prvs=KDDDSSSSSS=local@domain`). Null for any other.
[[nodiscard]] std::optional<std::string> original_sender(std::string_view path);

}  // namespace emltrace::report
