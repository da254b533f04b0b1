#pragma once

#include <optional>
#include <string>

#include "trace/route/route.hpp"

namespace emltrace::trace {

struct Origin {
  std::optional<ip::Address> ip;
  std::optional<std::string> rdns;  ///< confirmed by DNS, or recorded by the hop
  std::optional<int> hop;
  std::optional<std::string> recorded_by;  ///< the `by` host of that hop
  std::string confidence;                  ///< `high`, `medium`, `low`, `none`
  std::string reason;                      ///< one sentence
  std::optional<ip::Address>
      claimed_ip;  ///< a lower public address that only the sender's lines claim
  std::optional<int> claimed_hop;
  std::optional<std::string>
      claimed_by;  ///< the field that claims it, where it is no Received line
  std::optional<std::size_t> claimed_line;  ///< in the message
};

/// The client of the lowest hop that can be believed without a gap above it. A lower address is
/// only claimed. Below the border it rests on the writer of that line: confidence is medium where
/// SPF or a signature shows the writer's organization behind this message, else low.
[[nodiscard]] Origin find_origin(const Route& route, const Message& message);

}  // namespace emltrace::trace
