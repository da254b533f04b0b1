#include <array>

#include "auth/dkim/verdict.hpp"
#include "auth/dmarc/mode.hpp"
#include "auth/result.hpp"
#include "auth/spf/verdict.hpp"
#include "report/json/field_rows.hpp"

namespace emltrace::report::json {
namespace {

using enum Shape;

constexpr Words kResults = words_of<auth::Result, auth::Result::permerror>;
constexpr Words kAlignments = words_of<auth::Alignment, auth::Alignment::strict>;
constexpr Words kChecks = words_of<dkim::Check, dkim::Check::mismatch>;
constexpr Words kModes = words_of<dmarc::Mode, dmarc::Mode::rfc7489>;

constexpr std::array kRows{
    FieldRow{"/spf", objects, "SPF (RFC 7208), evaluated again for each identity"},
    FieldRow{"/spf/*/identity",
             text,
             "what was checked; a null path is postmaster at the HELO name",
             {},
             words_of<spf::Identity, spf::Identity::mail_from>},
    FieldRow{"/spf/*/domain", text, "the domain", "there is none to check"},
    FieldRow{"/spf/*/ip", text, "the client's address"},
    FieldRow{"/spf/*/result", text, "the result by RFC 8601", {}, kResults},
    FieldRow{"/spf/*/mechanism", text, "the term that decided; default where none matched",
             "none was reached"},
    FieldRow{"/spf/*/record", text, "the domain's record", "there is none"},
    FieldRow{"/spf/*/problem", text, "why nothing could be decided", "the record decided"},
    FieldRow{"/spf/*/explanation", text, "the domain's own words on a fail", "it has none"},
    FieldRow{"/spf/*/lookups", integer, "terms that asked DNS, of 10 allowed"},
    FieldRow{"/spf/*/void_lookups", integer, "answers without a record, of 2 allowed"},
    FieldRow{"/spf/*/authenticated_data", boolean, "whether DNSSEC bears out the record"},
    FieldRow{"/spf/*/trail", objects, "the terms that were evaluated, in order"},
    FieldRow{"/spf/*/trail/*/depth", integer, "includes and redirects around it"},
    FieldRow{"/spf/*/trail/*/domain", text, "in whose record it stands"},
    FieldRow{"/spf/*/trail/*/term", text, "the term as written"},
    FieldRow{"/spf/*/trail/*/outcome", text, "what became of it, such as match or no-match"},

    FieldRow{"/dkim", objects, "each DKIM signature (RFC 6376), verified again"},
    FieldRow{"/dkim/*/line", integer, "its line in the message"},
    FieldRow{"/dkim/*/domain", text, "who signed (d=)", "it cannot be read"},
    FieldRow{"/dkim/*/selector", text, "which key (s=)", "it cannot be read"},
    FieldRow{"/dkim/*/identity", text, "on whose behalf (i=)", "it cannot be read"},
    FieldRow{"/dkim/*/algorithm", text, "the algorithm (a=)", "it cannot be read"},
    FieldRow{"/dkim/*/canonicalization", text, "of header and body (c=)", "it cannot be read"},
    FieldRow{"/dkim/*/result", text, "the result by RFC 8601", {}, kResults},
    FieldRow{"/dkim/*/problem", text, "why it is no pass", "it is a pass",
             words_of<dkim::Problem, dkim::Problem::dns>},
    FieldRow{"/dkim/*/detail", text, "the same for people", "there is no more to say"},
    FieldRow{"/dkim/*/body_hash", text, "the body against bh=", {}, kChecks},
    FieldRow{"/dkim/*/signature", text, "the signed fields against b=", {}, kChecks},
    FieldRow{"/dkim/*/key_bits", integer, "the length of the key, in bits", "there is no key"},
    FieldRow{"/dkim/*/testing", boolean, "whether the key says that the domain only tests (t=y)"},
    FieldRow{"/dkim/*/key_authenticated", boolean, "whether DNSSEC bears out the key"},
    FieldRow{"/dkim/*/signed_headers", texts, "the fields that are signed (h=), lower case"},
    FieldRow{"/dkim/*/unsigned_headers", texts, "the fields of the message that are not"},
    FieldRow{"/dkim/*/unsigned_bytes", integer, "bytes of the body behind l="},
    FieldRow{"/dkim/*/signed_at", time, "when it was signed (t=)", "it does not say"},
    FieldRow{"/dkim/*/expires_at", time, "when it expires (x=)", "it does not say"},
    FieldRow{"/dkim/*/expired_since", boolean,
             "whether it has expired by now, though not by the clock of the check"},
    FieldRow{"/dkim/*/alignment", text, "its domain against the author's",
             "there is no single author domain", kAlignments},
    FieldRow{"/dkim/*/mended", boolean,
             "whether signed bytes were mended, so that neither pass nor fail can be said"},
    FieldRow{"/dkim/*/verifies_after", texts,
             "the changes on the way that have to be undone for it to verify"},
    FieldRow{"/dkim/*/repair", object, "what undoing them showed", "none was found"},
    FieldRow{"/dkim/*/repair/changes",
             texts,
             "their kinds",
             {},
             words_of<dkim::Change, dkim::Change::line_ends>},
    FieldRow{"/dkim/*/repair/signed_from", text, "From as it was signed", "it was not signed"},
    FieldRow{"/dkim/*/repair/signed_subject", text, "Subject as it was signed",
             "it was not signed"},
    FieldRow{"/dkim/*/repair/removed", objects, "the lines that were not in the signed message"},
    FieldRow{"/dkim/*/repair/removed/*/line", integer, "its place in the message",
             "the text stood inside an encoding"},
    FieldRow{"/dkim/*/repair/removed/*/text", raw, "the line"},
    FieldRow{"/dkim/*/repair/removed_more", integer, "lines that are not listed"},
    FieldRow{"/dkim/*/unsigned", object, "what a reader is shown without the signature's cover"},
    FieldRow{"/dkim/*/unsigned/fields", texts, "fields, lower case"},
    FieldRow{"/dkim/*/unsigned/body_bytes", integer, "bytes of the body behind l="},

    FieldRow{"/arc", object, "the ARC chain (RFC 8617), validated again"},
    FieldRow{"/arc/result", text, "the result by RFC 8601", {}, kResults},
    FieldRow{"/arc/problem", text, "why it is no pass", "it is one, or there is no chain"},
    FieldRow{"/arc/oldest_pass", integer,
             "the oldest instance from which on all message signatures verify; 0 where all do",
             "there is none"},
    FieldRow{"/arc/sets", objects, "its sets, oldest first"},
    FieldRow{"/arc/sets/*/instance", integer, "i="},
    FieldRow{"/arc/sets/*/line", integer, "the line of its first field in the message"},
    FieldRow{"/arc/sets/*/domain", text, "who sealed it", "it cannot be read"},
    FieldRow{"/arc/sets/*/selector", text, "with which key", "it cannot be read"},
    FieldRow{"/arc/sets/*/cv", text, "what the sealer says of the chain before it",
             "it does not say"},
    FieldRow{"/arc/sets/*/seal", text, "the result of ARC-Seal", {}, kResults},
    FieldRow{"/arc/sets/*/seal_problem", text, "why it is no pass", "it is one"},
    FieldRow{
        "/arc/sets/*/message_signature", text, "the result of ARC-Message-Signature", {}, kResults},
    FieldRow{"/arc/sets/*/message_signature_problem", text, "why it is no pass", "it is one"},
    FieldRow{"/arc/sets/*/signed_at", time, "when it was sealed", "it does not say"},
    FieldRow{"/arc/sets/*/authserv_id", text, "whose results it carries", "it does not say"},
    FieldRow{"/arc/sets/*/results", objects, "these results, as the sealer wrote them"},
    FieldRow{"/arc/sets/*/results/*/method", text, "the method"},
    FieldRow{"/arc/sets/*/results/*/result", text, "its result"},
    FieldRow{"/arc/sets/*/results/*/reason", text, "the reason", "it gives none"},
    FieldRow{"/arc/sets/*/results/*/properties", texts_by_name,
             "what it was about, such as smtp.mailfrom; <> is the null path"},

    FieldRow{"/dmarc", object, "DMARC of the author's domain, evaluated again"},
    FieldRow{"/dmarc/result", text, "the result by RFC 8601", {}, kResults},
    FieldRow{"/dmarc/mode", text, "by which rules", {}, kModes},
    FieldRow{"/dmarc/author_domain", text, "the domain of From", "there is no single one"},
    FieldRow{"/dmarc/organizational_domain", text, "the organization's domain above it",
             "it is not known"},
    FieldRow{"/dmarc/record_domain", text, "where the policy was found", "there is none"},
    FieldRow{"/dmarc/record", text, "the record", "there is none"},
    FieldRow{"/dmarc/policy", text, "none, quarantine or reject", "there is none"},
    FieldRow{"/dmarc/policy_tag", text, "the tag that applies: p, sp or np", "there is none"},
    FieldRow{"/dmarc/testing", boolean, "whether the domain only tests (t=y)"},
    FieldRow{"/dmarc/disposition", text, "what the domain asks for this message",
             "it asks for nothing"},
    FieldRow{"/dmarc/spf_aligned", boolean, "whether a pass of SPF speaks for the author",
             "that could not be judged"},
    FieldRow{"/dmarc/dkim_aligned", boolean, "whether a pass of DKIM speaks for the author",
             "that could not be judged"},
    FieldRow{
        "/dmarc/spf_alignment", text, "the domain of SPF against the author's", {}, kAlignments},
    FieldRow{"/dmarc/aggregate_reports", texts, "where aggregate reports go (rua=)"},
    FieldRow{"/dmarc/failure_reports", texts, "where failure reports go (ruf=)"},
    FieldRow{"/dmarc/warnings", texts, "faults of the record that do not void it"},
    FieldRow{"/dmarc/problem", text, "why nothing could be decided", "the policy decided"},
    FieldRow{"/dmarc/authenticated_data", boolean, "whether DNSSEC bears out the record"},
    FieldRow{"/dmarc/walk", objects, "the names that were asked for a record, in order"},
    FieldRow{"/dmarc/walk/*/name", text, "the name"},
    FieldRow{"/dmarc/walk/*/outcome", text, "what was found there"},
    FieldRow{"/dmarc/passes_under", text, "the other rules, where a failure passes by them",
             "it does not", kModes},
};

}  // namespace

std::span<const FieldRow> auth_rows() {
  return kRows;
}

}  // namespace emltrace::report::json
