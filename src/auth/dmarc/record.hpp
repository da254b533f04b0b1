#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/dmarc/mode.hpp"

namespace emltrace::dmarc {

/// Ordered by strictness: one level lower is one less.
enum class Policy { none, quarantine, reject };
[[nodiscard]] std::string_view to_string(Policy policy);
/// `quarantine` for `reject`, else `none` (t=y; messages that `pct` leaves out).
[[nodiscard]] Policy one_level_lower(Policy policy);

/// psd=: is the name a public suffix? `unknown` is the default `u`.
enum class PublicSuffix { unknown, yes, no };

/// A DMARC Policy Record (RFC 9989 4.7, RFC 7489 6.3). Faults outside `v` do not void it: the
/// tag's default holds and `warnings` says so.
struct PolicyRecord {
  std::string text;
  std::optional<Policy> p;
  std::optional<Policy> sp;
  std::optional<Policy> np;  ///< RFC 9989 alone
  bool strict_dkim = false;  ///< adkim=s
  bool strict_spf = false;   ///< aspf=s
  PublicSuffix psd = PublicSuffix::unknown;
  bool testing = false;                        ///< t=y
  unsigned percent = 100;                      ///< pct=, RFC 7489 alone
  std::vector<std::string> aggregate_reports;  ///< rua, each URI as written
  std::vector<std::string> failure_reports;    ///< ruf
  std::vector<std::string> warnings;
  /// Null where the record asks for a policy. Else why it does not: a policy tag is unreadable (or,
  /// in RFC 7489, `p` is missing) and no valid `rua` makes it `p=none`.
  std::optional<std::string> problem;
};

/// Null where the text does not begin with `v=DMARC1` as the first tag: no DMARC record at all. The
/// names of tags are of any case, `DMARC1` is not (RFC 9989 4.8).
[[nodiscard]] std::optional<PolicyRecord> parse_record(std::string_view text, Mode mode);

/// Of a text that is no record: whether it was meant as one (`v=dmarc1`, a blank in front).
[[nodiscard]] bool resembles_record(std::string_view text);

}  // namespace emltrace::dmarc
