#include "trace/report.hpp"

#include <array>

namespace emltrace::trace {

std::string_view to_string(Level level) {
  static constexpr std::array<std::string_view, 4> kWords{"clean", "notice", "suspicious",
                                                          "forged"};
  return kWords[static_cast<std::size_t>(level)];
}

std::string_view to_string(RouteState route) {
  static constexpr std::array<std::string_view, 4> kWords{"consistent", "unverified",
                                                          "contradicted", "absent"};
  return kWords[static_cast<std::size_t>(route)];
}

}  // namespace emltrace::trace
