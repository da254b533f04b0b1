#pragma once

#include <cstddef>
#include <optional>

#include "message/message.hpp"
#include "message/received/hop.hpp"

namespace emltrace::trace {

/// Which fields of a message the recipient's own hosts wrote: servers put theirs on top, so all
/// above the border's line is theirs (RFC 8601 5). Some providers write their results right below
/// it, in the border's own name, before any field of the sender; some append them at the end, bound
/// by the id of the border's line, which nobody could know beforehand.
struct OwnFields {
  std::size_t until = 0;                     ///< offset: all above it
  std::optional<std::size_t> appended_from;  ///< offset: all from there on

  [[nodiscard]] bool hold(std::size_t offset) const {
    return offset < until || (appended_from && offset >= *appended_from);
  }
};

[[nodiscard]] OwnFields find_own_fields(const Message& message, const Hop& border);

}  // namespace emltrace::trace
