#include "auth/result.hpp"

#include <array>

namespace emltrace::auth {

std::string_view to_string(Result result) {
  static constexpr std::array<std::string_view, 8> kWords{
      "none", "neutral", "pass", "fail", "softfail", "policy", "temperror", "permerror"};
  return kWords[static_cast<std::size_t>(result)];
}

std::string_view to_string(Alignment alignment) {
  static constexpr std::array<std::string_view, 3> kWords{"none", "relaxed", "strict"};
  return kWords[static_cast<std::size_t>(alignment)];
}

}  // namespace emltrace::auth
