#include "support/paths.hpp"

namespace emltrace::test {

const std::string& source_dir() {
  static const std::string dir = EMLTRACE_SOURCE_DIR;
  return dir;
}

const std::string& shared_dir() {
  static const std::string dir = EMLTRACE_SHARED_DIR;
  return dir;
}

const std::string& command() {
  static const std::string path = EMLTRACE_COMMAND;
  return path;
}

}  // namespace emltrace::test
