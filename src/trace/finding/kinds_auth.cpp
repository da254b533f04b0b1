#include "trace/finding/kinds.hpp"

namespace emltrace::trace::kinds {
namespace {

// What the re-run of SPF, DKIM, ARC and DMARC means.
constexpr std::array kAuth = {
    FindingKind{
        .code = "recorded-fail",
        .title = "The recipient's own server recorded a failure at receipt",
        .reference = "RFC 8601 2.7",
        .meaning =
            "The server that took the message in checked SPF or DMARC, or put several checks "
            "together, and wrote down that they failed. It had the connection and the records "
            "of that day, which nobody has later.",
        .evidence =
            "A result field of the recipient's own hosts, at a place where nobody else can "
            "write, with dmarc=fail, spf=fail or compauth=fail. It is not reported where an "
            "aligned signature verifies today; spf=fail is not, where dmarc=pass stands "
            "beside it.",
        .innocent = "Mailing lists and forwarders break SPF and signatures of honest authors.",
        .next = "Look at the route for a list or forwarder. Without one, treat the author as not "
                "being who it says."},
    FindingKind{.code = "spf-fail",
                .title = "The sender's domain says this host may not send for it",
                .reference = "RFC 7208 8.4",
                .meaning = "The SPF record of the envelope sender's domain does not permit the "
                           "client address, and says so firmly (`-all` or another `-` term).",
                .evidence = "The client address of the border hop, the envelope sender, the record "
                            "and the term that matched.",
                .innocent = "Plain forwarding breaks SPF: the forwarder's address is not in the "
                            "original sender's record. Records change after the message was sent.",
                .next = "Look for an aligned DKIM pass, which survives forwarding. Without one, "
                        "treat the envelope sender as false."},
    FindingKind{
        .code = "spf-softfail",
        .title = "The sender's domain thinks this host should not send for it",
        .reference = "RFC 7208 8.5",
        .meaning = "The SPF record ends in `~all` and nothing in it permits the client address. "
                   "The domain does not want this taken as a firm refusal.",
        .evidence =
            "The client address, the envelope sender, the record and the term that matched.",
        .innocent = "Forwarding, and records that list not all of the domain's senders. Most "
                    "domains publish `~all` and leave the decision to DMARC.",
        .next = "Judge by DMARC. A domain owner adds the missing sender to the record."},
    FindingKind{
        .code = "spf-error",
        .title = "The SPF record cannot be evaluated",
        .reference = "RFC 7208 8.6, 8.7",
        .meaning = "The record has a syntax error, there are several of them, it needs too many "
                   "DNS look-ups, or DNS did not answer. It neither permits nor forbids anything.",
        .evidence = "The record, the place of the fault, and the counts against the limits.",
        .innocent =
            "Nearly always a fault of the domain's administrator, or of DNS for the moment.",
        .next = "Where DNS failed, run again. Otherwise tell the domain's postmaster: their own "
                "mail suffers."},
    FindingKind{
        .code = "spf-none",
        .title = "The sender's domain publishes no SPF record",
        .reference = "RFC 7208 8.1",
        .meaning = "Nothing is said about which hosts may send for this domain.",
        .evidence = "TXT answers for the domain without a record that begins with v=spf1.",
        .innocent = "Usual for HELO names of many honest servers.",
        .next =
            "Nothing can be concluded. Domains that never send mail should publish `v=spf1 -all`."},
    FindingKind{
        .code = "dkim-fail",
        .title = "A DKIM signature does not verify",
        .reference = "RFC 6376 3.9, 6.1",
        .meaning = "The body or the signed fields are not those that were signed, or the signature "
                   "was never made with that key. The standard says to treat such a signature as "
                   "absent, not as proof of forgery.",
        .evidence = "Body hash and signature judged separately, with the key that DNS gives today.",
        .innocent = "Mailing lists add footers and subject tags, gateways re-encode, mail programs "
                    "re-wrap, and pastes lose white space.",
        .next = "See which part failed. A body hash that matches beside a bad signature points to "
                "changed fields or a changed key; the reverse to a changed body. Get the raw "
                "message if this was a paste."},
    FindingKind{
        .code = "dkim-no-key",
        .title = "The key of a DKIM signature is not in DNS",
        .reference = "RFC 6376 6.1.2",
        .meaning = "The selector has no key record, or the key was revoked by an empty `p=`. "
                   "Whether the signature was good cannot be known any more.",
        .evidence = "The answer to the TXT question for selector._domainkey.domain.",
        .innocent = "Keys are rotated and removed, and some senders publish old private keys on "
                    "purpose. For mail older than some months this is the usual state.",
        .next = "See whether a trusted Authentication-Results line recorded a pass at receipt. For "
                "fresh mail a missing key counts against the message."},
    FindingKind{
        .code = "dkim-error",
        .title = "A DKIM signature or its key cannot be read",
        .reference = "RFC 6376 3.5, 6.1.1",
        .meaning =
            "The signature lacks tags that it must have, has tags twice, does not cover From, "
            "names an identity outside its domain, or the key record is broken. It cannot verify.",
        .evidence = "The field or the record, with the tag at fault.",
        .innocent = "Home-made signers and damaged copies.",
        .next = "A signature made of decoration (no body hash, a short fake value) was written to "
                "impress filters or readers: treat it as a trick."},
    FindingKind{.code = "dkim-weak-key",
                .title = "The DKIM key is too short",
                .reference = "RFC 8301 3.2",
                .meaning = "An RSA key below 1024 bits must not be accepted: such keys have been "
                           "broken in practice. Keys below 2048 bits are only noted.",
                .evidence = "The modulus length of the key in DNS.",
                .innocent = "Old set-ups that nobody renewed.",
                .next = "Do not rely on the signature. Tell the domain's postmaster to publish a "
                        "2048-bit key."},
    FindingKind{
        .code = "dkim-algorithm",
        .title = "The DKIM signature uses an algorithm that no longer counts",
        .reference = "RFC 8301 3.1",
        .meaning = "rsa-sha1 must not be used for signing or accepted any more, or the algorithm "
                   "is unknown. Whether it verifies is shown, but it proves nothing.",
        .evidence = "The `a=` tag of the signature.",
        .innocent = "Very old mail, and old servers still in service.",
        .next = "For mail sent before 2018 read it as what it was then. Otherwise have the signer "
                "updated."},
    FindingKind{
        .code = "dkim-expired",
        .title = "The DKIM signature had expired at receipt",
        .reference = "RFC 6376 3.5",
        .meaning = "The time in `x=` was over when the border server took the message. Signers set "
                   "it so that old messages cannot be sent again later.",
        .evidence = "The `x=` tag and the stamp of the border hop (or the clock given).",
        .innocent = "Long queues and late forwarding.",
        .next = "If the signature is otherwise good and the route is fresh, think of a replay."},
    FindingKind{.code = "dkim-length-tag",
                .title = "Part of the body is not covered by the signature",
                .reference = "RFC 6376 3.5, 8.2",
                .meaning = "The signature has `l=`: only so many bytes of the body are signed, and "
                           "text may be added behind them while the signature still verifies.",
                .evidence = "The `l=` tag and the length of the canonicalized body: the number of "
                            "bytes that are not signed.",
                .innocent = "A few signers use it to survive list footers.",
                .next = "Look at the unsigned end of the body. If it holds the links or the whole "
                        "visible content, the signature means nothing for this message."},
    FindingKind{
        .code = "dkim-replay-likely",
        .title = "A good signature, sent again to somebody else",
        .reference = "RFC 6376 8.6",
        .meaning = "The signature verifies, but it was made long before this delivery and the "
                   "recipient is not among the signed To and Cc. A spammer can take one signed "
                   "message and send it to millions.",
        .evidence = "The `t=` tag, the border stamp, the envelope recipient, and the signed To and "
                    "Cc fields.",
        .innocent = "Lists, blind copies, aliases and late forwarding.",
        .next =
            "Report to the signing domain: it can find the account that had the message signed."},
    FindingKind{
        .code = "dmarc-fail",
        .title = "The author's domain is not authenticated, against its own policy",
        .reference = "RFC 9989",
        .meaning = "Neither SPF nor DKIM gave a pass that is aligned with the From domain. The "
                   "domain publishes a DMARC policy for such mail: reject and quarantine mean that "
                   "the author is to be held false; with none the domain only watches.",
        .evidence = "The From domain, the record and where it was found, and the SPF and DKIM "
                    "results with their alignment.",
        .innocent = "Mailing lists and forwarders that change the message. A verified ARC chain of "
                    "a trusted forwarder can show that it had passed before.",
        .next =
            "With a policy of reject or quarantine and no forwarder on the route, treat the author "
            "as forged. Report to the origin's network and, if you like, to the imitated domain."},
    FindingKind{
        .code = "dmarc-record-fault",
        .title = "The DMARC record has a fault",
        .reference = "RFC 9989",
        .meaning =
            "There are several records at one name, a tag has a value that it may not have, or the "
            "record does not begin as it must. Receivers may ignore it or use a part of it.",
        .evidence = "The record as published, with the tag at fault.",
        .innocent = "A mistake of the domain's administrator.",
        .next = "Tell the domain's postmaster. Until it is mended the policy may not protect the "
                "domain."},
    FindingKind{
        .code = "arc-fail",
        .title = "The ARC chain does not verify",
        .reference = "RFC 8617 5.2",
        .meaning =
            "A seal or the newest message signature of the chain is bad, sets are missing, or a "
            "set already said fail. What the chain records about earlier checks cannot be used.",
        .evidence = "The set at fault and the reason.",
        .innocent = "A change of the message after the last seal, or keys that were removed. ARC "
                    "is being retired.",
        .next = "Judge without it."},
    FindingKind{
        .code = "recorded-disagrees",
        .title = "The receiver recorded another result than the re-run",
        .reference = "RFC 8601",
        .meaning =
            "A trusted line written at receipt gives a different result for the same check. Keys "
            "and records change, so the older the message, the more the recorded result counts.",
        .evidence = "The recorded line, who wrote it, and the re-run with its reason.",
        .innocent = "Rotated keys, changed SPF records, a message changed after delivery, or a "
                    "client address that was detected wrongly.",
        .next = "If the line is surely your own server's, believe it for the time of receipt. If "
                "it is a pass that cannot be reproduced on a fresh message, check the border and "
                "the client address."},
    FindingKind{
        .code = "recorded-untrusted",
        .title = "A recorded result that the sender could have written",
        .reference = "RFC 8601 5, 7.1",
        .meaning = "An Authentication-Results or Received-SPF line is not from the recipient's own "
                   "infrastructure. It may come from an honest server on the way, or be the "
                   "sender's invention; servers should remove such lines that bear their own name.",
        .evidence = "The authserv-id of the line and its place among the hops.",
        .innocent = "Lists and forwarders leave their own lines in.",
        .next = "Give it no weight. If the authserv-id is yours, name it with --trust, or find out "
                "why your server let it in."},
    FindingKind{
        .code = "spf-broken-by-forwarding",
        .title = "SPF fails because the message was forwarded",
        .reference = "RFC 7208 appendix D; RFC 7960 2.2",
        .meaning = "The client at the border is a forwarder whose address the original sender's "
                   "record does not list. An aligned DKIM signature or a valid ARC set shows that "
                   "the message itself is genuine.",
        .evidence =
            "The SPF result for the border client, and the DKIM or ARC result that still holds.",
        .innocent = "This is itself the innocent explanation of an SPF failure.",
        .next =
            "Do not reject on SPF alone. The forwarder could rewrite the envelope sender (SRS)."},
    FindingKind{
        .code = "identity-injection",
        .title = "A domain field holds bytes that no domain has",
        .reference = "RFC 6376 3.5; RFC 8601 7",
        .meaning = "A `d=`, `s=` or envelope sender holds NUL, parentheses, quotes or other bytes "
                   "that make one program read another domain than the next. This is done on "
                   "purpose, to have a pass of one domain shown as that of another.",
        .evidence = "The bytes of the tag or address. They were not put into any DNS question.",
        .innocent = "Hardly any; heavy damage of a copy at most.",
        .next = "Believe no authentication result of this message, whoever recorded it, and keep "
                "the original as evidence."},
};

}  // namespace

std::span<const FindingKind> auth() {
  return kAuth;
}

}  // namespace emltrace::trace::kinds
