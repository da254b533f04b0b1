#include "auth/dkim/body_hash.hpp"

#include <algorithm>

namespace emltrace::dkim {

void BodyHashes::Wanted::update(std::string_view piece) {
  hash.total += piece.size();
  if (length) piece = piece.substr(0, std::min<std::uint64_t>(*length - hash.fed, piece.size()));
  hash.fed += piece.size();
  digest.update(piece);
}

void BodyHashes::Wanted::finish() {
  hash.value = digest.finish();
  hash.beyond_body = length && *length > hash.total;
}

std::optional<std::size_t> BodyHashes::want(const Signature& signature) {
  const crypto::Hash algorithm = signature.algorithm->hash;
  const auto found = std::find_if(wanted_.begin(), wanted_.end(), [&](const Wanted& w) {
    return w.canonicalization == signature.body && w.algorithm == algorithm &&
           w.length == signature.length;
  });
  if (found != wanted_.end()) return static_cast<std::size_t>(found - wanted_.begin());
  if (wanted_.size() == kMaxBodyHashes) return std::nullopt;
  wanted_.push_back(
      {signature.body, algorithm, signature.length, crypto::Digest(algorithm), BodyHash{}});
  return wanted_.size() - 1;
}

void BodyHashes::compute(std::string_view body, LineEnds ends) {
  for (const auto canonicalization : {Canonicalization::simple, Canonicalization::relaxed}) {
    const auto is_of_form = [&](const Wanted& w) { return w.canonicalization == canonicalization; };
    if (std::none_of(wanted_.begin(), wanted_.end(), is_of_form)) continue;
    canonical_body(body, canonicalization, ends, [&](std::string_view piece) {
      for (Wanted& wanted : wanted_) {
        if (is_of_form(wanted)) wanted.update(piece);
      }
    });
  }
  for (Wanted& wanted : wanted_) wanted.finish();
}

}  // namespace emltrace::dkim
