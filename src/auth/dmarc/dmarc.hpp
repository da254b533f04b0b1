#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/dkim/verdict.hpp"
#include "auth/dmarc/mode.hpp"
#include "auth/dmarc/walk.hpp"
#include "auth/result.hpp"
#include "auth/spf/verdict.hpp"
#include "dns/client.hpp"

/// Domain-based Message Authentication, RFC 9989, and RFC 7489 on demand.
namespace emltrace::dmarc {

struct Request {
  Mode mode = Mode::rfc9989;
  std::vector<std::string>
      author_domains;  ///< domains of From as written, in order, each distinct one once
  const spf::Verdict* spf = nullptr;  ///< of the MAIL FROM identity; null where not evaluated
  /// SPF was not evaluated though a server sent the message: its client, or its MAIL FROM, is not
  /// known.
  bool spf_open = false;
  std::optional<std::string> spf_open_domain;  ///< of MAIL FROM, where that is what is known
  const std::vector<dkim::Verdict>* dkim = nullptr;
};

struct Verdict {
  auth::Result result = auth::Result::none;  ///< pass, fail, none, temperror, permerror
  Mode mode = Mode::rfc9989;
  std::optional<std::string> author_domain;
  std::optional<std::string> organizational_domain;
  std::optional<std::string> record_domain;  ///< where the policy came from
  std::optional<std::string> record;
  std::optional<std::string> policy;      ///< none, quarantine, reject: of the tag that applies
  std::optional<std::string> policy_tag;  ///< p, sp, np
  bool testing = false;                   ///< t=y
  std::optional<std::string>
      disposition;  ///< what the domain asks for this message: none, quarantine, reject
  std::optional<bool> spf_aligned;   ///< an SPF pass aligns; null where not evaluable
  std::optional<bool> dkim_aligned;  ///< a DKIM pass aligns; null where not evaluable
  std::vector<auth::Alignment>
      dkim_alignment;  ///< of each signature's d=, whatever its result, in the order given
  auth::Alignment spf_alignment = auth::Alignment::none;
  std::vector<std::string> aggregate_reports;  ///< rua
  std::vector<std::string> failure_reports;    ///< ruf
  std::vector<std::string>
      warnings;  ///< removed or unknown tags, faults that did not void the record
  std::optional<std::string> problem;
  bool undecided =
      false;  ///< neither pass nor fail: an identifier that may be aligned was not judged
  bool authenticated_data = false;  ///< the AD bit stood on the policy's answer
  std::vector<WalkStep> walk;       ///< of the author domain
  /// Of a failure: the other rules, where the message passes under those.
  std::optional<Mode> passes_under;
};

[[nodiscard]] Verdict evaluate(dns::Client& client, const Request& request);

}  // namespace emltrace::dmarc
