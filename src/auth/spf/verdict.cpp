#include "auth/spf/verdict.hpp"

namespace emltrace::spf {

std::string_view to_string(Identity identity) {
  return identity == Identity::helo ? "helo" : "mailfrom";
}

}  // namespace emltrace::spf
