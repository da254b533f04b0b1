#include "trace/finding/kinds.hpp"

namespace emltrace::trace::kinds {
namespace {

// Tricks with the fields that people read, odd bytes, and notes on the trace itself.
constexpr std::array kAuthor = {
    FindingKind{.code = "from-multiple",
                .title = "The message has several authors or several From fields",
                .reference = "RFC 5322 3.6, 3.6.2",
                .meaning = "There is more than one From field, or one with several addresses. "
                           "Filters may check one author while the reader is shown another.",
                .evidence = "The From fields and the addresses in them.",
                .innocent = "Several authors in one field are allowed, with a Sender field, and "
                            "are very rare. Two From fields are never right.",
                .next = "Believe none of the addresses. DMARC is not evaluable here, and many "
                        "servers refuse such mail."},
    FindingKind{.code = "from-missing",
                .title = "The message names no author",
                .reference = "RFC 5322 3.6",
                .meaning = "There is no From field, or no address in it. Every message must have "
                           "one; what a reader is shown instead depends on the program.",
                .evidence = "No From field, or one without an address.",
                .innocent = "Some bounces and device notices, or a header that was copied in part.",
                .next = "Go by the envelope sender and the route."},
    FindingKind{
        .code = "from-display-address",
        .title = "The author's display name is another address",
        .reference = "RFC 5322 3.4",
        .meaning = "The name shown to the reader is itself an e-mail address, and not the one that "
                   "the message is from. Programs that show only the name show a false author.",
        .evidence = "The display name and the address behind it.",
        .innocent = "Mailing lists that rewrite From write `'a@b' via list`; ticket systems and "
                    "shared mailboxes do the same.",
        .next = "Tell the reader to look at the address itself. Without a list on the route take "
                "it as a forged author."},
    FindingKind{
        .code = "from-homograph",
        .title = "The author's domain imitates another with foreign letters",
        .reference = "RFC 5890 4.4; RFC 5892 2.2; UTS #39",
        .meaning = "A label of the domain, or of an address in the display name, mixes scripts "
                   "that look alike, such as Latin with Cyrillic, is written wholly in look-alikes "
                   "of Latin letters, or in mathematical, full-width or other letters that no "
                   "domain holds. To the eye it is another domain.",
        .evidence = "The label with its letters' scripts, its A-label, and the Latin name that it "
                    "looks like.",
        .innocent = "Whole words in one script under a domain of that script are ordinary and are "
                    "not reported; Japanese mixes its scripts by nature. Full-width letters alone "
                    "may come from an input method. Of 10,150 legitimate messages none had letters "
                    "that no domain holds, of 7,908 phishing messages 44.",
        .next = "Treat it as an imitation of the Latin domain. Report the A-label to its registrar "
                "and to the imitated owner."},
    FindingKind{
        .code = "bidi-control",
        .title = "Hidden characters change what the reader sees",
        .reference = "UAX #9; UAX #44",
        .meaning = "From or Subject holds characters that turn the direction of the text around or "
                   "that are invisible. They make a name or file type read differently, split "
                   "words so that filters do not find them, or carry a text for machines alone.",
        .evidence = "The code points and the field. Inside a word and in an address they weigh "
                    "more than at its edges.",
        .innocent =
            "What belongs to the spelling is left out: direction marks in Hebrew and Arabic, "
            "joiners in Persian, Indic scripts and emoji, tags in flags. Zero-width spaces at the "
            "edge of words come with pasted text, soft hyphens in long words with typeset text. Of "
            "10,150 legitimate messages none had invisible letters, of 7,908 phishing messages 55.",
        .next = "Read the field with the characters made visible, as in this report. Turning the "
                "direction in an address is never innocent."},
    FindingKind{.code = "encoded-word-address",
                .title = "An address is hidden in an encoded word",
                .reference = "RFC 2047 5",
                .meaning =
                    "An encoded word stands where an address must stand. It is not allowed there: "
                    "servers see one address, or none, and programs that decode it show another.",
                .evidence = "The text as written and decoded.",
                .innocent = "Faulty programs that encode the whole field.",
                .next = "Do not answer to the address that is shown. Judge the author as unknown."},
    FindingKind{.code = "from-quoted-at",
                .title = "A quoted part of an author field holds an `@`",
                .reference = "RFC 5322 3.2.4",
                .meaning = "Inside quotes an `@` is an ordinary character. Programs that look for "
                           "the first `@` take the quoted text for the address, and so for another "
                           "author than the mail servers did.",
                .evidence = "The field as written.",
                .innocent = "Programs that put the address itself into the display name; where "
                            "both are equal nothing is reported.",
                .next = "The address outside the quotes is the real one."},
    FindingKind{.code = "group-or-route-address",
                .title = "From uses group or route syntax",
                .reference = "RFC 6854; RFC 5322 4.4",
                .meaning = "The author is written as a group (`name: address;`) or with a source "
                           "route (`<@a:b@c>`). Both are legal leftovers that programs read "
                           "differently, and are used to confuse checks.",
                .evidence = "The field as written.",
                .innocent = "Group syntax is allowed in From since 2013 for mail that cannot be "
                            "answered; a display name with a bare colon looks like a group.",
                .next = "Check which address your filters took for the author."},
    FindingKind{.code = "duplicate-header",
                .title = "A field that may stand once stands twice",
                .reference = "RFC 5322 3.6",
                .meaning = "One program reads the first, the next the last. A signed copy can be "
                           "shown while another is believed, unless the signer guarded against it.",
                .evidence = "The fields with their lines.",
                .innocent = "Gateways and libraries that add a field without looking whether it is "
                            "there; usually both are equal.",
                .next = "Where the values differ, and above all for From, Subject or To, do not "
                        "trust what your mail program shows: read both."},
    FindingKind{.code = "header-name-space",
                .title = "White space between a field's name and its colon",
                .reference = "RFC 5322 4.5",
                .meaning =
                    "`From :` is a form that must no longer be written. Some readers take it for "
                    "the field, others ignore it: checks and display can see different authors.",
                .evidence = "The line as written.",
                .innocent = "Very old programs, and pastes from formatted documents.",
                .next = "Compare with the other fields of that name. In From treat it as a trick."},
    FindingKind{.code = "raw-8bit-header",
                .title = "A field holds raw 8-bit text",
                .reference = "RFC 6532; RFC 2047",
                .meaning = "Bytes above 127 stand in the header without being encoded. Only mail "
                           "between servers that both support SMTPUTF8 may do that.",
                .evidence = "The field, whether its bytes are UTF-8, and the charset by which they "
                            "were read, if not.",
                .innocent = "Many programs in East Asia and Russia have always done so, and "
                            "internationalized mail does it by right.",
                .next = "Nothing. Bytes that are no UTF-8 are read by the charset that the "
                        "message's own Content-Type names; without one they are shown as bytes."},
    FindingKind{
        .code = "nul-byte",
        .title = "The header holds a NUL byte",
        .reference = "RFC 5321 4.5.2; RFC 5322 4",
        .meaning = "NUL is forbidden in mail. Programs written in C stop reading there, others do "
                   "not: the parts behind it are seen by some only.",
        .evidence = "The place of the byte.",
        .innocent = "Damage in storage, or UTF-16 text taken for plain text.",
        .next = "If the rest of the message is sound, somebody put the byte there on purpose."},
    FindingKind{.code = "control-char",
                .title = "The header holds control characters",
                .reference = "RFC 5322 4.1",
                .meaning = "Control characters have no place in header fields. On a terminal they "
                           "can move the cursor, change colours or hide text.",
                .evidence = "The place of the first one.",
                .innocent = "Faulty encoders, and ISO-2022-JP text that was put into a field "
                            "without encoding, which holds ESC.",
                .next = "Do not print the raw header to a terminal. Reports of this program show "
                        "such bytes escaped."},
    FindingKind{
        .code = "bare-cr-lf",
        .title = "A lone CR or LF amid the lines",
        .reference = "RFC 5321 2.3.8; RFC 5322 2.2",
        .meaning =
            "Lines of mail end in CR LF together. A lone one is a line end for some programs and "
            "not for others, so they see different fields; it also breaks signatures on the way.",
        .evidence = "The place of the first one, and the message's usual line end.",
        .innocent = "Stores and copies that convert line ends, and mail made by scripts.",
        .next = "In the midst of a header field look at what stands behind it: an added field "
                "there is an injection."},
    FindingKind{.code = "smuggling-trace",
                .title = "A second message begins inside the body",
                .reference = "RFC 5321 4.5.2; CVE-2023-51764",
                .meaning = "The body holds a line with a lone dot, followed by SMTP commands or a "
                           "new header. That is the trace of SMTP smuggling: an odd end-of-data "
                           "mark by which one server sees one message and the next server two.",
                .evidence = "The place of the dot and the lines behind it.",
                .innocent = "Texts that quote an SMTP dialogue, and stored batches of messages.",
                .next = "Look for a delivered second message with the hidden header. Servers "
                        "should accept only CR LF dot CR LF as the end."},
    FindingKind{
        .code = "stray-line",
        .title = "A line of the header is no field",
        .reference = "RFC 5322 2.2",
        .meaning = "Amid the header stands a line without a field name and colon that continues "
                   "nothing. Some programs end the header there and take the rest for the body.",
        .evidence = "The line as written.",
        .innocent = "Damage by copying, lost indents, or text put on top of a pasted header.",
        .next = "If the message was pasted, get the original. Otherwise check what your mail "
                "program shows as the header."},
    FindingKind{.code = "header-bomb",
                .title = "The header is larger than what is looked at",
                .reference = "",
                .meaning = "A cap on the number of fields, addresses or bytes was reached, and "
                           "what lies behind it was not looked at. Such headers are made to "
                           "exhaust filters or to push fields out of their sight.",
                .evidence = "Which cap was reached.",
                .innocent = "Mail loops and lists with thousands of recipients in To.",
                .next = "Treat conclusions about fields that were not found with care."},
    FindingKind{.code = "overlong-line",
                .title = "A line is longer than mail allows",
                .reference = "RFC 5322 2.1.1",
                .meaning = "A line has more than 998 bytes. Servers may break it, which destroys "
                           "signatures, or refuse it.",
                .evidence = "The place of the first such line.",
                .innocent = "Web applications that send HTML in one line.",
                .next = "If a signature fails here, the line was perhaps broken on the way."},
    FindingKind{.code = "dns-failed",
                .title = "DNS did not answer, so something was not checked",
                .reference = "",
                .meaning = "Questions failed, timed out or were refused. What depends on them is "
                           "unknown, neither good nor bad.",
                .evidence = "The questions and how they failed.",
                .innocent = "Faults of the resolver or of the other side's name servers.",
                .next = "Run again later, with another --resolver or a longer --timeout."},
    FindingKind{
        .code = "input-mended",
        .title = "The input was damaged and has been mended",
        .reference = "",
        .meaning = "The pasted or stored text was not as mail servers write it, and was put right "
                   "in a copy before reading. Each mend is listed with its line.",
        .evidence = "The list of mends, and whether one touches bytes that a signature covers.",
        .innocent = "Copying from a mail program's window, from web pages or documents.",
        .next = "For evidence ask for the original file: an .eml saved from the mail program."},
};

}  // namespace

std::span<const FindingKind> author() {
  return kAuthor;
}

}  // namespace emltrace::trace::kinds
