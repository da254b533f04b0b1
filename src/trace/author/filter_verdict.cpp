#include "trace/author/filter_verdict.hpp"

#include <array>

namespace emltrace::trace {

std::string_view to_string(FilterVerdict verdict) {
  static constexpr std::array<std::string_view, 6> kWords{"clean", "bulk",  "spam",
                                                          "spoof", "phish", "malware"};
  return kWords[static_cast<std::size_t>(verdict)];
}

}  // namespace emltrace::trace
