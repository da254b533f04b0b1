#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "auth/dkim2/problem.hpp"
#include "base/crypto.hpp"
#include "message/message.hpp"

namespace emltrace::dkim2 {

/// One `name:header-hash:body-hash` of h=. What a group holds counts together; one group that
/// holds is enough.
struct HashSet {
  std::size_t group = 1;
  std::string algorithm;             ///< as written
  std::optional<crypto::Hash> hash;  ///< null for one that is unknown, or that OpenSSL has not
  std::string header, body;          ///< decoded
};

/// A Message-Instance field.
struct Instance {
  const Field* field = nullptr;
  std::optional<std::size_t> m;
  std::vector<HashSet> hashes;
  std::optional<std::string> recipe;  ///< r= decoded: JSON of a stranger; null where absent
  std::size_t groups = 0;
  Fault fault;  ///< the first thing that is wrong with the field; what can be read is read
};

inline constexpr std::size_t kMaxHashSets = 16;  ///< of one field; more are `limit`

[[nodiscard]] Instance parse_instance(const Field& field);

}  // namespace emltrace::dkim2
