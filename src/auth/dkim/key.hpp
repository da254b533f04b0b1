#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "auth/dkim/signature.hpp"
#include "base/crypto.hpp"
#include "dns/client.hpp"

/// Key records, RFC 6376 3.6, and what a key says about a signature. Used by DKIM and ARC.
namespace emltrace::dkim {

inline constexpr int kMinKeyBits = 1024;  ///< RFC 8301 3.2
inline constexpr int kMaxKeyBits = 16'384;

/// A key record (RFC 6376 3.6.1). Unknown tags are ignored.
struct KeyRecord {
  std::vector<std::string> hashes;    ///< h=; empty: all are allowed
  std::string key_type = "rsa";       ///< k=
  std::string notes;                  ///< n=, decoded
  std::string data;                   ///< p= decoded; empty where revoked or unreadable
  std::vector<std::string> services;  ///< s=; empty: all
  bool testing = false;               ///< t=y
  bool strict_identity = false;       ///< t=s: the domain of i= must be that of d=
  Fault fault;                        ///< `key_syntax` or `key_revoked`
};
[[nodiscard]] KeyRecord parse_key_record(std::string_view text);

/// What the DNS says at a key's name.
struct KeyAnswer {
  bool pending = false;
  bool authenticated = false;      ///< the AD bit
  std::vector<KeyRecord> records;  ///< one a TXT record, in the order of the answer
  Fault fault;                     ///< `no_key` or `dns`; then there are no records
};
[[nodiscard]] KeyAnswer ask_key(dns::Client& client, const DomainName& key_name);

/// Reads each distinct key once and computes each signature once. Not thread-safe.
class KeyCache {
 public:
  /// Null where the bytes are no such key. The pointer lives as long as the cache.
  [[nodiscard]] const crypto::PublicKey* read(crypto::KeyType type, const std::string& data);
  /// `no` also where the bytes are no such key.
  [[nodiscard]] crypto::Match verify(const Algorithm& algorithm, const std::string& data,
                                     const std::string& hashed, const std::string& signature);

 private:
  std::map<std::pair<crypto::KeyType, std::string>, std::shared_ptr<const crypto::PublicKey>> keys_;
  std::map<std::tuple<crypto::KeyType, std::string, std::string, std::string>, crypto::Match>
      verified_;
};

/// What the keys of one answer say about one signature.
struct KeyCheck {
  Check signature = Check::unchecked;
  Fault fault;  ///< key problems, `dns`, `unavailable`, `signature_mismatch`, `key_too_short`;
                ///< `domain_mismatch` where t=s forbids i=. None: the signature matches
  std::optional<int> key_bits;
  bool testing = false;
  std::optional<KeyRecord> record;  ///< the record that was judged: one that matches, or the first
                                    ///< that could be used
};
/// Tries each record (RFC 6376 6.1.2 step 4). `hashed` is the digest, by the algorithm's hash, of
/// what is signed. The signature must be `computable`, the answer not pending.
[[nodiscard]] KeyCheck check_key(const KeyAnswer& answer, const Signature& signature,
                                 const std::string& hashed, KeyCache& cache);

}  // namespace emltrace::dkim
