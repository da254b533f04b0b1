#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/dkim/algorithm.hpp"
#include "auth/dkim/canonical.hpp"
#include "auth/dkim/problem.hpp"
#include "base/date.hpp"
#include "base/domain.hpp"
#include "base/span.hpp"

/// The signature field, RFC 6376 3.5, and its two kin of RFC 8617 4.1.
namespace emltrace::dkim {

enum class SignatureKind {
  dkim,         ///< DKIM-Signature
  arc_message,  ///< ARC-Message-Signature: the same tags, but i= is the instance and v= is none
  arc_seal,     ///< ARC-Seal: i a b cv d s t; no h=, bh=, c=
};

/// A z= entry (RFC 6376 3.5), decoded.
struct CopiedField {
  std::string name;
  std::string value;
};

/// A signature field as it was read. Views look into the message. Values that could not be read are
/// null or empty, and `fault` says why.
struct Signature {
  std::optional<std::string_view> domain_text;     ///< d= as written
  std::optional<std::string_view> selector_text;   ///< s= as written
  std::optional<std::string_view> algorithm_text;  ///< a= as written
  std::optional<std::string> identity;             ///< i= decoded (RFC 6376 2.11); null if absent
  std::optional<int> instance;                     ///< i= of ARC, 1..; null if absent or no number
  std::optional<std::string_view> canonicalization_text;  ///< c= as written
  std::optional<std::string_view> chain_status;           ///< cv= of ARC-Seal, as written
  const Algorithm* algorithm = nullptr;                   ///< null where unknown
  Canonicalization header = Canonicalization::simple;
  Canonicalization body = Canonicalization::simple;
  std::string signature;             ///< b= decoded
  std::string body_hash;             ///< bh= decoded
  std::vector<std::string> headers;  ///< h= in order, lower case
  std::optional<std::uint64_t> length;
  std::optional<Instant> signed_at;
  std::optional<Instant> expires_at;  ///< null also beyond the year 9999: never
  std::vector<CopiedField> copied;
  std::optional<DomainName> domain;    ///< d=
  std::optional<DomainName> key_name;  ///< `s._domainkey.d`: where the key is asked for
  Span value;  ///< the bytes of b= to be taken out, as a place in the field's `raw`

  /// The first reason by RFC 6376 6.1.1 why this can be no valid signature. `syntax` and
  /// `algorithm` (unknown a=) and `unavailable`: nothing can be verified, no key is to be asked
  /// for. `domain_mismatch`, `from_not_signed`, `future` (t= beyond the year 9999): the signature
  /// can still be computed, to show whether it matches.
  Fault fault;
  [[nodiscard]] bool computable() const {
    return fault.problem != Problem::syntax && fault.problem != Problem::algorithm &&
           fault.problem != Problem::unavailable;
  }
};

inline constexpr std::size_t kMaxSignedNames = 1'000;  ///< h= entries; a longer list is `syntax`

/// Reads `field`, whatever its name is, as a signature field of that kind. Never fails.
[[nodiscard]] Signature parse_signature(const Field& field, SignatureKind kind);

/// Decodes DKIM-Quoted-Printable (RFC 6376 2.11): white space goes, `=3B` becomes `;`. What is no
/// valid escape stays as written.
[[nodiscard]] std::string decode_dkim_quoted_printable(std::string_view text);

}  // namespace emltrace::dkim
