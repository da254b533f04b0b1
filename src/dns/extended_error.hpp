#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Extended DNS Errors, RFC 8914: why a server could not, or would not, answer.
namespace emltrace::dns {

/// What the options of one OPT record say.
struct ExtendedErrors {
  std::string text;       ///< `DNSSEC Bogus: no key; Network Error`, valid UTF-8; empty for none
  bool withheld = false;  ///< a policy stands in the answer's place: blocked, censored, filtered,
                          ///< forged. What the reply says else is not what DNS says
};

/// Errors that are told of one reply, and octets of the text of each.
inline constexpr std::size_t kMaxExtendedErrors = 4;
inline constexpr std::size_t kMaxExtraText = 200;

/// `options` is the RDATA of an OPT record (RFC 6891 6.1.2); options of other kinds are passed
/// over, and so is what is cut short.
[[nodiscard]] ExtendedErrors read_extended_errors(std::string_view options);

}  // namespace emltrace::dns
