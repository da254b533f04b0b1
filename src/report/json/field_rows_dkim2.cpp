#include <array>

#include "auth/dkim2/dkim2.hpp"
#include "report/json/field_rows.hpp"

namespace emltrace::report::json {
namespace {

using enum Shape;

constexpr Words kResults = words_of<auth::Result, auth::Result::permerror>;
constexpr Words kProblems = words_of<dkim2::Problem, dkim2::Problem::limit>;
constexpr Words kCustody = words_of<dkim2::Custody, dkim2::Custody::unchecked>;
constexpr Words kMatches = words_of<dkim2::Match, dkim2::Match::mismatch>;
constexpr Words kHashes = words_of<dkim2::HashCheck, dkim2::HashCheck::unknown>;

constexpr std::array kRows{
    FieldRow{"/dkim2", object,
             "the DKIM2 chain of custody (draft-ietf-dkim-dkim2-spec), verified again"},
    FieldRow{"/dkim2/result", text, "the result by the words of RFC 8601", {}, kResults},
    FieldRow{"/dkim2/problem", text, "why it is no pass", "it is one, or there is no chain",
             kProblems},
    FieldRow{"/dkim2/detail", text, "the same for people", "there is no more to say"},
    FieldRow{"/dkim2/at", object, "what the problem is about", "there is none"},
    FieldRow{"/dkim2/at/i", integer, "the signature", "it is about none"},
    FieldRow{"/dkim2/at/m", integer, "the instance", "it is about none"},
    FieldRow{"/dkim2/passes_under", text, "an earlier draft by which all holds",
             "it does not, or it passes"},
    FieldRow{"/dkim2/rules", text, "the draft by whose list of fields the header hashes match",
             "there is no chain", words_of<dkim2::Rules, dkim2::Rules::draft_04>},
    FieldRow{"/dkim2/envelope", object, "the newest signature against this delivery"},
    FieldRow{"/dkim2/envelope/mail_from", text, "its sender", {}, kMatches},
    FieldRow{"/dkim2/envelope/rcpt_to", text, "its recipient", {}, kMatches},
    FieldRow{
        "/dkim2/custody", text, "whether each hop took over from the one before it", {}, kCustody},
    FieldRow{"/dkim2/from_authentic", boolean,
             "whether each address of From lies under the domain of the hop that put it in",
             "that cannot be told"},
    FieldRow{"/dkim2/mended", boolean,
             "whether the message was mended, so that neither pass nor fail can be said"},
    FieldRow{"/dkim2/fields", objects, "the fields as they stand, top to bottom"},
    FieldRow{"/dkim2/fields/*/line", integer, "its line in the message"},
    FieldRow{"/dkim2/fields/*/header", text, "its name"},
    FieldRow{"/dkim2/fields/*/domain", text, "d=", "it has none"},
    FieldRow{"/dkim2/fields/*/hop", text, "i= of a signature, as written", "it has none"},
    FieldRow{"/dkim2/fields/*/revision", text, "m=, as written", "it has none"},
    FieldRow{"/dkim2/fields/*/signed_at", time, "t=", "it has none"},
    FieldRow{"/dkim2/fields/*/mail_from", text, "mf=, decoded; <> is the null path", "it has none"},
    FieldRow{"/dkim2/fields/*/rcpt_to", texts, "rt=, decoded"},
    FieldRow{"/dkim2/fields/*/tags", objects, "its tags, but for hashes, recipes and signatures"},
    FieldRow{"/dkim2/fields/*/tags/*/name", text, "the tag"},
    FieldRow{"/dkim2/fields/*/tags/*/value", text, "its value, without white space"},
    FieldRow{"/dkim2/signatures", objects, "each signature, by i="},
    FieldRow{"/dkim2/signatures/*/line", integer, "its line in the message"},
    FieldRow{"/dkim2/signatures/*/i", integer, "i=", "it cannot be read"},
    FieldRow{"/dkim2/signatures/*/m", integer, "m=, the instance that it covers",
             "it cannot be read"},
    FieldRow{"/dkim2/signatures/*/domain", text, "who signed (d=)", "it cannot be read"},
    FieldRow{"/dkim2/signatures/*/signed_at", time, "when (t=)", "it cannot be read"},
    FieldRow{"/dkim2/signatures/*/expired_since", boolean,
             "whether it is too old by now, though not by the clock of the check"},
    FieldRow{"/dkim2/signatures/*/mail_from", text, "the envelope sender; <> is the null path",
             "it cannot be read"},
    FieldRow{"/dkim2/signatures/*/rcpt_to", texts, "the envelope recipients"},
    FieldRow{"/dkim2/signatures/*/next_domain", text, "who signs next (nd=)", "it does not say"},
    FieldRow{"/dkim2/signatures/*/nonce", text, "n=", "it has none"},
    FieldRow{"/dkim2/signatures/*/flags", texts, "f="},
    FieldRow{
        "/dkim2/signatures/*/result", text, "the result of the signature itself", {}, kResults},
    FieldRow{"/dkim2/signatures/*/problem", text, "why it is no pass", "it is one", kProblems},
    FieldRow{"/dkim2/signatures/*/custody",
             text,
             "whether it took over from the one before it",
             {},
             kCustody},
    FieldRow{"/dkim2/signatures/*/hop", integer, "the Received line that it bears out",
             "it bears out none"},
    FieldRow{"/dkim2/signatures/*/values", objects, "its values (s=), one a key"},
    FieldRow{"/dkim2/signatures/*/values/*/group", integer, "values of one group stand together"},
    FieldRow{"/dkim2/signatures/*/values/*/selector", text, "which key"},
    FieldRow{"/dkim2/signatures/*/values/*/algorithm", text, "the algorithm"},
    FieldRow{"/dkim2/signatures/*/values/*/result", text, "its result", {}, kResults},
    FieldRow{"/dkim2/signatures/*/values/*/problem", text, "why it is no pass", "it is one",
             kProblems},
    FieldRow{"/dkim2/signatures/*/values/*/key_bits", integer, "the length of the key, in bits",
             "there is no key"},
    FieldRow{"/dkim2/signatures/*/values/*/testing", boolean,
             "whether the key says that the domain only tests"},
    FieldRow{"/dkim2/instances", objects, "each Message-Instance, by m="},
    FieldRow{"/dkim2/instances/*/line", integer, "its line in the message"},
    FieldRow{"/dkim2/instances/*/m", integer, "m=", "it cannot be read"},
    FieldRow{"/dkim2/instances/*/signed_by", integer, "i= of the first signature that covers it",
             "none does"},
    FieldRow{"/dkim2/instances/*/hashes", objects, "its hashes"},
    FieldRow{"/dkim2/instances/*/hashes/*/group", integer, "which value of h= they stand in"},
    FieldRow{"/dkim2/instances/*/hashes/*/algorithm", text, "the algorithm"},
    FieldRow{
        "/dkim2/instances/*/hashes/*/header", text, "of the header as it was then", {}, kHashes},
    FieldRow{"/dkim2/instances/*/hashes/*/body", text, "of the body as it was then", {}, kHashes},
    FieldRow{"/dkim2/instances/*/recipe",
             text,
             "what its recipe undoes",
             {},
             words_of<dkim2::RecipeKind, dkim2::RecipeKind::invalid>},
    FieldRow{"/dkim2/modifications", objects, "what hops changed, by their recipes; newest first"},
    FieldRow{"/dkim2/modifications/*/m", integer, "the instance that records it"},
    FieldRow{"/dkim2/modifications/*/i", integer, "the signature of that hop", "none covers it"},
    FieldRow{"/dkim2/modifications/*/domain", text, "who changed it", "none covers it"},
    FieldRow{"/dkim2/modifications/*/what",
             text,
             "what was changed",
             {},
             words_of<dkim2::Change::What, dkim2::Change::What::body>},
    FieldRow{"/dkim2/modifications/*/name", text, "the field, lower case", "it is the body"},
    FieldRow{"/dkim2/modifications/*/before", texts, "values or lines before the change"},
    FieldRow{"/dkim2/modifications/*/after", texts, "values or lines after it"},
    FieldRow{"/dkim2/modifications/*/lines_added", integer, "lines that the body gained"},
    FieldRow{"/dkim2/modifications/*/lines_removed", integer, "lines that it lost"},
    FieldRow{"/dkim2/modifications/*/proved", boolean,
             "whether hashes and signatures on both sides of it verify"},
    FieldRow{"/dkim2/original", object, "the message as it was signed first", "it was not reached"},
    FieldRow{"/dkim2/original/subject", text, "its Subject", "it had none"},
    FieldRow{"/dkim2/original/from", text, "its From", "it had none"},
    FieldRow{"/dkim2/original/body_sha256", text, "SHA-256 of its body, hexadecimal",
             "the body was not given"},
    FieldRow{"/dkim2/original/body_lines", integer, "lines of its body", "the body was not given"},
    FieldRow{"/dkim2/original/text", text, "its text", "the body was not given"},
    FieldRow{"/dkim2/original/text_cut", boolean, "whether that was cut"},
    FieldRow{"/dkim2/replay", object, "what tells copies of one message"},
    FieldRow{"/dkim2/replay/key", text, "the same of all copies", "there is no chain"},
    FieldRow{"/dkim2/replay/copy_key", text,
             "the same of the copies that one hop sent out under one signature",
             "the newest signature signs nothing that is whole"},
    FieldRow{"/dkim2/replay/exploded", boolean,
             "whether a signature says that the message goes to many"},
};

}  // namespace

std::span<const FieldRow> dkim2_rows() {
  return kRows;
}

}  // namespace emltrace::report::json
