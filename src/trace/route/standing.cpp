#include "trace/route/standing.hpp"

#include <array>

namespace emltrace::trace {

std::string_view to_string(Standing standing) {
  static constexpr std::array<std::string_view, 6> kWords{
      "own", "border", "corroborated", "unverified", "contradicted", "discarded"};
  return kWords[static_cast<std::size_t>(standing)];
}

}  // namespace emltrace::trace
