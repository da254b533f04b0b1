#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/dkim2/chain.hpp"

/// The envelope that each signature names, from hop to hop and at the delivery.
namespace emltrace::dkim2 {

enum class Custody { holds, broken, unchecked };
[[nodiscard]] std::string_view to_string(Custody custody);

/// The envelope of the delivery, as far as it is known. Addresses without brackets; an empty MAIL
/// FROM is the null path.
struct Delivery {
  std::optional<std::string> mail_from;
  std::vector<std::string> rcpt_to;
  /// The recipient's own hosts may have rewritten it since (an alias, SRS): where it matches, it
  /// does; where it differs, nothing is known.
  bool mail_from_rewritten = false, rcpt_to_rewritten = false;
};

enum class Match { unchecked, match, mismatch };
[[nodiscard]] std::string_view to_string(Match match);

/// The delivery against mf= and rt= of the newest signature.
struct EnvelopeCheck {
  Match mail_from = Match::unchecked;
  Match rcpt_to = Match::unchecked;
  std::vector<Fault> faults;
};
/// nd= in the newest signature names no envelope at all: a fault of its own.
[[nodiscard]] EnvelopeCheck check_delivery(const Chain& chain, const Delivery& delivery);

struct CustodyCheck {
  Custody custody = Custody::unchecked;
  Fault fault;
};
/// Whether the hop of `later` was sent the message by `earlier`. Unchecked where a field that tells
/// it cannot be read.
[[nodiscard]] CustodyCheck check_custody(const Signature& earlier, const Signature& later);

/// mf= lies under d=. None where there is no mf=, or it is the null path.
[[nodiscard]] Fault check_domain(const Signature& signature);

/// The domain of the address is `signing`, or a name under it: never the other way round.
[[nodiscard]] bool is_under(std::string_view address, const DomainName& signing);

}  // namespace emltrace::dkim2
