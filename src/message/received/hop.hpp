#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "message/message.hpp"
#include "message/received/received.hpp"

namespace emltrace {

/// One Received line with its place in the message. What is thought of it stands elsewhere.
struct Hop {
  int number = 0;          ///< 1 is the oldest
  std::size_t line = 0;    ///< in the message
  std::size_t offset = 0;  ///< of the field in the message, bytes
  std::string raw;         ///< the field body, unfolded; of joined lines its own
  bool joined = false;     ///< the field holds several lines: a converter joined them, or a client
                           ///< wrote one into its HELO
  Received received;
};

inline constexpr std::size_t kMaxHops = 500;

struct HopList {
  std::vector<Hop> hops;   ///< oldest first: servers put their lines on top (RFC 5321 4.4)
  bool truncated = false;  ///< there are more than kMaxHops; the older ones are not read
};
[[nodiscard]] HopList read_hops(const Message& message);

}  // namespace emltrace
