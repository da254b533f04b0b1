#include "auth/dkim/body_match.hpp"

#include <algorithm>

#include "base/crypto.hpp"

namespace emltrace::dkim {
namespace {

std::optional<std::size_t> match_length(const BodyVariant& body, const Signature& signature) {
  crypto::Digest digest(signature.algorithm->hash);
  std::uint64_t left = *signature.length;
  canonical_body(body.bytes, signature.body, body.ends, [&](std::string_view piece) {
    piece = piece.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(left, piece.size())));
    left -= piece.size();
    digest.update(piece);
  });
  if (left > 0 || digest.finish() != signature.body_hash) return std::nullopt;
  return body.bytes.size();
}

// Where the last `lines` lines begin.
std::size_t tail_of(std::string_view body, std::size_t lines) {
  std::size_t at = body.size();
  for (; lines > 0 && at > 1; --lines) {
    const std::size_t lf = body.rfind('\n', at - 2);
    if (lf == std::string_view::npos) return 0;
    at = lf + 1;
  }
  return at;
}

}  // namespace

std::optional<std::size_t> match_body(const BodyVariant& body, const Signature& signature,
                                      std::size_t lines) {
  if (signature.length) return match_length(body, signature);
  const crypto::Hash hash = signature.algorithm->hash;
  const std::size_t tail = tail_of(body.bytes, lines);
  std::optional<std::size_t> found;
  if (tail == 0 &&
      crypto::digest(hash, canonical_body("", signature.body, body.ends)) == signature.body_hash) {
    found = 0;
  }
  crypto::Digest digest(hash);
  canonical_body(
      body.bytes, signature.body, body.ends, [&](std::string_view piece) { digest.update(piece); },
      [&](std::size_t end) {
        if (!found && end >= tail && digest.so_far() == signature.body_hash) found = end;
      });
  if (digest.finish() == signature.body_hash) return body.bytes.size();
  return found;
}

}  // namespace emltrace::dkim
