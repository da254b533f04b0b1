#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

/// The sentences of the first screen of the text report, each one template with named values: what
/// another language would write anew. What stands behind it is in details.hpp; the findings' own
/// sentences are made where the findings are.
namespace emltrace::report {

enum class Phrase {
  // Verdict
  label_verdict,
  label_origin,
  label_claimed,
  label_author,
  label_subject,
  label_found,
  label_filter,
  label_act,
  label_route,
  label_checks,
  label_more,
  rests_now,
  rests_recorded,
  rests_both,
  rests_nothing,
  not_checked,
  not_checked_offline,
  route_absent,
  route_consistent,
  route_unverified,
  route_contradicted,
  route_forged,
  route_forwarded,
  ground_alone,
  ground_and_more,
  host_names,
  // Origin
  origin_unknown,
  origin_at_border,
  origin_at_border_by,
  origin_at_hop,
  origin_at_hop_by,
  origin_stated,
  origin_stated_by,
  origin_inside,
  origin_border_saw,
  confidence,
  listed,
  not_listed,
  list_unknown,
  list_says,
  claimed_by_hop,
  claimed_by_field,
  claimed_by_provider,
  network,
  // Author
  author_none,
  author_authenticated,
  author_unauthenticated,
  author_contradicted,
  author_unknown,
  author_unasked,
  no_author,
  dmarc_now,
  dmarc_at_receipt,
  dmarc_both,
  dmarc_alike,
  by_both,
  by_dkim,
  by_dkim_in_part,
  by_spf,
  by_dkim2,
  policy,
  policy_asks,
  replies_go_to,
  found_attached,
  found_from,
  // Filter and handles
  contact_network,
  contact_host,
  contact_guess,
  contact_unknown,
  quote,
  by_sender,
  // Route
  road_span,
  road_span_from_first,
  road_no_time,
  road_no_hop,
  road_backwards,
  folded,
  folded_here,
  no_trace_line,
  address_named,
  address_nameless,
  helo_differs,
  address_hidden,
  logged_in,
  // Findings
  heading_findings,
  in_hop,
  in_hops,
  in_line,
  in_lines,
  // Checks
  checks_now,
  checks_recorded,
  checks_both,
  checks_both_unnamed,
  column_now,
  column_receipt,
  column_receipt_of,
  spf_for,
  spf_decided,
  spf_forwarded,
  spf_unmatched,
  spf_open_client,
  spf_open_user,
  dkim_unaligned,
  dkim_none,
  dkim_repaired,
  shown_nothing,
  signed_from,
  signed_subject,
  unsigned_text,
  unsigned_field,
  dmarc_policy,
  dmarc_no_policy,
  dmarc_open,
  policy_short,
  policy_short_of,
  policy_short_none,
  rules_list,
  rules_walk,
  dmarc_other_rules,
  arc_sets,
  arc_sets_unnamed,
  arc_trusted,
  arc_untrusted,
  dkim2_counts,
  dkim2_changed,
  dkim2_said,
  differs,
  differs_now,
  // Closing
  mended,
  unanswered,
  more_with_v,
  notes,
  others_results,
  details,
  digest,
  legend,
};

template <class Key>
struct Template {
  Key key;
  std::string_view text;   ///< with `{names}` of values
  std::string_view names;  ///< of the values that it may use, blank-separated
};

/// Each key stands at its own place.
template <class Rows>
constexpr bool are_in_order(const Rows& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows[i].key) != i) return false;
  }
  return true;
}

/// Every phrase, in order of Phrase.
[[nodiscard]] std::span<const Template<Phrase>> phrases();
[[nodiscard]] std::string_view template_of(Phrase phrase);

/// The sentence with its values, `say(Phrase::confidence, fmt::arg("level", "high"))`. A value is
/// put in as it is: braces in it are no names.
template <class... Named>
[[nodiscard]] std::string say(Phrase phrase, const Named&... values) {
  return fmt::vformat(template_of(phrase), fmt::make_format_args(values...));
}

}  // namespace emltrace::report
