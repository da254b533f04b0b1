#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "auth/dkim2/custody.hpp"
#include "auth/dkim2/hashes.hpp"
#include "auth/dkim2/history.hpp"
#include "auth/dkim2/problem.hpp"
#include "auth/dkim2/seen_field.hpp"
#include "auth/result.hpp"
#include "base/instant.hpp"

namespace emltrace::dkim2 {

/// One value of s=.
struct ValueVerdict {
  std::size_t group = 1;
  std::string selector;
  std::string algorithm;
  auth::Result result = auth::Result::none;  ///< none while the key is pending
  Fault fault;
  std::optional<int> key_bits;
  bool testing = false;  ///< t=y in the key record
};

/// One DKIM2-Signature. Its result tells of the signature itself: its form, its values, its age and
/// whether mf= lies under d=; not of the hashes, which have their instances.
struct SignatureVerdict {
  std::size_t line = 0;
  std::optional<std::size_t> i, m;
  std::optional<std::string> domain;  ///< d=
  std::optional<Instant> signed_at;
  bool expired_since = false;  ///< older than kMaxAge now, though not at the clock of the check
  std::optional<std::string> mail_from;
  std::vector<std::string> rcpt_to;
  std::optional<std::string> next_domain;
  std::optional<std::string> nonce;
  std::vector<std::string> flags;
  auth::Result result = auth::Result::none;
  Fault fault;
  Custody custody = Custody::unchecked;  ///< from the hop before it; `holds` for the first
  std::optional<int> hop;  ///< number of the Received line that its next receiver wrote
  std::vector<ValueVerdict> values;

  /// A value verifies, and none of its group is proved wrong: the holder of d= made this signature.
  [[nodiscard]] bool is_verified() const;
  /// It was computed with a key: what it says can be held against the message.
  [[nodiscard]] bool is_decided() const;
};

struct InstanceVerdict {
  std::size_t line = 0;
  std::optional<std::size_t> m;
  std::optional<std::size_t> signed_by;  ///< i= of the first signature that covers it
  std::vector<CheckedHashes> hashes;
  RecipeKind recipe = RecipeKind::none;
};

/// A change that a hop made, as its recipe tells.
struct Modification {
  std::size_t m = 0;
  std::optional<std::size_t> i;  ///< of the signature of that hop
  std::optional<std::string> domain;
  Change change;
  bool proved = false;  ///< the hashes of both neighbouring instances match, and the signatures
                        ///< that made them verify
};

struct Verdict {
  auth::Result result = auth::Result::none;
  Problem problem = Problem::none;
  std::string detail;  ///< the draft's words, or one phrase; empty on a plain pass
  Place at;
  /// A draft by which all holds where -08 and -09 do not let it pass: `07` or `06`.
  std::optional<std::string> passes_under;
  Rules rules = Rules::draft_09;
  Match mail_from = Match::unchecked, rcpt_to = Match::unchecked;  ///< against the delivery
  Custody custody = Custody::unchecked;
  std::vector<SeenField> fields;             ///< as they stand, top to bottom
  std::vector<SignatureVerdict> signatures;  ///< by i=
  std::vector<InstanceVerdict> instances;    ///< by m=
  std::vector<Modification> modifications;   ///< newest first
  std::optional<Original> original;          ///< null where the first instance was not reached
  std::optional<std::size_t> withheld;       ///< m= that withholds the earlier body
  std::string replay_key;  ///< `sha256:…:…` of m=1: the same of all copies of a message; empty
                           ///< where there is none
  /// `sha256:HEX` of the newest signature with all that it signs: the same of all copies that one
  /// hop sent out under one signature, however their lines are folded. Empty where it signs nothing
  /// that is whole.
  std::string copy_key;
  bool exploded = false;  ///< a signature says that the message goes to many
  /// All that counts against it, in the order of the draft's procedure.
  std::vector<Fault> faults;
  bool mended = false;  ///< it rests on a text that was mended: neither pass nor fail can be said
  /// Each address in From lies under d= of the hop that put it in, and that signature verifies
  /// (draft -07 on). Null where that cannot be told, or there is none.
  std::optional<bool> from_authentic;

  [[nodiscard]] bool is_present() const { return !fields.empty(); }
  /// The signature with the highest i=; null where none can be read.
  [[nodiscard]] const SignatureVerdict* newest() const;
  /// All signatures verify, and there is one.
  [[nodiscard]] bool all_verified() const;
  /// The hashes of the newest instance match, body and header (the body where it was given).
  [[nodiscard]] bool newest_matches() const;
};

}  // namespace emltrace::dkim2
