#include "trace/finding/kinds.hpp"

namespace emltrace::trace::kinds {
namespace {

// What the Received lines say about the road of the message.
constexpr std::array kRoute = {
    FindingKind{
        .code = "own-host-imitation",
        .title = "A line below a stranger bears the name of the recipient's own server",
        .reference = "RFC 5321 4.4",
        .meaning =
            "The recipient's server took the message from a host outside. The next line says "
            "that the same server had it before: then it must have handed it to that host, "
            "and a host that hands on writes a line of its own in between. The line is "
            "invented.",
        .evidence =
            "The border's line with its client, and right below it a line by the very same "
            "host about another client. It is not reported where a list, a forwarder or a filter "
            "service connected, nor where SPF or a signature speaks for the writer.",
        .innocent = "A filter outside that takes mail from the server and gives it back without a "
                    "line of its own; name it with --trust.",
        .next =
            "Believe nothing from that line down. Complain to the network of the border's client."},
    FindingKind{
        .code = "gateway-likely",
        .title = "The client may be the recipient's own filter service",
        .reference = "RFC 5321 5.1",
        .meaning =
            "Many domains have their mail taken in by a filter service that hands it on. Such a "
            "service connected here and wrote the line below; whether it is the recipient's or "
            "the sender's is not settled. SPF was checked for its address.",
        .evidence =
            "A host of a filter service at the border and in the line below, with a field of "
            "that service, while the recipient's MX are not known.",
        .innocent = "The sender's own outgoing filter looks the same.",
        .next =
            "Where the service is the recipient's, name it with --trust as the finding says, or "
            "let DNS be asked: the recipient's MX settle it."},
    FindingKind{
        .code = "client-hidden",
        .title = "The client behind the recipient's servers is not told",
        .reference = "RFC 5321 4.4",
        .meaning =
            "The lowest line of the recipient's own servers names an address inside, or none "
            "that can be read, and the line below is not known to be an own host's. Behind a "
            "NAT or a proxy that line is the sender's, so its client is no fact.",
        .evidence =
            "An own line whose client is private, blacked out or missing, above a line that "
            "neither name nor address ties to it.",
        .innocent = "An inner relay with a name of another domain: name it with --trust.",
        .next =
            "Look the connection up in the server's log and give --client-ip; or name the relay "
            "with --trust."},
    FindingKind{
        .code = "trust-unused",
        .title = "A --trust rule matched nothing",
        .reference = "",
        .meaning = "No client or writer of the recipient's lines has that name or address, so the "
                   "report would be the same without the rule.",
        .evidence = "The rule, compared with every line that was taken for an own host's.",
        .innocent = "A rule for a whole mailbox need not match each message.",
        .next = "Check its spelling: a name stands for itself, .suffix for all below it, a network "
                "for its addresses."},
    FindingKind{
        .code = "wrapper-differs",
        .title = "A reporter states another fact than the recipient's server recorded",
        .reference = "RFC 5965 3.2",
        .meaning =
            "The abuse report or the Exchange journal that carries the message names a client or "
            "envelope sender that is not what the trace of the message records. Of a reporter the "
            "record is used; of a journal its own word, but for a result about this connection.",
        .evidence = "A field of the report or a line of the journal beside the border's line, "
                    "results or Return-Path.",
        .innocent =
            "The reporter counts another host for the border, or hides the address. Exchange "
            "writes the address of the author into some journals.",
        .next = "Ask the reporter, or give the facts of your own log by options."},
    FindingKind{
        .code = "message-attached",
        .title = "A message inside this one was not traced",
        .reference = "RFC 2046 5.2.1",
        .meaning =
            "A part of this message is a message of its own, or a header stands in its text. "
            "This report is about the outer message.",
        .evidence = "The type, name or content of the part. A report about abuse, a journal and a "
                    "message forwarded as an attachment are traced by what they carry; a letter, a "
                    "digest or a bounce with a message in it is traced itself.",
        .innocent = "Bounces, digests and letters about other letters are ordinary mail.",
        .next = "Give --attached all to trace both."},
    FindingKind{
        .code = "part-unread",
        .title = "A part that may hold a message could not be read",
        .reference = "RFC 2045 6",
        .meaning = "The part is a TNEF container (winmail.dat), which is not read, or says that it "
                   "is a message and is too damaged to be read as one, or lies too deep.",
        .evidence = "The type, name or content of the part.",
        .innocent = "Outlook and Exchange send winmail.dat in ordinary mail.",
        .next = "Unpack the part with a tool of its kind and give what comes out."},
    FindingKind{
        .code = "helo-rdns-mismatch",
        .title = "The client announced a name that is not its own",
        .reference = "RFC 5321 4.1.4",
        .meaning = "The client said one name in HELO or EHLO, and its address belongs to another. "
                   "The address was seen by the receiving server; the name was only told to it, so "
                   "the address counts and the name does not.",
        .evidence =
            "The HELO name and the client address of one Received line, and either the reverse "
            "name that the server wrote beside them or today's PTR with its forward confirmation. "
            "It is not reported where the HELO name has the client's address, or lies under the "
            "same "
            "organizational domain as a confirmed reverse name.",
        .innocent = "Hosts behind NAT, shared hosting and cloud machines often send with a HELO "
                    "that their provider's reverse name does not follow. The reverse name may have "
                    "changed since an old message was sent.",
        .next = "Complain to the network of the address, never to the domain in the HELO. Check "
                "the next lower Received line: if the named host claims to have written it, that "
                "line is suspect, because that host did not connect."},
    FindingKind{
        .code = "rdns-missing",
        .title = "The client address has no name",
        .reference = "RFC 1912 2.1",
        .meaning =
            "There is no PTR record for the address that connected. Servers run as mail senders "
            "have one as a rule, and large receivers refuse mail from those that do not.",
        .evidence = "A PTR question for the client address that was answered with no such name or "
                    "no data. A failed question is not evidence.",
        .innocent = "New servers, some IPv6 hosts and small networks without delegated reverse "
                    "zones. For old messages the record may be gone.",
        .next = "Look up the address at its regional registry to learn who runs it. A postmaster "
                "whose own server this is asks the provider for a PTR record."},
    FindingKind{.code = "fcrdns-fail",
                .title = "The reverse name does not lead back to the address",
                .reference = "RFC 1912 2.1; RFC 8601 2.7.3",
                .meaning = "The address has a PTR name, but that name does not resolve to the "
                           "address. Whoever controls the reverse zone can write any name there, "
                           "so an unconfirmed one proves nothing.",
                .evidence = "The PTR names of the client address, and the A or AAAA records of "
                            "each, none of which is the address.",
                .innocent = "Generic reverse names without a forward zone, and hosts renumbered "
                            "after the message was sent.",
                .next = "Do not use the reverse name to tell who sent this. Go by the address and "
                        "its registry entry."},
    FindingKind{
        .code = "rdns-recorded-differs",
        .title = "The recorded reverse name is not today's",
        .reference = "RFC 5321 4.4",
        .meaning = "The server wrote down one reverse name when it took the message; the address "
                   "has another now, or none.",
        .evidence = "The name in the TCP information of the Received line and today's PTR names.",
        .innocent = "Addresses move to other customers. The older the message, the less this says.",
        .next = "Believe the recorded name if the line was written by your own server. If the line "
                "stands below the border, somebody may have made the name up: compare it with "
                "passive DNS data of that date."},
    FindingKind{
        .code = "helo-is-own-name",
        .title = "The client used the recipient's own name",
        .reference = "RFC 5321 4.1.4",
        .meaning = "The client from outside greeted the server with the server's own host name, "
                   "domain or address. No honest host has reason to; it is an old trick to get "
                   "past filters that trust the own name.",
        .evidence = "At the border hop, a HELO equal to the name or address after `by`, or to "
                    "another name of the recipient's infrastructure, from an address outside it.",
        .innocent = "An own host that sends through an outside address, a wrongly set smart host, "
                    "or a border that was detected wrongly.",
        .next = "If the address is yours, name it with --trust. Otherwise a server may refuse such "
                "a HELO outright."},
    FindingKind{
        .code = "helo-bare-ip",
        .title = "HELO is an address without brackets",
        .reference = "RFC 5321 4.1.3",
        .meaning =
            "The argument of HELO or EHLO is a plain IP address. Address literals must stand in "
            "brackets; mail servers do that, while scripts and malware often do not.",
        .evidence = "A HELO that reads as an IPv4 or IPv6 address.",
        .innocent = "Cameras, printers, copiers and simple scripts that send by themselves.",
        .next = "If the host is yours, set its host name. Otherwise take it as a sign that no "
                "ordinary mail server sent this."},
    FindingKind{
        .code = "helo-literal-mismatch",
        .title = "HELO is a bracketed address that is not the client's",
        .reference = "RFC 5321 4.1.3",
        .meaning =
            "The client named itself by an address literal, and connected from another address.",
        .evidence = "The literal in HELO and the client address that the server recorded.",
        .innocent = "A mail program behind NAT announces its private address; at authenticated "
                    "submission that is usual.",
        .next = "At the border, treat the literal as false. A private literal can tell the "
                "sender's inner network, which helps its administrator to find the machine."},
    FindingKind{
        .code = "helo-single-label",
        .title = "HELO is a name without a domain",
        .reference = "RFC 5321 2.3.5",
        .meaning = "The client gave a bare machine name. A mail server must give a fully qualified "
                   "name; workstations and infected PCs give what they are called at home.",
        .evidence = "A HELO of one label, other than localhost.",
        .innocent = "Mail programs at authenticated submission, and freshly installed servers "
                    "without a domain set.",
        .next =
            "Keep the name: an abuse desk can use it to tell the machine behind a shared address."},
    FindingKind{.code = "helo-bogus",
                .title = "HELO is no possible name of a client",
                .reference = "RFC 5321 4.1.1.1",
                .meaning = "The client announced localhost, a name of a reserved top-level domain, "
                           "or text that cannot be a host name.",
                .evidence = "The HELO text itself.",
                .innocent = "Web applications and containers that were never told their host name "
                            "say localhost or localhost.localdomain.",
                .next = "Do not look for the host by this name. Go by the client address."},
    FindingKind{
        .code = "link-broken",
        .title = "Two Received lines do not meet",
        .reference = "RFC 5321 4.4",
        .meaning = "The host that says it wrote the lower line is not the host from which the "
                   "upper line says it took the message. By itself a break is weak; two of them, "
                   "or one beside a false HELO, speak for invented lines.",
        .evidence = "The lower line's `by` name, and the upper line's HELO, reverse name and "
                    "address: neither equal, nor under one organizational domain, nor tied by DNS.",
        .innocent = "Inner names behind NAT, gateways and filters that add no line, clusters with "
                    "one outer name, and fetchmail or other pulls.",
        .next = "Read the lines below with doubt. If the upper hop's HELO is false too, treat them "
                "as the sender's words."},
    FindingKind{
        .code = "forged-tail",
        .title = "From this line down the route is invented",
        .reference = "RFC 5321 4.4",
        .meaning = "The lines from here down were sent along with the message by the host that "
                   "connected above; they were not written by the servers that they name. The "
                   "message was put into the mail system by that connecting host.",
        .evidence = "A contradiction between the last believable line and the one below it: the "
                    "host that claims to have written the lower line is not the host that "
                    "connected, by name, address and DNS, or a line is no Received line at all.",
        .innocent = "A relay that rewrites its name and sits behind another address can look like "
                    "this; the findings on the same hops tell how much evidence there is.",
        .next = "Report to the network of the origin address. Do not complain to the hosts named "
                "in the discarded lines: they had nothing to do with it."},
    FindingKind{
        .code = "unparsed-received",
        .title = "A Received line that says nothing readable",
        .reference = "RFC 5321 4.4; RFC 5322 3.6.7",
        .meaning = "The line has neither a `from`, a `by` nor a date that could be read. Mail "
                   "servers do not write such lines; it is filler, or badly damaged.",
        .evidence = "The text of the field.",
        .innocent =
            "A line cut by a paste or by a gateway that limits header size, or a home-made relay.",
        .next = "Look at the raw line. Below the border it is the sender's; in the midst of honest "
                "lines look for damage of the copy."},
    FindingKind{
        .code = "from-without-ip",
        .title = "A hop does not tell the address it took the message from",
        .reference = "RFC 5321 4.4",
        .meaning = "The line names a sending host but not its address. The name alone is what that "
                   "host said, so this hop cannot point any further down.",
        .evidence = "A `from` clause without an IP address in a line below the border.",
        .innocent =
            "Inner transports, some gateways and products that hide client addresses on purpose.",
        .next = "Ask the postmaster of the host after `by` for the log line of its id: the log "
                "holds the address."},
    FindingKind{.code = "by-unresolvable",
                .title = "The host that claims to have written the line does not exist",
                .reference = "RFC 5321 2.3.5",
                .meaning = "The name after `by` has neither address nor MX records. A line by a "
                           "host that does not exist may be invented.",
                .evidence = "A and AAAA (and MX) questions for the name, all answered with no such "
                            "name or no data.",
                .innocent = "Many honest servers write an inner name that public DNS does not "
                            "know. Old names disappear.",
                .next = "Weigh it together with the neighbouring links. A public-looking name "
                        "under a domain that does not exist at all is a stronger sign than an "
                        "unknown host of a living domain."},
    FindingKind{
        .code = "by-not-mx",
        .title = "The border host is unrelated to the recipient's MX",
        .reference = "RFC 5321 5.1",
        .meaning = "The host that took the message from outside is not under a domain that "
                   "receives mail for the recipient. Perhaps the message reached the recipient "
                   "another way, or the border is another hop.",
        .evidence =
            "The MX records of the recipient's domain, and the `by` name of the border hop.",
        .innocent = "Forwarding from another account, filtering services, names of inner hosts, "
                    "and changed MX records.",
        .next = "If you know which of your servers took the message, say so with --border or "
                "--trust and run again."},
    FindingKind{
        .code = "ip-bogon",
        .title = "An address that is not routed in public",
        .reference = "RFC 6890",
        .meaning = "A line in the public part of the route gives a client address that is private, "
                   "reserved or for documentation. No connection over the Internet comes from such "
                   "an address.",
        .evidence = "The address and the registry block it lies in, with public hops around it.",
        .innocent =
            "Inner hand-overs of the sending network, which often pass several private hosts.",
        .next = "Do not report this address. Go one hop up, to the first public address that a "
                "believable host recorded."},
    FindingKind{.code = "ip-invalid",
                .title = "An address that cannot exist",
                .reference = "RFC 791 2.3; RFC 4291 2.2",
                .meaning = "Where a server writes the client address there is text that is no "
                           "address, such as 999.1.2.3. A server copies the address from the "
                           "connection and cannot get it wrong; a person inventing a line can.",
                .evidence = "The text in the address's place.",
                .innocent = "Damage by hand editing, for example where somebody masked the address "
                            "before passing the message on.",
                .next = "Treat the line as invented, unless you know that the copy was edited. Ask "
                        "for the unedited message."},
    FindingKind{
        .code = "open-relay",
        .title = "A host in the middle relayed for strangers",
        .reference = "RFC 2505 2.1; RFC 5321 7.9",
        .meaning = "A middle host belongs neither to the sender's side nor to the recipient's, "
                   "took the message without authentication from yet another network, and passed "
                   "it on. That is an open or misused relay, or a sending service.",
        .evidence = "No organizational domain shared with either side, no authentication in its "
                    "line, and a Message-ID that it assigned itself.",
        .innocent = "Sending services, filtering services and mailing lists work as third parties. "
                    "They sign with DKIM as a rule.",
        .next = "Tell the relay's postmaster, with its id and time, that it relays for others. The "
                "likely source is the address the relay recorded: report it to that network as the "
                "relay's claim."},
    FindingKind{
        .code = "provider-route-missing",
        .title = "The author's provider never saw the message",
        .reference = "RFC 5322 3.6.2",
        .meaning = "The From address is at a large mail provider, but no believable hop is one of "
                   "that provider's servers and no valid signature of its domain is there. Mail of "
                   "that provider does not travel like this.",
        .evidence =
            "The author domain's row in the table of providers, the hops, and the DKIM results.",
        .innocent = "Mailing lists and forwarders that break the signature, and sites that send on "
                    "behalf of a visitor's address.",
        .next = "Do not believe the author. Providers ask that such mail be reported as spoofing, "
                "with the complete header."},
    FindingKind{
        .code = "provider-imitation",
        .title = "A line imitates a provider's format and gets it wrong",
        .reference = "",
        .meaning =
            "A Received line names a host of a large provider but is not written as that provider "
            "writes: another keyword, id or address family, or from a host outside it.",
        .evidence = "The host family of the name after `by` or `from`, and the parts of the line "
                    "that do not fit that family's row.",
        .innocent =
            "Providers change formats now and then; a new front end may not be in the table yet.",
        .next = "Compare with a message that surely came from that provider in the same month. If "
                "the shape differs, treat the line as invented."},
    FindingKind{
        .code = "id-reused",
        .title = "One queue id appears twice",
        .reference = "RFC 5321 4.4",
        .meaning = "The same id stands in lines of different hosts, or twice at one host with "
                   "different times. Ids are made fresh for each message and host; copies come "
                   "from a line that was taken over from another message.",
        .evidence = "Both lines with their ids, hosts and stamps.",
        .innocent =
            "Products whose id is a build number or is kept across the inner hops of one cluster.",
        .next = "Ask the host's postmaster whether the log knows that id at that time."},
    FindingKind{
        .code = "author-not-on-path",
        .title = "The author's domain is nowhere on the route",
        .reference = "RFC 5322 3.6.2",
        .meaning = "No host of the route belongs to the organizational domain of the From address. "
                   "The route itself gives no support to the author's name.",
        .evidence = "The organizational domain of From, and the names of all hops.",
        .innocent = "Most companies send through other companies' servers; this is ordinary and "
                    "weighs nothing by itself.",
        .next = "Look at DKIM and DMARC: only they can tie the author to the message here."},
};

}  // namespace

std::span<const FindingKind> route() {
  return kRoute;
}

}  // namespace emltrace::trace::kinds
