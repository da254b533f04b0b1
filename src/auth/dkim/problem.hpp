#pragma once

#include <string>
#include <string_view>

#include "auth/result.hpp"

/// Why a signature does not pass, and what was found of its two halves.
namespace emltrace::dkim {

enum class Problem {
  none,
  body_hash_mismatch,
  signature_mismatch,
  body_absent,
  no_key,
  key_revoked,
  key_syntax,
  key_mismatch,
  key_too_short,
  algorithm,
  syntax,
  from_not_signed,
  domain_mismatch,
  expired,
  future,
  dns,
  unavailable,  ///< this system's OpenSSL does not compute the algorithm: nothing is known
};
[[nodiscard]] std::string_view to_string(
    Problem problem);  ///< `body-hash-mismatch` …; empty for none

/// The key is not published, or published as revoked: keys are rotated, so it decides nothing about
/// a message of the past.
[[nodiscard]] constexpr bool is_key_gone(Problem problem) {
  return problem == Problem::no_key || problem == Problem::key_revoked;
}

/// The result word of a problem by itself (RFC 8601 2.7.1):
///   `temperror`  dns; unavailable: elsewhere it can be verified
///   `fail`       the verification tests failed: body_hash_mismatch, signature_mismatch, and
///                key_revoked, 'a failed signature check' (RFC 6376 6.1.2 step 7)
///   `policy`     the signature is in order, but refused: expired and future, where RFC 6376 3.5
///                and 6.1.1 leave it to the verifier ('MAY'); key_too_short, which RFC 8301 forbids
///                to accept, whether it matches or not
///   `neutral`    body_absent
///   `permerror`  all else: nothing can be verified, now or later (PERMFAIL of RFC 6376 6.1)
[[nodiscard]] auth::Result result_of(Problem problem);

/// What one half of a signature, the body hash or the signature over the header, was found to be.
enum class Check { unchecked, match, mismatch };
[[nodiscard]] std::string_view to_string(Check check);

/// What keeps a signature or a key from being used: `detail` is one phrase for people.
struct Fault {
  Problem problem = Problem::none;
  std::string detail;
  [[nodiscard]] explicit operator bool() const { return problem != Problem::none; }
};

}  // namespace emltrace::dkim
