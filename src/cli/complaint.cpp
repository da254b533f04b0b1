#include "cli/complaint.hpp"

#include <unistd.h>

#include <string>

#include "base/descriptor.hpp"
#include "report/escape.hpp"

namespace emltrace::cli {

void complain(std::string_view reason) {
  static_cast<void>(write_all(STDERR_FILENO, "emltrace: " + report::for_terminal(reason) + '\n'));
}

}  // namespace emltrace::cli
