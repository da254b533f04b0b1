#pragma once

#include <array>

#include "trace/finding/sentence_row.hpp"

namespace emltrace::trace::sentence_rows {

/// Of SPF, DKIM, ARC and DMARC.
inline constexpr auto kAuth = std::to_array<Row>({
    {"arc-fail", "The ARC chain does not hold: {problem}."},
    {"dkim-algorithm", "The DKIM signature of {domain} does not count: {reason}."},
    {"dkim-error", "The DKIM signature of {domain} does not count: {reason}."},
    {"dkim-expired", "The DKIM signature of {domain} does not count: {reason}."},
    {"dkim-fail", "The DKIM signature of {domain} does not count: {reason}."},
    {"dkim-length-tag",
     "{bytes} bytes at the end of the body are not covered by the signature of {domain} (l=)."},
    {"dkim-no-key", "The DKIM signature of {domain} does not count: {reason}."},
    {"dkim-replay-likely",
     "Signed by {domain} on {signed}, received on {received} for {recipient}, who is not among the "
     "signed recipients: the message may have been sent again by somebody who once received it."},
    {"dkim-weak-key/refused", "The DKIM signature of {domain} does not count: {reason}."},
    {"dkim-weak-key/short",
     "The DKIM key of {domain} has {bits} bits; RFC 8301 asks signers for 2048."},
    {"dmarc-fail",
     "No SPF or DKIM pass is aligned with {domain}, which publishes the policy {policy}."},
    {"dmarc-record-fault/error", "DMARC could not be evaluated: {problem}."},
    {"dmarc-record-fault/warning", "DMARC record: {fault}."},
    {"identity-injection",
     "{identity} holds characters that no domain name has; it was not asked for in DNS."},
    {"spf-broken-by-forwarding",
     "SPF of {domain} does not cover {client}, but {witness}: the message was forwarded."},
    {"spf-error", "SPF of {who} could not be evaluated: {problem}."},
    {"spf-fail", "{who} publishes that {ip} may not send for it."},
    {"spf-none", "{who} publishes no SPF record."},
    {"spf-softfail", "{who} publishes that {ip} probably may not send for it."},
});

}  // namespace emltrace::trace::sentence_rows
