#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/arc/arc.hpp"
#include "auth/dkim/dkim.hpp"
#include "auth/dkim2/dkim2.hpp"
#include "auth/dmarc/dmarc.hpp"
#include "auth/spf/spf.hpp"
#include "message/results/recorded.hpp"
#include "trace/author/dkim2_reach.hpp"

namespace emltrace::trace {

/// A recorded result beside the re-run.
struct RecordedComparison {
  Recorded recorded;
  bool trusted = false;  ///< written by a host of standing own or border
  /// Its field names another client than the envelope's: the recipient's own gateway, say. What
  /// rests on the client says nothing of the sender.
  bool of_other_client = false;
  std::optional<std::string> recomputed;  ///< null where the re-run has no such result
  std::optional<bool> agrees;
  std::string reason;  ///< why they differ, as far as known; empty where they agree
};

/// What was found of who vouches for the message: the re-run, and what was recorded.
struct Authentication {
  std::vector<spf::Verdict> spf;
  std::vector<dkim::Verdict> dkim;
  arc::Verdict arc;
  dmarc::Verdict dmarc;
  std::vector<RecordedComparison> recorded;
  dkim2::Verdict dkim2;
  Dkim2Reach dkim2_reach;
  /// The ARC chain passes and its newest sealer is believed: the user or the family table names it,
  /// or the recipient's own host recorded the chain as passing. Anybody can seal.
  bool arc_counts = false;
  /// In step with `dkim`: the signature leaves open text that a reader is shown (`coverage.hpp`),
  /// so that it vouches for nothing. Empty: none does.
  std::vector<bool> partial;

  /// An SPF or DKIM pass is aligned with the author domain (RFC 9989).
  [[nodiscard]] bool is_partial(std::size_t signature) const {
    return signature < partial.size() && partial[signature];
  }
  [[nodiscard]] bool has_aligned_pass() const {
    return dmarc.spf_aligned.value_or(false) || dmarc.dkim_aligned.value_or(false);
  }
};

}  // namespace emltrace::trace
