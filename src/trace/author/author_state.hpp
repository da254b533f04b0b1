#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "message/headers.hpp"
#include "trace/author/authentication.hpp"

namespace emltrace::trace {

/// Whether the author's domain vouches for the message.
enum class AuthorState { authenticated, unauthenticated, contradicted, unknown };
[[nodiscard]] std::string_view to_string(AuthorState author);

/// What the answer rests on.
enum class Basis {
  now,       ///< the re-run
  recorded,  ///< the recipient's own record at receipt
  both,
};
[[nodiscard]] std::string_view to_string(Basis basis);

struct AuthorJudgement {
  AuthorState state = AuthorState::unknown;
  std::optional<Basis> basis;  ///< null where nothing is known
  bool by_dkim2 =
      false;  ///< a DKIM2 chain alone shows it: no pass of DMARC, which does not count it
  bool differs = false;  ///< the record says pass, the re-run fails, and no change explains it
};

/// The re-run and the recipient's record of the day, combined: an aligned signature that verifies
/// decides; SPF records of today say little of then; what could not be judged is never a failure.
/// `dns_available` is false where the user asked for no DNS.
[[nodiscard]] AuthorJudgement judge_author(const Headers& headers, const Authentication& auth,
                                           bool dns_available);

/// The author's domain signed, and each of its signatures that verify leaves open text that a
/// reader is shown. DMARC passes by them (RFC 9989 5.4), yet nobody vouches for that text.
[[nodiscard]] bool is_signed_in_part(const Authentication& auth);

/// The DKIM2 chain holds, and each From stands under the domain of the hop that put it in: as good
/// a proof as an aligned signature.
[[nodiscard]] bool is_signed_by_dkim2(const Authentication& auth);

/// The DMARC result that own hosts recorded about this author: `pass`, `fail`, …; where they
/// recorded none, `pass` for a recorded pass of an aligned signature. Null where nothing is
/// recorded.
[[nodiscard]] std::optional<std::string> recorded_dmarc(const Authentication& auth);

}  // namespace emltrace::trace
