#include "trace/finding/kinds.hpp"

namespace emltrace::trace::kinds {
namespace {

// Stamps, dates and ids, and the identities beside the route.
constexpr std::array kTime = {
    FindingKind{
        .code = "time-reversed",
        .title = "A line is older than the one below it",
        .reference = "RFC 5321 4.4",
        .meaning = "A host says that it received the message before the host below it did, by more "
                   "than any clock error that would explain all lines together. At least one of "
                   "the two stamps is false.",
        .evidence = "The stamps of the hops, converted to UTC, and the fact that no constant error "
                    "of believable size for each host's clock puts them in order.",
        .innocent = "A clock that was set right between two hops, a zone set wrong by hours, or a "
                    "dead clock battery on an old host.",
        .next = "Trust the stamp of the hop nearer to the recipient. Below the border, look for "
                "other findings on the lower hop: a moved stamp is typical of a copied line."},
    FindingKind{
        .code = "time-gap",
        .title = "The message lay somewhere for long",
        .reference = "RFC 5321 4.5.4.1",
        .meaning = "More than an hour passed between two hops. The delay lies with the lower host: "
                   "it had taken the message and had not yet passed it on.",
        .evidence = "The stamps of the two hops.",
        .innocent =
            "Greylisting, a receiver that was down, queues at bulk senders, moderation of lists, "
            "sleeping laptops, or re-sent messages. A message replayed days later shows the same.",
        .next = "For a slow delivery ask the postmaster of the lower host. Where a valid signature "
                "is much older than the last hop, think of a replay."},
    FindingKind{
        .code = "clock-skew",
        .title = "A host's clock is off",
        .reference = "RFC 5321 4.4",
        .meaning = "Negative delays are explained by one host whose clock runs ahead or behind by "
                   "a constant error. The order of the lines is not in doubt.",
        .evidence = "The stamps of the hops and the smallest clock error that puts them in order.",
        .innocent =
            "This is itself the innocent explanation: a server without time synchronisation.",
        .next = "Nothing for a recipient. The host's administrator should set up NTP."},
    FindingKind{.code = "date-after-receipt",
                .title = "The message was received before it was written",
                .reference = "RFC 5322 3.6.1",
                .meaning = "The Date field is later than the time at which the first believable "
                           "server took the message. The Date is the sender's own statement and is "
                           "used to sort a message to the top of the mailbox.",
                .evidence = "The Date field and the earliest stamp of a hop that is own or border.",
                .innocent = "The author's clock or zone is set wrong.",
                .next = "Go by the stamp of your own server."},
    FindingKind{
        .code = "date-far",
        .title = "The Date field is far from the time of receipt",
        .reference = "RFC 5322 3.6.1",
        .meaning = "The message says that it was written days before any believable server saw it.",
        .evidence = "The Date field and the stamp of the first believable hop.",
        .innocent = "Drafts and scheduled mail, mail written off line, long queues, or a message "
                    "that was re-sent or replayed.",
        .next = "Ask the author where it matters. With a valid old signature and a fresh route, "
                "think of a replay."},
    FindingKind{
        .code = "date-missing",
        .title = "There is no Date field, or none that can be read",
        .reference = "RFC 5322 3.6",
        .meaning = "Date is one of the two fields that every message must have. Mail programs "
                   "always write it; home-made senders forget it.",
        .evidence = "No Date field, or a text from which no date can be told.",
        .innocent = "Scripts and devices that send notices, or a header that was copied in part.",
        .next = "Use the stamps of the hops instead."},
    FindingKind{
        .code = "stamp-missing",
        .title = "A Received line has no time",
        .reference = "RFC 5321 4.4",
        .meaning = "The date-time at the end of the line is missing or cannot be read. Every mail "
                   "server writes it; without it the hop has no place in time.",
        .evidence = "The text of the field.",
        .innocent = "Lines cut in a paste, examples in articles, and a few gateways.",
        .next = "Get the complete line. Below the border, count it as a sign of invention."},
    FindingKind{
        .code = "weekday-wrong",
        .title = "The weekday is not that of the date",
        .reference = "RFC 5322 3.3",
        .meaning =
            "The day of the week written in the date does not belong to it. Software computes the "
            "weekday; people who write a line by hand or move a date forget it.",
        .evidence = "The date as written and the weekday it really had.",
        .innocent = "Home-made senders that put UTC and local time together around midnight.",
        .next = "In a Received line take it as a strong sign that the stamp was edited. In the "
                "Date field it only tells of poor software."},
    FindingKind{.code = "zone-impossible",
                .title = "A zone that exists nowhere",
                .reference = "RFC 5322 3.3",
                .meaning = "The offset from UTC is beyond -1200 to +1400, or its minutes are above "
                           "59. No system clock is set like that.",
                .evidence = "The date as written.",
                .innocent = "Software that computes the offset wrongly.",
                .next = "Do not rely on the time of this line. In a Received line below the border "
                        "it speaks for an invented stamp."},
    FindingKind{.code = "zone-name-mismatch",
                .title = "The zone's name and offset do not belong together",
                .reference = "RFC 5322 4.3",
                .meaning = "The name beside the offset has another offset, such as PST beside "
                           "+0800; or a North American standard time stands in a summer date, or "
                           "the reverse. A system prints both from one setting.",
                .evidence = "The offset, the name and the date as written.",
                .innocent = "Zone abbreviations are used by several countries: PST is also "
                            "Philippine time, +0800. Parts of North America keep standard time all "
                            "year, and hosts may have summer time switched off.",
                .next = "Weigh it with the other findings of the hop; alone it proves nothing."},
    FindingKind{
        .code = "date-syntax",
        .title = "A date of the wrong shape",
        .reference = "RFC 5322 3.3",
        .meaning = "The date could be read, but it is not written as the standard says. The "
                   "software that wrote it is unusual, or the line was written by hand.",
        .evidence = "The date as written.",
        .innocent = "Some sending services and many scripts write ISO dates or other shapes.",
        .next = "In a line that names a well-known mail server, compare with that server's usual "
                "format."},
    FindingKind{.code = "clock-token-mismatch",
                .title = "The time hidden in an id contradicts the stamp",
                .reference = "",
                .meaning = "Several mail servers encode the time in the ids that they make. Here "
                           "the id was made at another time than the line says. Queueing can make "
                           "an id somewhat older than the stamp, never younger.",
                .evidence = "The id, the format of its producer, the time decoded from it with its "
                            "precision, and the written stamp.",
                .innocent = "An id of another program that happens to have the same shape, or a "
                            "host whose clock jumped. Old sendmail ids hold only the local hour.",
                .next = "Treat the line as copied or edited. The decoded time often tells when the "
                        "original of the copied line was sent: look for that message."},
    FindingKind{.code = "id-shape",
                .title = "The id cannot come from the software named",
                .reference = "RFC 5321 4.4",
                .meaning = "The line names a mail server or its version, and the id is not of the "
                           "shape that it makes.",
                .evidence = "The software or format of the line, and the id.",
                .innocent = "Patched or very old versions, and front ends that rewrite the line.",
                .next = "Compare with another message through the same host; if its ids differ, "
                        "the line is invented."},
    FindingKind{
        .code = "with-keyword",
        .title = "The protocol after `with` is not registered",
        .reference = "RFC 3848; IANA Mail Transmission Types",
        .meaning = "The word after `with` is none of the registered transmission types. Usually a "
                   "product's own word.",
        .evidence = "The keyword as written.",
        .innocent = "Many products write their own words, such as mapi, http or local.",
        .next =
            "Nothing, unless the line names a server that is known to write a registered word."},
    FindingKind{.code = "message-id-missing",
                .title = "There is no Message-ID",
                .reference = "RFC 5322 3.6.4",
                .meaning =
                    "The author's program gave the message no Message-ID, and no server on the way "
                    "added one. Programs of people always do; simple bulk software often does not.",
                .evidence = "No Message-ID field, or one without an id.",
                .innocent = "Scripts and devices, or a header that was copied in part.",
                .next = "Trace by the queue ids of the Received lines instead."},
    FindingKind{
        .code = "message-id-by-relay",
        .title = "The Message-ID was given by a relay",
        .reference = "RFC 6409 8.3",
        .meaning = "The id's domain is that of a host on the route, not of the author's machine: "
                   "the first server added it because the message came without one.",
        .evidence = "The Message-ID's domain and the `by` host of a hop.",
        .innocent = "Ordinary at submission servers. On a host unrelated to the author it speaks "
                    "for a misused relay.",
        .next = "The host that gave the id is the first that knows the message: its log tells who "
                "handed it in."},
    FindingKind{.code = "message-id-domain",
                .title = "The Message-ID's domain is a stranger's",
                .reference = "RFC 5322 3.6.4",
                .meaning = "The right side of the Message-ID belongs neither to the author, nor to "
                           "the envelope sender, nor to any host of the route.",
                .evidence = "The Message-ID, and the organizational domains of From, the envelope "
                            "sender and all hops.",
                .innocent = "Sending services, mail libraries with a default domain, inner host "
                            "names, and forwarded originals.",
                .next = "Search other mail for the same domain: it often names the software or the "
                        "true sending site."},
    FindingKind{
        .code = "message-id-above-received",
        .title = "The Message-ID stands above a Received line",
        .reference = "RFC 5321 4.4",
        .meaning = "Servers put new lines on top. A Message-ID above some Received lines was added "
                   "by a later host, or those lines were part of what the sender handed in.",
        .evidence = "The order of the fields.",
        .innocent = "Gateways and some mail stores re-order fields.",
        .next = "Look at the Received lines below it: they may be the sender's own text."},
    FindingKind{.code = "received-below-author-headers",
                .title = "A Received line stands below the author's fields",
                .reference = "RFC 5321 4.4",
                .meaning = "Trace lines are put on top of what is there. One that stands below "
                           "From, To or Subject was already in the message when the first server "
                           "above took it, so it is the sender's text.",
                .evidence = "The order of the fields.",
                .innocent = "Gateways that re-order fields, fields added at the top by a program, "
                            "and forwarded originals.",
                .next = "Do not follow that line. Follow the lines at the top."},
    FindingKind{.code = "envelope-author-differs",
                .title = "Envelope sender and author are of different organizations",
                .reference = "RFC 7208 2.4; RFC 9989",
                .meaning = "Bounces go to one organization and the message names another as its "
                           "author. SPF speaks only for the former.",
                .evidence = "The organizational domains of MAIL FROM (or Return-Path) and of From.",
                .innocent = "Sending services, mailing lists and forwarders all do this; it is the "
                            "most common case of bulk mail. Where a List-Id, a bounce address made "
                            "for the recipient, a rewritten path or a known service explains it, "
                            "it is only noted.",
                .next = "See whether a DKIM signature ties the message to the author's domain."},
    FindingKind{
        .code = "return-path-misplaced",
        .title = "Return-Path is not where the last server puts it",
        .reference = "RFC 5321 4.4",
        .meaning = "Return-Path is written on top by the server of final delivery, once. One below "
                   "Received lines, or a second one, was already in the message and may have been "
                   "put there by the sender.",
        .evidence = "The place and number of the Return-Path fields.",
        .innocent = "Re-sent or forwarded mail, pulled mail, and stores that re-order fields.",
        .next = "Use only the topmost one, and only if your own server wrote it."},
    FindingKind{
        .code = "from-line-differs",
        .title = "The mbox From line names another sender",
        .reference = "RFC 4155",
        .meaning =
            "The line `From address` before the header holds the envelope sender as the mail store "
            "knew it. It differs from Return-Path or, where that is missing, from the author.",
        .evidence = "The first line, and the Return-Path or From field.",
        .innocent = "Ordinary for lists and sending services; many programs write a dummy such as "
                    "MAILER-DAEMON or a dash.",
        .next = "Take the address of the line as the envelope sender where nothing else tells it."},
    FindingKind{.code = "for-not-recipient",
                .title = "The address after `for` is not among the recipients",
                .reference = "RFC 5321 4.4; RFC 5321 7.2",
                .meaning = "A server took the message for an address that neither To nor Cc names: "
                           "a blind copy, a list, an alias, or bulk mail with a made-up To.",
                .evidence = "The `for` clause, and the To and Cc fields.",
                .innocent = "Blind copies, lists, aliases and forwarding.",
                .next = "The address after `for` is the mailbox that was really addressed: look "
                        "there for the alias or list."},
    FindingKind{
        .code = "address-incomplete",
        .title = "An address that no mail could reach",
        .reference = "RFC 5321 2.3.5",
        .meaning = "An address of the header has no domain, or a domain without a top-level "
                   "domain. Servers do not deliver to such addresses over the Internet, so it was "
                   "not the address used.",
        .evidence = "The address as written.",
        .innocent = "Mail inside one site, where short names are completed; examples in articles.",
        .next = "Look at the envelope recipient in the `for` clause or in the log."},
};

}  // namespace

std::span<const FindingKind> time() {
  return kTime;
}

}  // namespace emltrace::trace::kinds
