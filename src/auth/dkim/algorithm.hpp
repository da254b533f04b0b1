#pragma once

#include <string_view>

#include "base/crypto.hpp"

namespace emltrace::dkim {

/// One row a signing algorithm: RFC 6376 3.3, RFC 8463.
struct Algorithm {
  std::string_view name;       ///< `rsa-sha256`, the value of a=
  std::string_view key_name;   ///< k= of the key record
  std::string_view hash_name;  ///< h= of the key record
  crypto::KeyType key;
  crypto::Hash hash;
  std::size_t hash_size;  ///< bytes of a digest
  bool retired;           ///< RFC 8301 3.1: not to be used for verifying
};
/// Null for an unknown one. Case-sensitive, as RFC 6376 3.2 has it.
[[nodiscard]] const Algorithm* find_algorithm(std::string_view name);
/// Whether this system's OpenSSL computes its hash and its kind of key.
[[nodiscard]] bool is_available(const Algorithm& algorithm);

}  // namespace emltrace::dkim
