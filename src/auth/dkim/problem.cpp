#include "auth/dkim/problem.hpp"

#include <array>

namespace emltrace::dkim {

std::string_view to_string(Problem problem) {
  static constexpr std::array<std::string_view, 17> kWords{"",
                                                           "body-hash-mismatch",
                                                           "signature-mismatch",
                                                           "body-absent",
                                                           "no-key",
                                                           "key-revoked",
                                                           "key-syntax",
                                                           "key-mismatch",
                                                           "key-too-short",
                                                           "algorithm",
                                                           "syntax",
                                                           "from-not-signed",
                                                           "domain-mismatch",
                                                           "expired",
                                                           "future",
                                                           "dns",
                                                           "unavailable"};
  return kWords[static_cast<std::size_t>(problem)];
}

auth::Result result_of(Problem problem) {
  switch (problem) {
    case Problem::none:
      return auth::Result::pass;
    case Problem::dns:
    case Problem::unavailable:
      return auth::Result::temperror;
    case Problem::body_hash_mismatch:
    case Problem::signature_mismatch:
    case Problem::key_revoked:
      return auth::Result::fail;
    case Problem::body_absent:
      return auth::Result::neutral;
    case Problem::key_too_short:
    case Problem::expired:
    case Problem::future:
      return auth::Result::policy;
    default:
      return auth::Result::permerror;
  }
}

std::string_view to_string(Check check) {
  static constexpr std::array<std::string_view, 3> kWords{"unchecked", "match", "mismatch"};
  return kWords[static_cast<std::size_t>(check)];
}

}  // namespace emltrace::dkim
