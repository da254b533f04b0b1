#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "auth/dkim/algorithm.hpp"
#include "auth/dkim2/problem.hpp"
#include "base/domain.hpp"
#include "base/instant.hpp"
#include "message/message.hpp"

namespace emltrace::dkim2 {

/// One `selector:algorithm:base64` of s=. What a group holds counts together; one group that holds
/// is enough.
struct SignatureValue {
  std::size_t group = 1;
  std::string selector;                        ///< as written
  std::string algorithm_name;                  ///< as written
  const dkim::Algorithm* algorithm = nullptr;  ///< null where it cannot be computed
  std::string bytes;                           ///< decoded
  std::optional<DomainName> key_name;          ///< `selector._domainkey.d`
};

/// A DKIM2-Signature field.
struct Signature {
  const Field* field = nullptr;
  std::optional<std::size_t> i, m;
  std::optional<Instant> signed_at;  ///< null also beyond the year 9999
  bool time_readable = false;
  std::optional<std::string> domain_text;  ///< d= as written
  std::optional<DomainName> domain;
  std::optional<std::string> mail_from;         ///< mf= without its brackets; empty: the null path
  std::vector<std::string> rcpt_to;             ///< rt= without brackets
  std::optional<std::string> next_domain_text;  ///< nd= as written
  std::optional<DomainName> next_domain;
  std::optional<std::string> nonce;
  std::vector<std::string> flags;  ///< as written, unknown ones too
  std::vector<SignatureValue> values;
  std::size_t groups = 0;
  Fault fault;  ///< the first thing that is wrong with the field; what can be read is read

  [[nodiscard]] bool has_flag(std::string_view flag) const;
};

inline constexpr std::size_t kMaxValues = 16;         ///< of one s=; more are `limit`
inline constexpr std::size_t kMaxRecipients = 1'000;  ///< of one rt=; more are `limit`
inline constexpr std::size_t kMaxNonce = 64;          ///< bytes (draft-ietf-dkim-dkim2-spec)

[[nodiscard]] Signature parse_signature(const Field& field);

}  // namespace emltrace::dkim2
