#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/ip.hpp"
#include "intake/item.hpp"
#include "message/headers.hpp"
#include "message/received/hop.hpp"
#include "message/results/recorded.hpp"
#include "trace/finding/finding.hpp"
#include "trace/route/boundary.hpp"
#include "trace/route/given.hpp"

namespace emltrace::trace {

/// Who recorded a fact of the envelope, best first.
enum class Recorder {
  option,       ///< the command line
  recorded,     ///< own hosts' results, delivery fields or journal about this connection
  border,       ///< the border's Received line
  return_path,  ///< a Return-Path above the border's line (RFC 5321 4.4), or the mbox separator
  wrapper,      ///< a reporter (RFC 5965)
};
[[nodiscard]] std::string_view to_string(Recorder recorder);

/// The envelope (RFC 5321 2.3.1) of the connection from outside, each fact from its best recorder.
struct Envelope {
  std::optional<ip::Address> client_ip;
  std::optional<std::string> helo;
  std::optional<std::string> mail_from;  ///< empty for the null path
  std::optional<std::string>
      mail_from_below;  ///< what a lesser recorder says instead; null where none differs
  std::optional<std::string> rcpt_to;
  std::optional<Instant> received_at;
  std::optional<int> from_hop;  ///< the border hop
  std::vector<std::string>
      overridden;  ///< `client_ip`, `helo`, `mail_from`, `rcpt_to`: given on the command line
  struct Sources {
    std::optional<Recorder> client_ip, helo, mail_from, rcpt_to;  ///< null where the value is null
  } sources;
};

/// What is known of the message when its envelope is read.
struct EnvelopeEvidence {
  const Message& message;
  const Headers& headers;
  std::span<const Hop> hops;
  const std::vector<Recorded>& recorded;
  const Boundary& boundary;
  const intake::WrapperFacts& wrapper;
};

[[nodiscard]] Envelope read_envelope(const EnvelopeEvidence& evidence, const Given& given);

/// What a reporter, or a journal, states otherwise than the border recorded: wrapper-differs.
[[nodiscard]] std::vector<Finding> wrapper_findings(const Envelope& envelope,
                                                    const intake::WrapperFacts& wrapper);

}  // namespace emltrace::trace
