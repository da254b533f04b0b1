#include "auth/dkim2/verdict.hpp"

#include <algorithm>

namespace emltrace::dkim2 {

using auth::Result;

bool SignatureVerdict::is_verified() const {
  const auto is = [](Result word) {
    return [word](const ValueVerdict& value) { return value.result == word; };
  };
  return std::ranges::any_of(values, is(Result::pass)) &&
         std::ranges::none_of(values, is(Result::fail));
}

bool SignatureVerdict::is_decided() const {
  return std::ranges::any_of(values, [](const ValueVerdict& value) {
    return value.result == Result::pass || value.result == Result::fail;
  });
}

bool Verdict::all_verified() const {
  return !signatures.empty() && std::ranges::all_of(signatures, &SignatureVerdict::is_verified);
}

bool Verdict::newest_matches() const {
  const auto newest =
      std::ranges::find_if(instances.rbegin(), instances.rend(),
                           [](const InstanceVerdict& i) { return i.m.has_value(); });
  if (newest == instances.rend()) return false;
  const auto any = [&](HashCheck check) {
    return std::ranges::any_of(newest->hashes, [check](const CheckedHashes& each) {
      return each.header == check || each.body == check;
    });
  };
  return any(HashCheck::match) && !any(HashCheck::mismatch);
}

}  // namespace emltrace::dkim2
