#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "auth/dkim2/hashes.hpp"
#include "auth/dkim2/state.hpp"

namespace emltrace::dkim2 {

/// The message as its first instance had it.
struct Original {
  std::optional<std::string> subject;  ///< decoded; null where there is none, or its hash differs
  std::optional<std::string> from;     ///< the field's value, unfolded
  std::optional<std::string> body_sha256;  ///< hexadecimal, of what is hashed; null: not known
  std::optional<std::size_t> body_lines;
  std::optional<std::string> text;  ///< the first text of the body, decoded to UTF-8 where it can
                                    ///< be, cut at kMaxOriginalText
  bool text_cut = false;
};
inline constexpr std::size_t kMaxOriginalText = std::size_t{16} << 10;

/// What stood in the message at its first instance. `state` is that state; what its hashes do not
/// confirm (`check`) is null.
[[nodiscard]] Original read_original(State& state, const InstanceCheck& check);

}  // namespace emltrace::dkim2
