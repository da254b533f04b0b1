#include "trace/author/handle.hpp"

#include <array>

namespace emltrace::trace {

std::string_view to_string(HandleKind kind) {
  static constexpr std::array<std::string_view, 6> kWords{"account",  "script",  "tenant",
                                                          "campaign", "message", "client-address"};
  return kWords[static_cast<std::size_t>(kind)];
}

}  // namespace emltrace::trace
