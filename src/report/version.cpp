#include "report/version.hpp"

namespace emltrace::report {

std::string_view version() {
  return EMLTRACE_VERSION;
}

}  // namespace emltrace::report
