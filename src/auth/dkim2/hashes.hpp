#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "auth/dkim2/instance.hpp"
#include "auth/dkim2/problem.hpp"
#include "auth/dkim2/state.hpp"

namespace emltrace::dkim2 {

/// What one recorded hash was found to be.
enum class HashCheck {
  unchecked,  ///< the header or the body as it was then is not known
  match,
  mismatch,
  unknown,  ///< of an algorithm that is not known
};
[[nodiscard]] std::string_view to_string(HashCheck check);

struct CheckedHashes {
  std::size_t group = 1;
  std::string algorithm;
  HashCheck header = HashCheck::unchecked, body = HashCheck::unchecked;
};

/// The hashes of one instance, compared with a state of the message.
struct InstanceCheck {
  std::vector<CheckedHashes> hashes;  ///< in step with Instance::hashes
  Fault fault;  ///< header_hash_mismatch, body_hash_mismatch, algorithm; none where a group holds
  /// An unknown algorithm stands beside known ones that all match: ignored up to draft -07.
  bool beside_unknown = false;
  bool header_matches = false,
       body_matches = false;  ///< one hash of it does, and none of its group differs
};
[[nodiscard]] InstanceCheck check_hashes(const Instance& instance, State& state, Rules rules);
/// Nothing is known of the message at that instance.
[[nodiscard]] InstanceCheck unchecked_hashes(const Instance& instance);

}  // namespace emltrace::dkim2
