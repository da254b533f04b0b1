#pragma once

#include <string>

namespace emltrace::trace {

/// Who takes reports of abuse.
struct Contact {
  std::string address;
  std::string source;  ///< where it was found, such as `field`, `abusix`, `rfc2142`
};

}  // namespace emltrace::trace
