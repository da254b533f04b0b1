#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/dkim/canonical.hpp"
#include "auth/dkim/signature.hpp"
#include "base/crypto.hpp"

namespace emltrace::dkim {

/// One digest of the canonical body (RFC 6376 3.7 step 1).
struct BodyHash {
  std::uint64_t total = 0;  ///< bytes of the canonical body
  std::uint64_t fed = 0;    ///< bytes of it that the hash covers: all, or those before l=
  std::string value;        ///< the digest; empty until it is computed

  /// True where l= names more bytes than there are: such a signature covers no body at all.
  bool beyond_body = false;
};

/// Different digests of one body. Real messages need one or two, a chain of ARC sets few more.
inline constexpr std::size_t kMaxBodyHashes = 20;

/// The digests that the signatures of one message want. Signatures that want the same one share it,
/// and the body is brought into each canonical form once.
class BodyHashes {
 public:
  /// The place of the digest that the signature wants, to be given to `at`; null beyond
  /// kMaxBodyHashes different ones. The signature must be computable.
  [[nodiscard]] std::optional<std::size_t> want(const Signature& signature);
  void compute(std::string_view body, LineEnds ends);
  [[nodiscard]] const BodyHash& at(std::size_t place) const { return wanted_[place].hash; }

 private:
  struct Wanted {
    Canonicalization canonicalization;
    crypto::Hash algorithm;
    std::optional<std::uint64_t> length;
    crypto::Digest digest;
    BodyHash hash;

    void update(std::string_view piece);
    void finish();
  };
  std::vector<Wanted> wanted_;
};

}  // namespace emltrace::dkim
