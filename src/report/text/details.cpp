#include "report/text/details.hpp"

#include <algorithm>
#include <array>

namespace emltrace::report {
namespace {

using enum Detail;

constexpr auto kRows = std::to_array<Template<Detail>>({
    {spf_no_domain, "no domain", ""},
    {spf_dnssec, "the record is vouched for by DNSSEC", ""},
    {arc_set, "{instance} sealed by {domain}: seal {seal}, message signature {signature}",
     "instance domain seal signature"},
    {states, "{host} states {results}", "host results"},
    {arc_unnamed, "it", ""},
    {arc_seal_problem, "seal: {problem}", "problem"},
    {arc_signature_problem, "message signature: {problem}", "problem"},
    {aligned, "aligned pass of SPF: {spf}, of DKIM: {dkim}", "spf dkim"},
    {aligned_unknown, "not known", ""},
    {aligned_yes, "yes", ""},
    {aligned_no, "no", ""},
    {author_domain, "author domain {domain}", "domain"},
    {policy_of, "policy of {domain}: {tag}={policy}", "domain tag policy"},
    {policy_testing, "policy of {domain}: {tag}={policy} (testing)", "domain tag policy"},
    {domain_asks, "the domain asks for {policy}", "policy"},
    {policy_dnssec, "the policy is vouched for by DNSSEC", ""},
    {spf_user, "not checked: the client is a user or a host of the recipient's own", ""},
    {spf_no_client, "not checked: no client address is known", ""},
    {label_domain_says, "domain says", ""},
    {label_record, "record", ""},
    {label_lookups, "look-ups", ""},
    {label_term, "term", ""},
    {lookups, "{lookups} of {most}, void {void} of {most_void}", "lookups most void most_void"},
    {no_chain, "no chain", ""},
    {arc_retired, "ARC is being retired", ""},
    {label_set, "set", ""},
    {passes_under, "it passes under {rules}, which some receivers apply", "rules"},
    {label_yet, "yet", ""},
    {label_warning, "warning", ""},
    {label_mode, "mode", ""},
    {label_organization, "organization", ""},
    {label_walk, "walk", ""},
    {label_reports_to, "reports to", ""},
    {label_failures_to, "failures to", ""},

    {unnamed_host, "an unnamed host", ""},
    {heading_auth, "Authentication, checked again", ""},
    {heading_recorded, "Recorded by receivers", ""},
    {checked_now, "checked now: {result}", "result"},
    {nothing_to_compare, "nothing to compare it with", ""},
    {results_alike, "{results} without a difference (-v lists them)", "results"},
    {results_open, "{results} not compared (-v lists them)", "results"},

    {alignment, "{alignment} alignment", "alignment"},
    {hashes, "body hash {body}, signature {signature}", "body signature"},
    {key_testing, "the key is in test mode", ""},
    {key_dnssec, "the key is vouched for by DNSSEC", ""},
    {as_shown, "{was} (as shown)", "was"},
    {beside, "{was} (shown: {shown})", "was shown"},
    {label_taken_off, "taken off", ""},
    {removed, "line {line}: {text}", "line text"},
    {label_none, "", ""},
    {label_proved, "proved", ""},
    {proved, "verifies after {changes} is undone: it shows what was signed", "changes"},
    {label_as_signed, "as signed", ""},
    {signed_from, "From {value}", "value"},
    {signed_subject, "Subject {value}", "value"},
    {label_not_signed, "not signed", ""},
    {body_end, "{bytes} at the end of the body", "bytes"},
    {label_expired, "expired", ""},
    {expired, "{time}, after the message was received", "time"},
    {label_mended, "mended", ""},
    {mended, "the input was mended in signed bytes", ""},
    {label_field, "field", ""},
    {signature_field, "line {line}, a={algorithm}, c={canonicalization}, i={identity}",
     "line algorithm canonicalization identity"},
    {label_key, "key", ""},
    {label_signed_at, "signed at", ""},
    {label_expires_at, "expires at", ""},
    {label_signs, "signs", ""},
    {label_leaves_out, "leaves out", ""},
    {another, "another {field}", "field"},

    {dkim2_old_draft, "by draft -{draft} all holds", "draft"},
    {dkim2_envelope, "recipient {recipient}, MAIL FROM {sender}, custody {custody}",
     "recipient sender custody"},
    {dkim2_draft, "an Internet-Draft; no part of DMARC", ""},
    {dkim2_from, "from {path}", "path"},
    {dkim2_more, "and {count} more", "count"},
    {dkim2_to, "to {paths}", "paths"},
    {dkim2_next, "next {domain}", "domain"},
    {dkim2_at_hop, "received at hop {hop}", "hop"},
    {bits, "{bits} bits", "bits"},
    {label_value, "value", ""},
    {label_changed, "changed", ""},
    {label_said_to_be, "said to be", ""},
    {label_before, "  -", ""},
    {label_after, "  +", ""},
    {unnamed_domain, "an unnamed domain", ""},
    {first_signer, "the first signer", ""},
    {label_signature, "signature", ""},
    {label_first_from, "first From", ""},
    {label_first_subject, "first Subject", ""},
    {label_first_text, "first text", ""},
    {first_text, "as {signer} signed it:", "signer"},
    {text_cut, "(cut)", ""},
    {seen_field, "line {line}: {field}", "line field"},
    {seen_hop, "hop {hop}", "hop"},
    {seen_revision, "revision {revision}", "revision"},

    {hop_and_line, "hop {hop}, line {line}", "hop line"},
    {see, "see {reference}", "reference"},
    {clock_border, "expiry is judged at {time}, when the border received the message", "time"},
    {clock_given, "expiry is judged at {time}, as --now says", "time"},
    {clock_present, "expiry is judged at {time}, the present time", "time"},
    {dns_offline, "offline: no question was asked, what DNS decides was not checked", ""},
    {dns_mode, "{mode}: {questions}", "mode questions"},
    {dns_cached, "{count} known already", "count"},
    {dns_failed, "{count} without an answer", "count"},
    {dns_servers, "server {servers}", "servers"},
    {dns_skipped, "{records} of the zone files left out: no question can be about them", "records"},
    {mend, "{code}: {detail} (line {line})", "code detail line"},
    {mends, "{code}: {detail} ({count} times, first in line {line})", "code detail count line"},
    {mend_signed, "signatures may suffer from it", ""},
    {none_found, "None.", ""},
    {heading_notes, "How this was found out", ""},
    {input, "{bytes}, {endings} line ends, SHA-256 {digest}", "bytes endings digest"},
    {label_input, "Input", ""},
    {label_mends, "Mended", ""},
    {label_clock, "Clock", ""},
    {label_dns, "DNS", ""},
    {label_unchecked, "Unchecked", ""},

    {label_meaning, "Meaning", ""},
    {label_evidence, "Evidence", ""},
    {label_innocent, "Innocent", ""},
    {label_next, "Next", ""},
    {label_see, "See", ""},

    {stated_by, "stated by {host}", "host"},
    {recorded_by, "recorded by {host}", "host"},
    {in_hop, "in {hop}", "hop"},
    {only_claimed, "Only the sender's lines claim {what}.", "what"},
    {claimed_in_field, "{field}, line {line}", "field line"},
    {methods_both, "SPF and DKIM pass and are aligned", ""},
    {methods_in_part, "a DKIM signature of its domain passes, but leaves open text that is shown",
     ""},
    {methods_dkim, "a DKIM signature of its domain passes", ""},
    {methods_spf, "SPF passes for its domain", ""},
    {methods_dkim2, "no aligned SPF or DKIM pass, but a DKIM2 chain that holds shows its domain",
     ""},
    {methods_none, "no aligned SPF or DKIM pass", ""},
    {policy_none, "no DMARC policy is published", ""},
    {author_reason, "DMARC {result}: {methods}; {policy}", "result methods policy"},
    {none, "none", ""},
    {author_is, "{author} is {state}, {reason}", "author state reason"},
    {author_could, "{author} could {state}, {reason}", "author state reason"},
    {not_be_checked, "not be checked", ""},
    {route_absent, "absent: there is no Received field, nothing to trace", ""},
    {route_counts, "{state}: {hops}", "state hops"},
    {route_with, "{count} {standing}", "count standing"},
    {date_written, "(written {date})", "date"},
    {unreadable, "not readable: {text}", "text"},
    {client, "client {value}", "value"},
    {helo, "HELO {value}", "value"},
    {mail_from, "MAIL FROM {value}", "value"},
    {rcpt_to, "RCPT TO {value}", "value"},
    {given, "given by command line: {names}", "names"},
    {standard_input, "standard input", ""},
    {nth_message, "message {index}", "index"},
    {attached_part, "attached as part {part}", "part"},
    {header_alone, "(header alone)", ""},
    {heading_header, "Header, in the sender's words", ""},
    {label_from, "From", ""},
    {label_sender, "Sender", ""},
    {label_reply_to, "Reply-To", ""},
    {label_to, "To", ""},
    {label_cc, "Cc", ""},
    {label_subject, "Subject", ""},
    {label_date, "Date", ""},
    {label_message_id, "Message-ID", ""},
    {label_return_path, "Return-Path", ""},
    {label_beside, "beside", ""},
    {label_envelope, "Envelope", ""},
    {label_found, "Found", ""},
    {to_unread, "{text}, no address", "text"},
    {the_thing, "the {thing}", "thing"},
    {the_date, "the Date", ""},
    {side_line, "line {line}: {name}: {value}", "line name value"},

    {client_port, "port {port}", "port"},
    {client_named, "client named {name}", "name"},
    {blacked_out, "address blacked out (\"{text}\")", "text"},
    {no_address, "\"{text}\" is no address", "text"},
    {named, "named {name}", "name"},
    {clients_word, "(the client's word)", ""},
    {ident, "ident {user}", "user"},
    {logged_in_as, "authenticated as {user}", "user"},
    {logged_in, "authenticated", ""},
    {submitted, "submitted on that host", ""},
    {tls, "TLS", ""},
    {via, "via {value}", "value"},
    {with, "with {value}", "value"},
    {id, "id {value}", "value"},
    {for_, "for {value}", "value"},
    {envelope_from, "envelope-from {value}", "value"},
    {software, "software {value}", "value"},
    {nameless, "the address has no name", ""},
    {address_is, "the address is {names}", "names"},
    {confirmed, "(confirmed)", ""},
    {unconfirmed, "(that name does not have the address)", ""},
    {helo_own, "the HELO name belongs to it", ""},
    {helo_not_own, "the HELO name does not belong to it", ""},
    {by_absent, "{host} does not exist", "host"},
    {to_the_second, "to the second", ""},
    {to_hours, "to {hours} h", "hours"},
    {to_seconds, "to {seconds} s", "seconds"},
    {label_stamp, "stamp", ""},
    {label_findings, "findings", ""},
    {label_raw, "raw", ""},
    {label_transfer, "transfer", ""},
    {label_hop_dns, "DNS", ""},
    {label_hop_clock, "clock", ""},
    {label_why, "why", ""},
    {label_not_read, "not read", ""},
    {label_recorded, "recorded", ""},
    {label_claimed, "claimed", ""},
    {clock_tells, "{thing} tells {time} ({precision})", "thing time precision"},
    {clock_fits, "{what} fits: {skew}", "what skew"},
    {clock_differs, "{what} does not fit: {skew}", "what skew"},
    {unnamed, "(unnamed)", ""},
    {after_date, "after the Date", ""},
    {the_id, "the {producer} id", "producer"},
    {the_stamp, "the stamp", ""},
    {heading_route, "Route, oldest hop first", ""},
    {no_received, "No Received field.", ""},

    {heading_filters, "Filters", ""},
    {heading_handles, "Handles", ""},

    {rests_nothing, "nothing, for the author: no check could decide", ""},
    {rests_now, "the checks made now, for the author", ""},
    {rests_recorded, "what the recipient's own servers recorded at receipt, for the author", ""},
    {rests_both, "the checks made now and the recipient's own record at receipt, for the author",
     ""},
    {host_facts, "facts about hosts (DNS)", ""},
});
static_assert(are_in_order(kRows) && kRows.back().key == host_facts);

/// Neighbours that look alike are one run.
void append(Runs& out, const Run& run) {
  const auto is_mere = [](const Run& one) { return !one.whole && !one.value && !one.strong; };
  if (!out.empty() && is_mere(out.back()) && is_mere(run) && out.back().style == run.style)
    out.back().text += run.text;
  else
    out.push_back(run);
}

}  // namespace

std::span<const Template<Detail>> details() {
  return kRows;
}

std::string_view template_of(Detail detail) {
  return kRows[static_cast<std::size_t>(detail)].text;
}

Runs told(Detail detail, std::initializer_list<std::pair<std::string_view, Run>> values,
          Style style) {
  Runs out;
  for (std::string_view rest = template_of(detail); !rest.empty();) {
    const std::size_t open = std::min(rest.find('{'), rest.size());
    if (open > 0) append(out, {std::string(rest.substr(0, open)), style});
    if (open == rest.size()) break;
    const std::size_t close = rest.find('}', open);
    const std::string_view name = rest.substr(open + 1, close - open - 1);
    for (const auto& [known, run] : values) {
      if (known == name) append(out, run);
    }
    rest.remove_prefix(close + 1);
  }
  return out;
}

}  // namespace emltrace::report
