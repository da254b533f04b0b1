#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "auth/dkim/signature.hpp"
#include "message/message.hpp"
#include "message/results/auth_results.hpp"

namespace emltrace::arc {

inline constexpr int kMaxSets = 50;  ///< RFC 8617 4.2.1

/// A signature field of a set, as it was read.
struct SignedField {
  const Field* field = nullptr;
  std::size_t index = 0;  ///< in the message's fields
  dkim::Signature signature;
  std::string fault;  ///< a rule of RFC 8617 that the field breaks by itself; empty if none
};

/// The three fields that share an instance; null where one is missing.
struct Link {
  int instance = 0;
  const Field* results = nullptr;
  std::optional<AuthResults> stated;
  std::optional<SignedField> message;
  std::optional<SignedField> seal;
};

/// What stands in a message, before anything is verified (RFC 8617 5.2 steps 1 to 3).
struct Chain {
  std::vector<Link> links;             ///< by instance, ascending; at most kMaxSets
  std::optional<std::string> problem;  ///< why the chain fails by its structure alone
  bool marked_failed = false;          ///< the newest seal says cv=fail
};
[[nodiscard]] Chain collect_chain(const Message& message);

}  // namespace emltrace::arc
