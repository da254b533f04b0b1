#include "auth/dkim/algorithm.hpp"

#include <algorithm>
#include <array>

namespace emltrace::dkim {
namespace {

constexpr auto kAlgorithms = std::to_array<Algorithm>({
    {"rsa-sha256", "rsa", "sha256", crypto::KeyType::rsa, crypto::Hash::sha256, 32, false},
    {"ed25519-sha256", "ed25519", "sha256", crypto::KeyType::ed25519, crypto::Hash::sha256, 32,
     false},
    {"rsa-sha1", "rsa", "sha1", crypto::KeyType::rsa, crypto::Hash::sha1, 20, true},
});

}  // namespace

const Algorithm* find_algorithm(std::string_view name) {
  const auto found = std::find_if(kAlgorithms.begin(), kAlgorithms.end(),
                                  [name](const Algorithm& row) { return row.name == name; });
  return found == kAlgorithms.end() ? nullptr : &*found;
}

bool is_available(const Algorithm& algorithm) {
  return crypto::is_available(algorithm.hash) && crypto::is_available(algorithm.key);
}

}  // namespace emltrace::dkim
