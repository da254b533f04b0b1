#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/result.hpp"
#include "base/date.hpp"
#include "base/domain.hpp"
#include "dns/client.hpp"
#include "message/message.hpp"

/// DomainKeys Identified Mail, RFC 6376 with RFC 8301, 8463 and 8616.
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
};
[[nodiscard]] std::string_view to_string(
    Problem problem);  ///< `body-hash-mismatch` …; empty for none

enum class Check { unchecked, match, mismatch };
[[nodiscard]] std::string_view to_string(Check check);

/// Of a problem the result word follows (RFC 8601 §2.7.1):
///   `temperror`  dns
///   `fail`       the verification tests failed: body_hash_mismatch, signature_mismatch, and
///                key_revoked, 'a failed signature check' (RFC 6376 §6.1.2 step 7)
///   `policy`     the signature is in order, but refused: expired and future, where RFC 6376 §3.5
///                and §6.1.1 leave it to the verifier ('MAY'); key_too_short and rsa-sha1
///                (algorithm), which RFC 8301 forbids to accept, whether they match or not
///   `neutral`    body_absent; and each `fail` of a mended input
///   `permerror`  all else: nothing can be verified, now or later (PERMFAIL of RFC 6376 §6.1)
/// A mismatch is told before the reasons of `policy`, those of `permerror` before a mismatch.
struct Verdict {
  std::size_t line = 0;                  ///< of the DKIM-Signature field in the message
  std::optional<std::string> domain;     ///< d=
  std::optional<std::string> selector;   ///< s=
  std::optional<std::string> identity;   ///< i=, or "@" d= where absent
  std::optional<std::string> algorithm;  ///< a=
  std::optional<std::string>
      canonicalization;  ///< `relaxed/simple`; the default where c= is absent
  auth::Result result = auth::Result::none;
  Problem problem = Problem::none;
  std::string detail;  ///< the reason for people, one phrase; empty on a plain pass
  Check body_hash = Check::unchecked;
  Check signature = Check::unchecked;
  std::optional<int> key_bits;
  bool testing = false;                     ///< t=y in the key record
  bool key_authenticated = false;           ///< the AD bit stood on the key's answer
  std::vector<std::string> signed_headers;  ///< h= in order, lower case
  std::vector<std::string>
      unsigned_headers;  ///< names of present fields that no h= entry covers, lower case, each once
  std::size_t unsigned_bytes = 0;     ///< of the canonical body behind l=
  std::optional<Instant> signed_at;   ///< t=
  std::optional<Instant> expires_at;  ///< x=
  bool expired_since =
      false;            ///< x= has passed by Options::now, though not at the clock of the check
  bool mended = false;  ///< the input was mended in signed bytes: a failure is `neutral`
  std::vector<std::string> verifies_after;  ///< repairs after which body hash and signature match;
                                            ///< empty if none or not tried
};

struct Options {
  Instant at;           ///< the clock of x= and t=
  Instant now;          ///< for expired_since
  bool repair = true;   ///< trial repair of failed signatures
  bool mended = false;  ///< intake mended signed bytes
  bool headers_only =
      false;  ///< no body was given: body hashes are unchecked (RFC 6376 cannot be completed)
};

inline constexpr std::size_t kMaxSignatures = 20;  ///< per message; more are not looked at
inline constexpr int kMinKeyBits = 1024;           ///< RFC 8301 §3.2
inline constexpr int kMaxKeyBits = 16'384;

/// All DKIM-Signature fields of one message. The constructor does what needs no DNS: parsing,
/// canonical forms and body hashes (each distinct one once). The message must outlive it.
class Verifier {
 public:
  Verifier(const Message& message, const Options& options);
  Verifier(Verifier&&) noexcept;
  Verifier& operator=(Verifier&&) noexcept;
  ~Verifier();

  /// One verdict a field, top to bottom. A signature is computed once for a key; later calls use
  /// what is known. A verdict whose key is pending has result none.
  [[nodiscard]] std::vector<Verdict> verify(dns::Client& client);
  /// Signatures present but beyond kMaxSignatures.
  [[nodiscard]] std::size_t skipped() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace emltrace::dkim
