#pragma once

#include <cerrno>
#include <string>
#include <system_error>

namespace emltrace {

/// What the system says of `errno`: "No such file or directory".
[[nodiscard]] inline std::string system_reason() {
  return std::generic_category().message(errno);
}

}  // namespace emltrace
