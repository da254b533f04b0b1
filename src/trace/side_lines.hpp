#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "message/message.hpp"

namespace emltrace::trace {

/// A line shown beside the chain: X-Received, Resent-*, Delivered-To …
struct SideLine {
  std::size_t line = 0;
  std::string name;
  std::string value;  ///< unfolded
};

inline constexpr std::size_t kMaxSideLines = 500;

[[nodiscard]] std::vector<SideLine> read_side_lines(const Message& message);

}  // namespace emltrace::trace
