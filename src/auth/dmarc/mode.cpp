#include "auth/dmarc/mode.hpp"

namespace emltrace::dmarc {

std::string_view to_string(Mode mode) {
  return mode == Mode::rfc9989 ? "rfc9989" : "rfc7489";
}

}  // namespace emltrace::dmarc
