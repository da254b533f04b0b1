#pragma once

#include <cstddef>

namespace emltrace {

/// A place in the original bytes of an input: every parsed value knows where it stands.
struct Span {
  std::size_t offset = 0;  ///< bytes from the start of the message's text
  std::size_t length = 0;  ///< bytes

  [[nodiscard]] constexpr std::size_t end() const { return offset + length; }
  friend constexpr bool operator==(const Span&, const Span&) = default;
};

}  // namespace emltrace
