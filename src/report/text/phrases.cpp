#include "report/text/phrases.hpp"

#include <array>

namespace emltrace::report {
namespace {

using enum Phrase;

constexpr auto kRows = std::to_array<Template<Phrase>>({
    {label_verdict, "Verdict", ""},
    {label_origin, "Origin", ""},
    {label_claimed, "Claimed", ""},
    {label_author, "Author", ""},
    {label_subject, "Subject", ""},
    {label_found, "Found", ""},
    {label_filter, "Filter", ""},
    {label_act, "Act", ""},
    {label_route, "Route", ""},
    {label_checks, "Checks", ""},
    {label_more, "", ""},
    {rests_now, "rests on the checks made now", ""},
    {rests_recorded, "rests on the recipient's record at receipt", ""},
    {rests_both, "rests on checks now and the record at receipt", ""},
    {rests_nothing, "no check could decide about the author", ""},
    {not_checked, "not checked: {what}", "what"},
    {not_checked_offline, "not checked: {what} (offline)", "what"},
    {route_absent, "There is no route to trace", ""},
    {route_consistent, "The route holds together", ""},
    {route_unverified, "Part of the route rests on the sender's word", ""},
    {route_contradicted, "The route is contradicted from hop {hop} down", "hop"},
    {route_forged, "The route is forged from hop {hop} down", "hop"},
    {route_forwarded, "{route}, forwarded by {host}", "route host"},
    {ground_alone, "{title}", "title"},
    {ground_and_more, "{title}, and {more} below", "title more"},
    {host_names, "host names", ""},

    {origin_unknown, "unknown", ""},
    {origin_at_border, "recorded at the border (hop {hop})", "hop"},
    {origin_at_border_by, "recorded by {host} at the border (hop {hop})", "host hop"},
    {origin_at_hop, "recorded in hop {hop}", "hop"},
    {origin_at_hop_by, "recorded by {host} (hop {hop})", "host hop"},
    {origin_stated, "stated in hop {hop}", "hop"},
    {origin_stated_by, "stated by {host} (hop {hop})", "host hop"},
    {origin_inside, "hop {hop}", "hop"},
    {origin_border_saw, "the border (hop {hop}) saw {ip}", "hop ip"},
    {confidence, "confidence {level}", "level"},
    {listed, "listed by {zone}", "zone"},
    {not_listed, "not listed by {zones}", "zones"},
    {list_unknown, "not known of {zone}: {problem}", "zone problem"},
    {list_says, "the list says: {reason}", "reason"},
    {claimed_by_hop, "the sender's word (hop {hop})", "hop"},
    {claimed_by_field, "the sender's word ({field}, line {line})", "field line"},
    {claimed_by_provider, "the word of {who} ({field}, line {line})", "who field line"},
    {network, "AS{number}", "number"},

    {author_none, "none named", ""},
    {author_authenticated, "authenticated", ""},
    {author_unauthenticated, "not authenticated", ""},
    {author_contradicted, "contradicted", ""},
    {author_unknown, "could not be checked", ""},
    {author_unasked, "not checked", ""},
    {no_author, "no author", ""},
    {dmarc_now, "DMARC {now} now", "now"},
    {dmarc_at_receipt, "DMARC {then} at receipt", "then"},
    {dmarc_both, "DMARC {now} now, {then} at receipt", "now then"},
    {dmarc_alike, "DMARC {now} now and at receipt", "now"},
    {by_both, "by SPF and DKIM", ""},
    {by_dkim, "by DKIM", ""},
    {by_dkim_in_part, "by DKIM, which leaves open text that is shown", ""},
    {by_spf, "by SPF", ""},
    {by_dkim2, "by DKIM2", ""},
    {policy, "the policy of {domain} is {policy}", "domain policy"},
    {policy_asks, "{domain} asks for {policy}", "domain policy"},
    {replies_go_to, "replies go to {address}", "address"},
    {found_attached, "attached to a {wrapper}", "wrapper"},
    {found_from, "attached to a {wrapper} from {from}", "wrapper from"},

    {contact_network, "for the network of {ip}, by Abusix", "ip"},
    {contact_host, "for the domain of the host {ip}, by abuse.net", "ip"},
    {contact_guess, "a guess by RFC 2142: nobody confirmed it", ""},
    {contact_unknown, "who takes reports is not known: a look-up got no answer", ""},
    {quote, "quote {kind} {value}", "kind value"},
    {by_sender, "the sender could have written it", ""},

    {road_span, "{first} → {last}, {span} after the Date", "first last span"},
    {road_span_from_first, "{first} → {last}, {span} after the first stamp", "first last span"},
    {road_no_time, "no time that can be read", ""},
    {road_no_hop, "there is no Received field, nothing to trace", ""},
    {road_backwards, "{first} → {last}: the Date is {span} after the last stamp",
     "first last span"},
    {folded, "{hops} inside {system}", "hops system"},
    {folded_here, "{hops} inside the recipient's own system", "hops"},
    {no_trace_line, "no trace line: {text}", "text"},
    {address_named, "is {name}", "name"},
    {address_nameless, "has no name", ""},
    {helo_differs, "≠ HELO", ""},
    {address_hidden, "address blacked out", ""},
    {logged_in, "logged in", ""},

    {heading_findings, "Findings", ""},
    {in_hop, "hop {hops}", "hops"},
    {in_hops, "hops {hops}", "hops"},
    {in_line, "line {lines}", "lines"},
    {in_lines, "lines {lines}", "lines"},

    {checks_now, "now", ""},
    {checks_recorded, "by {host} at receipt", "host"},
    {checks_both, "now and by {host}", "host"},
    {checks_both_unnamed, "now and at receipt", ""},
    {column_now, "now", ""},
    {column_receipt, "at receipt", ""},
    {column_receipt_of, "recorded at receipt by {host}", "host"},
    {spf_for, "{domain} for {ip}", "domain ip"},
    {spf_decided, "{mechanism} decided", "mechanism"},
    {spf_forwarded, "forwarding breaks it", ""},
    {spf_unmatched, "no term matched", ""},
    {spf_open_client, "no client address is known", ""},
    {spf_open_user, "the client is a user or a host of the recipient's own", ""},
    {dkim_unaligned, "not the author's domain", ""},
    {dkim_none, "no signature", ""},
    {dkim_repaired, "verifies after {changes} is undone", "changes"},
    {shown_nothing, "nothing", ""},
    {signed_from, "as signed: From {was} (shown: {shown})", "was shown"},
    {signed_subject, "as signed: Subject {was} (shown: {shown})", "was shown"},
    {unsigned_text, "not signed: {bytes} at the end of the body", "bytes"},
    {unsigned_field, "not signed: {fields}", "fields"},
    {dmarc_policy, "{domain} {tag}={policy}", "domain tag policy"},
    {dmarc_no_policy, "no policy is published", ""},
    {dmarc_open, "SPF or DKIM for it could not be judged", ""},
    {policy_short, "{tag}={policy}", "tag policy"},
    {policy_short_of, "{domain}: {tag}={policy}", "domain tag policy"},
    {policy_short_none, "no policy", ""},
    {rules_list, "RFC 7489 (public suffix list)", ""},
    {rules_walk, "RFC 9989 (tree walk)", ""},
    {dmarc_other_rules, "passes by the rules of {rules}", "rules"},
    {arc_sets, "{sets}, sealed by {sealers}", "sets sealers"},
    {arc_sets_unnamed, "{sets}", "sets"},
    {arc_trusted, "its sealer is trusted", ""},
    {arc_untrusted, "its sealer is not trusted here", ""},
    {dkim2_counts, "{signatures}, {instances}", "signatures instances"},
    {dkim2_changed, "{domain} {change}", "domain change"},
    {dkim2_said, "{domain} is said to have {change}", "domain change"},
    {differs, "differs: {reason}", "reason"},
    {differs_now, "differs", ""},

    {mended, "the input was mended: {codes}", "codes"},
    {unanswered, "{questions} to DNS without an answer", "questions"},
    {more_with_v, "{what} with -v", "what"},
    {notes, "{notes} (info)", "notes"},
    {others_results, "{results} that others recorded", "results"},
    {details, "every hop and check", ""},
    {digest, "SHA-256 {head}…{tail}", "head tail"},
    {legend,
     "own: written inside the recipient's own system; border: written there about the client from "
     "outside; corroborated: other evidence supports it; unverified: the sender's word alone; "
     "contradicted: evidence is against it; discarded: below a contradicted hop",
     ""},
});

static_assert(are_in_order(kRows) && kRows.back().key == legend);

}  // namespace

std::span<const Template<Phrase>> phrases() {
  return kRows;
}

std::string_view template_of(Phrase phrase) {
  return kRows[static_cast<std::size_t>(phrase)].text;
}

}  // namespace emltrace::report
