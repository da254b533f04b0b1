#include "trace/finding/kinds.hpp"

namespace emltrace::trace::kinds {
namespace {

constexpr std::string_view kDraft = "draft-ietf-dkim-dkim2-spec";

// What the DKIM2 chain of custody tells.
constexpr std::array kDkim2 = {
    FindingKind{
        .code = "dkim2-pass",
        .title = "The DKIM2 chain of custody holds",
        .reference = kDraft,
        .meaning =
            "Every hop that signed is shown to have had the message as it states and to have "
            "sent it to the next one; the message is as the last of them signed it. It "
            "proves domains, not addresses or host names, and the word of a hop is as good "
            "as its domain.",
        .evidence = "The signatures with their domains, keys and envelopes, the hashes of each "
                    "instance, and the recipes that lead back to the first.",
        .innocent = "It says who handled the message, not that it is welcome.",
        .next = "Look at the first signer for the author, and at what the others changed."},
    FindingKind{
        .code = "dkim2-fail",
        .title = "The DKIM2 chain does not hold",
        .reference = kDraft,
        .meaning = "A signature is not that of its domain's key, or states what cannot be: an age "
                   "of more than 14 days, a MAIL FROM or a From outside its domain, no envelope.",
        .evidence = "The signature at fault with the draft's words. Medium where a signature is "
                    "wrong, low where the signer's own envelope or clock is, info where an earlier "
                    "draft allows it.",
        .innocent = "A key that was replaced under the same name, software of another draft, a "
                    "signer set up wrongly, a message that waited long.",
        .next = "Judge the message without the signers from that one on."},
    FindingKind{
        .code = "dkim2-unverifiable",
        .title = "The DKIM2 chain cannot be verified",
        .reference = kDraft,
        .meaning = "A key is not published or cannot be used, a field of the chain is missing or "
                   "doubled, or a recipe cannot be read. Nothing is proved in either direction.",
        .evidence = "The problem in the draft's words. Info where the key is gone or DNS did not "
                    "answer.",
        .innocent = "Keys are rotated and removed; a gateway may drop fields it does not know.",
        .next = "Judge without it; the recipient's record of the day may tell more."},
    FindingKind{.code = "dkim2-unknown-draft",
                .title = "The DKIM2 fields have a form that is not known",
                .reference = kDraft,
                .meaning =
                    "A DKIM2 field lacks a tag, has one that may not be there, is not well formed, "
                    "or names an algorithm that cannot be computed here. The draft still changes, "
                    "and what a newer one allows is not known.",
                .evidence = "The field and the tag or the algorithm.",
                .innocent = "A sender that follows a draft older than -03 or newer than -09.",
                .next = "Judge without it."},
    FindingKind{.code = "dkim2-old-rules",
                .title = "The chain follows an earlier draft of DKIM2",
                .reference = kDraft,
                .meaning =
                    "The drafts differ in which header fields are hashed. The hashes match by an "
                    "earlier list, so that fields which that list leaves out are not covered.",
                .evidence = "The newest list under which the fewest header hashes differ.",
                .innocent = "Software that has not been brought up to date.",
                .next = "Nothing."},
    FindingKind{
        .code = "dkim2-present",
        .title = "The message carries DKIM2 fields that were not judged",
        .reference = kDraft,
        .meaning =
            "DKIM2-Signature or Message-Instance fields are there. They could not be judged: "
            "the body was not given, DNS was not asked, the text was mended, or the key is "
            "in test mode.",
        .evidence = "The fields, their hops, domains and times.",
        .innocent = "This says nothing against the message.",
        .next = "Give the whole message as it came, and let DNS be asked."},
    FindingKind{
        .code = "dkim2-replay",
        .title = "A signed message was delivered to somebody it was not signed for",
        .reference = kDraft,
        .meaning = "Every DKIM2 signature is good and the text is unchanged, but the newest one "
                   "names other recipients, or another MAIL FROM, than this delivery has. Somebody "
                   "who once received the message sent it again: the way in which a good "
                   "signature is abused for bulk mail.",
        .evidence =
            "rt= and mf= of the newest signature against the envelope that the recipient's "
            "own server recorded, and the names of the client, which is no host of those "
            "the message was signed for. Medium where the client's names, or the mail "
            "hosts of those domains, are not known; low where the recipient is one that was "
            "signed for, and MAIL FROM alone is another.",
        .innocent = "A forwarder that does not sign with DKIM2 and sends from hosts of another "
                    "organization than its MX. Where the client is one of its hosts, or SPF passes "
                    "for its domain, dkim2-unsigned-forwarder is said instead.",
        .next = "Ask the recipient whether an address of the signed recipients forwards to it. If "
                "none does, report the origin, and tell the signing domain which message is used."},
    FindingKind{
        .code = "dkim2-unsigned-forwarder",
        .title = "A forwarder passed the message on without a DKIM2 signature",
        .reference = kDraft,
        .meaning = "The newest signature names other recipients than this delivery has, and the "
                   "client that delivered it is a host of their domain: it forwarded the message "
                   "and does not take part in DKIM2.",
        .evidence = "rt= of the newest signature, its domains' MX, the client's names in DNS, and "
                    "the domain for which SPF passes.",
        .innocent = "This is the innocent explanation of an envelope that does not fit.",
        .next = "Nothing."},
    FindingKind{
        .code = "dkim2-custody-broken",
        .title = "A DKIM2 hop signed a message that was not sent to it",
        .reference = kDraft,
        .meaning = "The domain that signed next is none of those to which the signer before had "
                   "sent the message. Between the two somebody handled it who did not sign, or "
                   "the message was taken and sent anew.",
        .evidence =
            "rt= or nd= of the one signature against mf= and d= of the next, both verified, "
            "and the MX of the domains in rt=. Info where the next signer runs a mail host "
            "of such a domain, low where their MX is not known.",
        .innocent = "A forwarder in between that does not sign, or a host that signs in its own "
                    "name for the domains of its customers.",
        .next = "Believe the signatures from that one on, and not the hand-over."},
    FindingKind{
        .code = "dkim2-recipe-false",
        .title = "A DKIM2 hop does not tell truly what it changed",
        .reference = kDraft,
        .meaning = "The message is as its last signer had it, but undoing what a hop says that it "
                   "changed does not lead to what was signed before. That hop changed more than it "
                   "tells, or tells it wrongly.",
        .evidence = "The hash that was signed before the change, and the state that the recipe "
                    "gives.",
        .innocent = "Faults in young software: recipes count fields and lines in ways that are "
                    "easily got wrong.",
        .next = "Take the text for that of the hop, not of those before it."},
    FindingKind{
        .code = "dkim2-changed-after-last-signature",
        .title = "The message was changed after the last DKIM2 signature",
        .reference = kDraft,
        .meaning = "The signatures are good, but the message is not as the newest of them had it: "
                   "no recipe covers the change, and nobody signed it.",
        .evidence = "The recorded hash of the header or the body against the message. Info on list "
                    "mail.",
        .innocent = "Lists, gateways and mail stores that add fields, tags or footers and do not "
                    "take part in DKIM2; a copy that is not exact.",
        .next = "Compare the text with the original at the recipient's server or the sender."},
    FindingKind{
        .code = "dkim2-modified",
        .title = "A DKIM2 hop changed the message, and says what",
        .reference = kDraft,
        .meaning =
            "A list or gateway changed fields or lines and signed how to undo it. Where the "
            "hashes on both sides match and both signers verify, the earlier text is proved.",
        .evidence = "The recipe: the values and lines before and after.",
        .innocent = "This is what lists do.",
        .next = "Read the original Subject, From and text in the report."},
    FindingKind{
        .code = "dkim2-return-mismatch",
        .title = "A notification does not fit the message that it returns",
        .reference = kDraft,
        .meaning = "A delivery status notification may come only from a domain that the newest "
                   "DKIM2 signature of the returned message was made for, and goes only to the "
                   "address in mf= of that signature. This one does not: the message was not "
                   "signed by its recipient, or nobody who had the message answers.",
        .evidence = "rt= and mf= of the newest signature of the returned message, and the DKIM2 "
                    "signature and To of the notification, which are not checked.",
        .innocent = "A forwarder that does not know DKIM2 passed the message on, and the "
                    "notification comes from behind it. To was written by hand.",
        .next = "Trace the notification itself before you believe that anything was sent."},
    FindingKind{
        .code = "dkim2-from-rewritten",
        .title = "From was rewritten on the way",
        .reference = kDraft,
        .meaning =
            "A hop put another author into From and signed that it did; the report shows who "
            "was there before. Medium where the new address is not of the hop's own domain: "
            "then nobody who stands for that domain put it in.",
        .evidence = "From before and after, the hashes on both sides, the signatures.",
        .innocent = "Lists rewrite From to an address of their own, so that DMARC holds.",
        .next = "Take the earlier From for the author."},
    FindingKind{.code = "dkim2-body-hidden-text",
                .title = "A DKIM2 hop took a link or an attachment out of sight",
                .reference = kDraft,
                .meaning =
                    "A hop changed the body, and what its recipe restores holds a link or the head "
                    "of an attachment that the text as delivered does not.",
                .evidence = "The lines before the change, which do not stand in those after it.",
                .innocent = "Filters that take out attachments or make links lead through "
                            "themselves; lists that trim a footer.",
                .next = "Look at the earlier lines before you say what the sender wrote."},
    FindingKind{.code = "dkim2-content-withheld",
                .title = "A DKIM2 hop withholds the body as it was",
                .reference = kDraft,
                .meaning =
                    "Up to draft -07 a hop may say that the earlier body cannot be had: a part was "
                    "taken out for safety. From -08 on such a recipe is an error.",
                .evidence = "The recipe of that instance.",
                .innocent = "Filters that take out attachments.",
                .next = "Ask the operator of that hop."},
    FindingKind{.code = "dkim2-weak-key",
                .title = "A DKIM2 key is short",
                .reference = kDraft,
                .meaning = "An RSA key has fewer bits than the draft asks signers for.",
                .evidence = "The key record.",
                .innocent = "Old keys that still serve.",
                .next = "Tell the domain's postmaster."},
    FindingKind{.code = "dkim2-testing",
                .title = "A DKIM2 key is in test mode",
                .reference = kDraft,
                .meaning =
                    "The key record says t=y: a failing signature is to be taken as if it were not "
                    "there.",
                .evidence = "The key record.",
                .innocent = "A domain that begins with DKIM2.",
                .next = "Nothing."},
};

}  // namespace

std::span<const FindingKind> dkim2() {
  return kDkim2;
}

}  // namespace emltrace::trace::kinds
