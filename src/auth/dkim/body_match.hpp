#pragma once

#include <cstddef>
#include <optional>

#include "auth/dkim/signature.hpp"
#include "auth/dkim/variant.hpp"

namespace emltrace::dkim {

/// How much of the body is what was signed: its size where all of it matches bh=, or the offset
/// behind a line where all up to there does and the rest was added. Only the last `lines` lines are
/// looked at as such. Null where nothing matches. With l= all of the body, or nothing. Linear.
[[nodiscard]] std::optional<std::size_t> match_body(const BodyVariant& body,
                                                    const Signature& signature, std::size_t lines);

}  // namespace emltrace::dkim
