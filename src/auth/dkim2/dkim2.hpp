#pragma once

#include <chrono>
#include <cstddef>
#include <memory>

#include "auth/dkim/options.hpp"
#include "auth/dkim2/verdict.hpp"
#include "dns/client.hpp"
#include "message/message.hpp"

/// DKIM2, draft-ietf-dkim-dkim2-spec: judged by -08 and -09, with earlier drafts named where the
/// message follows one of them.
namespace emltrace::dkim2 {

inline constexpr std::chrono::hours kMaxAge{14 * 24};     ///< of a signature
inline constexpr std::chrono::hours kClockAllowance{24};  ///< a t= so far ahead is no fault
inline constexpr std::size_t kMaxKeyNames =
    64;  ///< asked for one message; values beyond are `limit`

/// The DKIM2 fields of one message. The constructor does what needs no DNS: parsing, hashes,
/// undoing the recipes. The message must outlive it.
class Verifier {
 public:
  Verifier(const Message& message, const dkim::Options& options);
  Verifier(Verifier&&) noexcept;
  Verifier& operator=(Verifier&&) noexcept;
  ~Verifier();

  /// A verdict with pending keys has result none. Of a mended message the bytes as given are tried
  /// first: where they pass, theirs is the verdict, with the lines of the mended message.
  [[nodiscard]] Verdict verify(dns::Client& client, const Delivery& delivery);

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::unique_ptr<State> as_given_;  // null where nothing was mended
};

}  // namespace emltrace::dkim2
