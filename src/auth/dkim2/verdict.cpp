#include "auth/dkim2/verdict.hpp"

#include <algorithm>

namespace emltrace::dkim2 {

using auth::Result;

bool SignatureVerdict::is_verified() const {
  return std::ranges::any_of(values, [&](const ValueVerdict& good) {
    return good.result == Result::pass &&
           std::ranges::none_of(values, [&](const ValueVerdict& other) {
             return other.group == good.group && other.result == Result::fail;
           });
  });
}

bool SignatureVerdict::is_decided() const {
  return std::ranges::any_of(values, [](const ValueVerdict& value) {
    return value.result == Result::pass || value.result == Result::fail;
  });
}

const SignatureVerdict* Verdict::newest() const {
  const SignatureVerdict* found = nullptr;
  for (const SignatureVerdict& signature : signatures) {
    if (signature.i && (found == nullptr || *signature.i > *found->i)) found = &signature;
  }
  return found;
}

bool Verdict::all_verified() const {
  return !signatures.empty() && std::ranges::all_of(signatures, &SignatureVerdict::is_verified);
}

bool Verdict::newest_matches() const {
  const auto newest =
      std::ranges::find_if(instances.rbegin(), instances.rend(),
                           [](const InstanceVerdict& i) { return i.m.has_value(); });
  if (newest == instances.rend()) return false;
  const auto is = [](const CheckedHashes& each, HashCheck check) {
    return each.header == check || each.body == check;
  };
  return std::ranges::any_of(newest->hashes, [&](const CheckedHashes& good) {
    return is(good, HashCheck::match) &&
           std::ranges::none_of(newest->hashes, [&](const CheckedHashes& other) {
             return other.group == good.group && is(other, HashCheck::mismatch);
           });
  });
}

}  // namespace emltrace::dkim2
