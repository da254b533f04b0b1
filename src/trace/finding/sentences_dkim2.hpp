#pragma once

#include <array>

#include "trace/finding/sentence_row.hpp"

namespace emltrace::trace::sentence_rows {

/// Of DKIM2: who signed, who changed what, and whom it was sent to.
inline constexpr auto kDkim2 = std::to_array<Row>({
    {"dkim2-body-hidden-text/one",
     "{domain} took out or rewrote 1 line with a link or an attachment; the recipe still holds "
     "it."},
    {"dkim2-body-hidden-text/several",
     "{domain} took out or rewrote {count} lines with a link or an attachment; the recipe still "
     "holds them."},
    {"dkim2-changed-after-last-signature",
     "The message was changed after {domain} had signed it, by somebody who did not sign the "
     "change: {problem}."},
    {"dkim2-content-withheld",
     "The body as it was before instance {instance} is withheld by the hop that changed it."},
    {"dkim2-custody-broken",
     "{domain} signed a message that the hop before had not sent to it: {problem}."},
    {"dkim2-fail", "The DKIM2 chain does not hold at {domain}: {problem}."},
    {"dkim2-from-rewritten", "{domain} changed From from {before} to {after}."},
    {"dkim2-modified/signed", "{domain} {changes} on the way, as it signed."},
    {"dkim2-modified/stated",
     "{domain} {changes} on the way, by its own account, which is not borne out."},
    {"dkim2-old-rules", "The header hashes match by the list of fields of draft -{draft} alone."},
    {"dkim2-pass/chain", "The DKIM2 chain holds: signed by {domains}."},
    {"dkim2-pass/recipient",
     "The DKIM2 chain holds: signed by {domains}; the recipient is one that was signed for."},
    {"dkim2-present", "DKIM2 fields are present and were not judged: {reason}."},
    {"dkim2-recipe-false",
     "What {domain} says that it changed does not lead back to what was signed before: "
     "{problem}."},
    {"dkim2-replay",
     "The message is as {domain} signed it, but not for this delivery ({problem}): somebody who "
     "had it sent it again, and did not sign for that."},
    {"dkim2-return-mismatch/null-path",
     "The notification does not fit the message that it returns, which {domain} signed last: its "
     "sender wants no notification."},
    {"dkim2-return-mismatch/recipient",
     "The notification does not fit the message that it returns, which {domain} signed last: it "
     "went to {recipient}, and the message was sent by {sender}."},
    {"dkim2-return-mismatch/signer",
     "The notification does not fit the message that it returns, which {domain} signed last: "
     "{signer} signed the notification, and no recipient of the message is there."},
    {"dkim2-testing", "The key {selector} of {domain} is in test mode (t=y)."},
    {"dkim2-unknown-draft", "The DKIM2 fields are not of a form that is known here: {problem}."},
    {"dkim2-unsigned-forwarder",
     "{domain} signed the message for others than it was delivered to, and a host of theirs passed "
     "it on without a DKIM2 signature of its own."},
    {"dkim2-unverifiable", "The DKIM2 chain cannot be verified: {problem}."},
    {"dkim2-weak-key",
     "The DKIM2 key {selector} of {domain} has {bits} bits; the drafts ask signers for {advised}."},
});

}  // namespace emltrace::trace::sentence_rows
