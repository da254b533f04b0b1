#include "trace/finding/kinds.hpp"

namespace emltrace::trace::kinds {
namespace {

// Signs in what readers see, and of the programs that spammers use. Each was counted in 7,908
// phishing messages and 10,150 legitimate ones; of medium severity is what no legitimate one had.
constexpr std::array kSigns = {
    FindingKind{
        .code = "brand-elsewhere",
        .title = "A brand's name stands at a domain that is not the brand's",
        .reference = "RFC 5322 3.4",
        .meaning = "The display name is that of a well-known firm or authority, alone or with "
                   "words of service such as `Support`, and the author's domain is none of the "
                   "firm's. Programs that show only the name show the firm.",
        .evidence = "The display name, the brand, and the author's domain. Nothing is said where a "
                    "signature or SPF of the brand's own domain passes, or a signature of it could "
                    "not be judged.",
        .innocent =
            "The brand may use a domain that the table lacks, and resellers, agencies and help "
            "desks write under its name. Of 10,150 legitimate messages 11 had it, of 7,908 "
            "phishing messages 1,095. Domains given with --own are left alone.",
        .next = "Look at the address, and at who owns the domain. Go to the firm by its own site, "
                "not by links in the message."},
    FindingKind{
        .code = "person-elsewhere",
        .title = "The name of a person to protect stands at a strange domain",
        .reference = "RFC 5322 3.4",
        .meaning = "The display name is that of somebody named with --vip, and the author's domain "
                   "is neither own nor the recipient's. So are orders of payment faked in the name "
                   "of a superior.",
        .evidence = "The display name, the person, and the author's domain. Needs --own, or a "
                    "known recipient.",
        .innocent = "A namesake, and the person's private mailbox. No false alarms were counted: "
                    "it depends on how common the name is. On mailing lists it is only noted.",
        .next = "Ask the person by another way before anything is paid or sent."},
    FindingKind{
        .code = "own-domain-imitation",
        .title = "A domain imitates one of the own domains",
        .reference = "RFC 5890 4.4; UTS #39",
        .meaning = "A domain in From or Reply-To looks like one given with --own: by letters that "
                   "look alike, by one slip of spelling, by the own name as part of a longer one, "
                   "or by another suffix behind the same label.",
        .evidence = "The address, its domain, and the own domain.",
        .innocent = "Other firms have names that are near, above all short ones: labels below five "
                    "letters are not compared for spelling. The same label under another suffix, "
                    "or as a part of another, is often a stranger's by right, and weighs little.",
        .next = "See when the domain was registered and by whom. Where it is yours or a friend's, "
                "give it with --own too."},
    FindingKind{
        .code = "from-single-label",
        .title = "The author's domain is a single label, on mail from outside",
        .reference = "RFC 5321 2.3.5; RFC 7085",
        .meaning = "The author's address has a domain without a dot, which means nothing outside "
                   "of one host or network, and yet the message came from outside. Programs that "
                   "send in bulk write a firm's bare name there.",
        .evidence = "The address, and a border hop with a client outside.",
        .innocent = "Notices of a host with an unfinished mail setup; those of root, cron and mail "
                    "systems are left out, as are two-letter top-level domains, of which some take "
                    "mail. Of 10,150 legitimate messages none had it, of 7,908 phishing messages "
                    "513.",
        .next = "Go by the envelope sender and the route: the address is nobody's."},
    FindingKind{
        .code = "from-default-tenant",
        .title = "The author is at the first domain of a Microsoft 365 tenant",
        .reference = "",
        .meaning = "Each tenant of Microsoft 365 begins with NAME.onmicrosoft.com, where the name "
                   "can be chosen at will. Firms soon write from a domain of their own; trial "
                   "tenants made for one campaign do not.",
        .evidence = "The author's address.",
        .innocent = "Small firms, schools and tests that never added a domain, and notices of the "
                    "tenant itself. Of 10,150 legitimate messages none had it, of 7,908 phishing "
                    "messages 120; it weighs little because nothing in it is false.",
        .next = "Take the name before `.onmicrosoft.com` for what it is: a free choice. Report "
                "abuse to Microsoft with the tenant's name."},
    FindingKind{
        .code = "reply-to-free-mailer",
        .title = "Answers go to a free mailer while the author is elsewhere",
        .reference = "RFC 5322 3.6.2",
        .meaning = "Reply-To names a mailbox that anybody gets for nothing, From an address of "
                   "another domain. Who cannot receive mail under the author's domain must have "
                   "the answers sent elsewhere.",
        .evidence = "The first addresses of From and Reply-To, no sign of a mailing list.",
        .innocent = "Forms on web sites that put their visitor there, small firms and clubs, and "
                    "invitations that a service sends for a person. Of 7,908 phishing messages 407 "
                    "had it; how many legitimate ones have it was not counted, so it weighs "
                    "little, and where the author's domain vouches it is only noted.",
        .next = "Answer to the author's own address, or ask by another way, before anything of "
                "value is sent."},
    FindingKind{
        .code = "styled-letters",
        .title = "A word is spelled in styled letters",
        .reference = "UAX #15; UTS #39",
        .meaning = "A display name or the Subject is written in mathematical, circled, raised or "
                   "full-width characters. A reader sees a word, a filter that looks for the word "
                   "does not.",
        .evidence =
            "The characters as written and the plain word. At least three letters stand "
            "together; lone symbols are not counted, nor full-width letters in East Asian mail.",
        .innocent = "Advertisers and people on social networks write so for its look: where the "
                    "author's domain vouches it weighs less. Of 10,150 legitimate messages none "
                    "had it, of 7,908 phishing messages 194.",
        .next = "Read the plain word. Filters should compare the text after NFKC."},
    FindingKind{
        .code = "mixed-scripts",
        .title = "A word mixes letters of scripts that look alike",
        .reference = "UTS #39 5",
        .meaning = "In one word of a display name or of the Subject stand letters of two scripts, "
                   "as a Cyrillic letter in a Latin word, that pass for letters of one. The word "
                   "reads as usual, and is another one for a filter.",
        .evidence = "The word and its scripts.",
        .innocent = "A key hit in the wrong layout, by people who write in both scripts: a single "
                    "such letter beside whole words in its script weighs less. Units, Greek signs "
                    "of science, and foreign endings in plain sight are left out. Of 10,150 "
                    "legitimate messages none had it, of 7,908 phishing messages 72.",
        .next = "Take the word for an imitation of what it reads as."},
    FindingKind{
        .code = "client-is-date",
        .title = "A date stands where the client's address must stand",
        .reference = "RFC 5321 4.4",
        .meaning = "A Received line has a date in brackets behind `from`. No mail server writes "
                   "that; programs for bulk mail that invent such lines fill it in by mistake.",
        .evidence = "The line and the text between `from` and `by`.",
        .innocent = "Damage to a paste that moved the date. Of 10,150 legitimate messages none had "
                    "it, of 7,908 phishing messages 38.",
        .next = "Believe nothing in this line, nor in those below it. The lines above tell who "
                "handed the message in."},
};

}  // namespace

std::span<const FindingKind> sign() {
  return kSigns;
}

}  // namespace emltrace::trace::kinds
