#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "auth/result.hpp"

/// Why a chain does not pass.
namespace emltrace::dkim2 {

enum class Problem {
  none,
  instance_missing,
  instance_syntax,
  instance_unsigned,
  duplicate_hash,
  recipe_syntax,
  signature_missing,
  signature_syntax,
  tag_missing,
  tag_unexpected,
  duplicate_selector,
  too_many_selectors,
  expired,
  future,
  mail_from_mismatch,
  rcpt_to_mismatch,
  domain_mismatch,
  custody,
  next_domain,
  dangling_next_domain,
  dns,
  no_key,
  key_multiple,
  key_syntax,
  key_mismatch,
  key_revoked,
  key_too_short,
  algorithm,
  signature_mismatch,
  header_hash_mismatch,
  body_hash_mismatch,
  from_not_authentic,
  body_absent,
  limit,
  unavailable,
};
/// `instance-missing` …; empty for none.
[[nodiscard]] std::string_view to_string(Problem problem);

/// The result of a problem by itself, by drafts -08 and -09: `fail` where something is proved
/// wrong, `temperror` where DNS did not answer or OpenSSL has not the algorithm, `neutral` where
/// the body was not given, `permerror` for all else, `pass` for none.
[[nodiscard]] auth::Result result_of(Problem problem);

/// The signature or the instance that a problem is about.
struct Place {
  std::optional<std::size_t> i;
  std::optional<std::size_t> m;
};

struct Fault {
  Problem problem = Problem::none;
  std::string detail;  ///< the draft's own words where it has some
  Place at;
  [[nodiscard]] explicit operator bool() const { return problem != Problem::none; }
};

/// `DKIM2-Signature i=2 ` and the words.
[[nodiscard]] Fault signature_fault(Problem problem, std::optional<std::size_t> i,
                                    std::string_view words);
/// `Message-Instance m=2 ` and the words.
[[nodiscard]] Fault instance_fault(Problem problem, std::optional<std::size_t> m,
                                   std::string_view words);

}  // namespace emltrace::dkim2
