#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "auth/dkim/change.hpp"
#include "auth/dkim/problem.hpp"
#include "auth/result.hpp"
#include "base/date.hpp"

namespace emltrace::dkim {

inline constexpr std::size_t kMaxRemovedLines = 20;  ///< told of one repair
inline constexpr std::size_t kMaxRemovedText = 200;  ///< bytes told of one line

/// A line, or the part of one, that is not in the text that was signed.
struct RemovedLine {
  /// In the message, as `Verdict::line` is. Null where no such line stands there: the text stood
  /// inside an encoding.
  std::optional<std::size_t> line;
  std::size_t offset = 0;  ///< of the line in the message, where it is known
  std::string text;        ///< with its encoding undone, cut at kMaxRemovedText
};

/// What a repair showed: the message as it was signed, beside the message as it came.
struct Repair {
  std::vector<Change> changes;                ///< one a code of `verifies_after`, in step
  std::optional<std::string> signed_from;     ///< unfolded, encoded words decoded to UTF-8
  std::optional<std::string> signed_subject;  ///< the same; null where h= does not name it
  std::vector<RemovedLine> removed;           ///< header first; at most kMaxRemovedLines
  std::size_t removed_more = 0;               ///< lines beyond those
};

/// What was found of one DKIM-Signature field. The result follows from the problem (`result_of`),
/// but for two: rsa-sha1, which RFC 8301 forbids to accept whether it matches or not, is `policy`
/// (algorithm), and `mended` makes each `pass` and `fail` `neutral`. A mismatch is told before the
/// reasons of `policy`, those of `permerror` before a mismatch.
struct Verdict {
  std::size_t line = 0;                  ///< of the DKIM-Signature field in the message
  std::optional<std::string> domain;     ///< d=
  std::optional<std::string> selector;   ///< s=
  std::optional<std::string> identity;   ///< i=, or "@" d= where absent
  std::optional<std::string> algorithm;  ///< a=
  std::optional<std::string>
      canonicalization;  ///< `relaxed/simple`; the default where c= is absent
  auth::Result result = auth::Result::none;
  Problem problem = Problem::none;
  std::string detail;  ///< the reason for people, one phrase; empty on a plain pass
  Check body_hash = Check::unchecked;
  Check signature = Check::unchecked;
  std::string signature_text;  ///< b= without white space; empty where it cannot be read
  std::optional<int> key_bits;
  bool testing = false;                     ///< t=y in the key record
  bool key_authenticated = false;           ///< the AD bit stood on the key's answer
  std::vector<std::string> signed_headers;  ///< h= in order, lower case
  std::vector<std::string>
      unsigned_headers;  ///< names of present fields that no h= entry covers, lower case, each once
  /// Of `unsigned_headers` those that decide what a reader sees or whom he answers, in the order of
  /// the message: From, Subject, Content-Type … A name that h= covers stands here too where the
  /// message has more instances of it than are covered: a second From above the signed one.
  std::vector<std::string> unsigned_fields;
  std::size_t unsigned_bytes = 0;     ///< of the canonical body behind l=
  std::optional<Instant> signed_at;   ///< t=
  std::optional<Instant> expires_at;  ///< x=
  bool expired_since =
      false;  ///< x= has passed by Options::now, though not at the clock of the check
  /// The verdict rests on a text that was mended in signed bytes, since the bytes as given do not
  /// verify: neither `pass` nor `fail` can be said of it.
  bool mended = false;
  std::vector<std::string> verifies_after;  ///< repairs after which body hash and signature match;
                                            ///< empty if none or not tried
  std::optional<Repair> repair;             ///< null where `verifies_after` is empty
};

}  // namespace emltrace::dkim
