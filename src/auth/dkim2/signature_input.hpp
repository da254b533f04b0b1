#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/dkim/canonical.hpp"
#include "auth/dkim2/chain.hpp"

namespace emltrace::dkim2 {

/// A field as a signature reads it: `name:value` CRLF, the name in lower case, every SP, HTAB and
/// fold taken out. All other bytes stay.
[[nodiscard]] std::string signed_text(const Field& field, dkim::LineEnds ends);
/// signed_text of a DKIM2-Signature with each signature value of s= taken out.
[[nodiscard]] std::string without_values(std::string_view signed_text);

/// SHA-256 of what each signature signs, in step with chain.signatures: the instances up to its m=
/// and the earlier signatures, by their numbers, then itself without its values. Null where one of
/// them is missing or doubled, or SHA-256 cannot be had: then nothing can be computed. Linear in
/// the fields, but for the signatures themselves, which are bounded by kMaxSignatureBytes.
[[nodiscard]] std::vector<std::optional<std::string>> signature_digests(const Chain& chain,
                                                                        dkim::LineEnds ends);

inline constexpr std::size_t kMaxSignatureBytes = std::size_t{64} << 10;  ///< of one field

}  // namespace emltrace::dkim2
