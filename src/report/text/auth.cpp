#include <fmt/format.h>

#include <algorithm>

#include "report/text/auth_rows.hpp"
#include "report/text/section.hpp"

namespace emltrace::report {
namespace {

std::string spf_words(const spf::Verdict& verdict) {
  std::string out = verdict.domain.empty()
                        ? say(Detail::spf_no_domain)
                        : say(Phrase::spf_for, fmt::arg("domain", verdict.domain),
                              fmt::arg("ip", verdict.ip.text()));
  if (verdict.problem) {
    out += ": " + *verdict.problem;
  } else if (verdict.mechanism == "default") {
    out += ": " + say(Phrase::spf_unmatched);
  } else if (verdict.mechanism) {
    out += ": " + say(Phrase::spf_decided, fmt::arg("mechanism", *verdict.mechanism));
  }
  if (verdict.authenticated_data) out += "; " + say(Detail::spf_dnssec);
  return out;
}

std::string arc_set_words(const arc::Set& set) {
  std::string out =
      say(Detail::arc_set, fmt::arg("instance", set.instance),
          fmt::arg("domain", set.domain.value_or("?")), fmt::arg("seal", auth::to_string(set.seal)),
          fmt::arg("signature", auth::to_string(set.message_signature)));
  std::vector<std::string> results;
  for (const RecordedMethod& method : set.results) {
    results.push_back(fmt::format("{}={}", method.method, method.result));
  }
  if (!results.empty()) {
    out += "; " + say(Detail::states,
                      fmt::arg("host", set.authserv_id.value_or(say(Detail::arc_unnamed))),
                      fmt::arg("results", list(results)));
  }
  if (!set.seal_problem.empty())
    out += "; " + say(Detail::arc_seal_problem, fmt::arg("problem", set.seal_problem));
  if (!set.message_signature_problem.empty()) {
    out += "; " +
           say(Detail::arc_signature_problem, fmt::arg("problem", set.message_signature_problem));
  }
  return out;
}

std::string alignment_words(const dmarc::Verdict& verdict) {
  const auto one = [](const std::optional<bool>& aligned) {
    return say(!aligned   ? Detail::aligned_unknown
               : *aligned ? Detail::aligned_yes
                          : Detail::aligned_no);
  };
  return say(Detail::aligned, fmt::arg("spf", one(verdict.spf_aligned)),
             fmt::arg("dkim", one(verdict.dkim_aligned)));
}

std::string dmarc_words(const dmarc::Verdict& verdict) {
  std::vector<std::string> parts;
  if (verdict.author_domain)
    parts.push_back(say(Detail::author_domain, fmt::arg("domain", *verdict.author_domain)));
  if (verdict.problem) parts.push_back(*verdict.problem);
  if (verdict.record_domain) {
    parts.push_back(say(verdict.testing ? Detail::policy_testing : Detail::policy_of,
                        fmt::arg("domain", *verdict.record_domain),
                        fmt::arg("tag", verdict.policy_tag.value_or("p")),
                        fmt::arg("policy", verdict.policy.value_or("none"))));
    parts.push_back(alignment_words(verdict));
  } else if (!verdict.problem) {
    parts.push_back(say(Phrase::dmarc_no_policy));
  }
  if (verdict.disposition && verdict.result == auth::Result::fail) {
    parts.push_back(say(Detail::domain_asks, fmt::arg("policy", *verdict.disposition)));
  }
  if (verdict.authenticated_data) parts.push_back(say(Detail::policy_dnssec));
  return fmt::format("{}", fmt::join(parts, "; "));
}

bool shown(const trace::RecordedComparison& comparison, bool verbose) {
  return verbose || comparison.agrees == false;
}

}  // namespace

void spf_rows(Page& page, const trace::Report& report) {
  if (report.spf.empty()) {
    const Detail reason = report.envelope.client_ip ? Detail::spf_user : Detail::spf_no_client;
    result_row(page, "SPF", auth::Result::none, {{say(reason)}});
  }
  for (const spf::Verdict& verdict : report.spf) {
    result_row(page, fmt::format("SPF {}", spf::to_string(verdict.identity)), verdict.result,
               {{spf_words(verdict)}});
    if (verdict.explanation) {
      more(page, Detail::label_domain_says, fmt::format("\"{}\"", *verdict.explanation));
    }
    if (!page.verbose()) continue;
    more(page, Detail::label_record, verdict.record.value_or(""));
    more(page, Detail::label_lookups,
         say(Detail::lookups, fmt::arg("lookups", verdict.lookups),
             fmt::arg("most", spf::kMaxLookups), fmt::arg("void", verdict.void_lookups),
             fmt::arg("most_void", spf::kMaxVoidLookups)));
    for (const spf::Step& step : verdict.trail) {
      more(page, Detail::label_term,
           fmt::format("{}{}: {}: {}", std::string(static_cast<std::size_t>(step.depth) * 2, '>'),
                       step.domain, step.term, step.outcome));
    }
  }
}

void arc_rows(Page& page, const arc::Verdict& verdict) {
  if (verdict.sets.empty() && !verdict.problem) {
    result_row(page, "ARC", verdict.result, {{say(Detail::no_chain)}});
    return;
  }
  std::string text = counted(verdict.sets.size(), "set");
  if (verdict.problem) text += ": " + *verdict.problem;
  result_row(page, "ARC", verdict.result,
             {{text}, {fmt::format(" ({})", say(Detail::arc_retired)), Style::dim}});
  for (const arc::Set& set : verdict.sets) more(page, Detail::label_set, arc_set_words(set));
}

void dmarc_rows(Page& page, const dmarc::Verdict& verdict) {
  result_row(page, "DMARC", verdict.result, {{dmarc_words(verdict)}});
  if (verdict.passes_under) {
    more(page, Detail::label_yet,
         say(Detail::passes_under, fmt::arg("rules", rules_words(*verdict.passes_under))));
  }
  for (const std::string& warning : verdict.warnings) more(page, Detail::label_warning, warning);
  if (!page.verbose()) return;
  more(page, Detail::label_mode, std::string(dmarc::to_string(verdict.mode)));
  more(page, Detail::label_record, verdict.record.value_or(""));
  more(page, Detail::label_organization, verdict.organizational_domain.value_or(""));
  for (const dmarc::WalkStep& step : verdict.walk) {
    more(page, Detail::label_walk, fmt::format("{}: {}", step.name, step.outcome));
  }
  more(page, Detail::label_reports_to, list(verdict.aggregate_reports));
  more(page, Detail::label_failures_to, list(verdict.failure_reports));
}

Runs statement_words(const trace::RecordedComparison& comparison) {
  const Recorded& recorded = comparison.recorded;
  const std::string result = fmt::format("{}={}", recorded.method.method, recorded.method.result);
  const std::string host = recorded.authserv_id.value_or(say(Detail::unnamed_host));
  Runs out = told(Detail::states, {{"host", {host}}, {"results", {result, Style::strong}}});
  if (!comparison.trusted)
    out.emplace_back(fmt::format(" ({})", say(Phrase::by_sender)), Style::warn);
  return out;
}

Runs comparison_words(const trace::RecordedComparison& comparison) {
  Runs out = statement_words(comparison);
  out.emplace_back("; " + (comparison.recomputed ? say(Detail::checked_now,
                                                       fmt::arg("result", *comparison.recomputed))
                                                 : say(Detail::nothing_to_compare)));
  if (!comparison.reason.empty()) out.emplace_back(" — " + comparison.reason);
  return out;
}

void auth_section(Page& page, const trace::Report& report) {
  page.heading(say(Detail::heading_auth));
  // Of what rests on answers alone there is nothing to tell without any.
  const bool offline = is_offline(report);
  if (!offline) spf_rows(page, report);
  dkim_rows(page, report);
  arc_rows(page, report.arc);
  if (!offline) dmarc_rows(page, report.dmarc);
  dkim2_rows(page, report);
}

void recorded_section(Page& page, const trace::Report& report) {
  if (report.recorded.empty()) return;
  page.heading(say(Detail::heading_recorded));
  std::size_t alike = 0, open = 0;
  for (const trace::RecordedComparison& comparison : report.recorded) {
    if (!shown(comparison, page.verbose())) {
      ++(comparison.agrees ? alike : open);
      continue;
    }
    page.row({{"", kAuthIndent},
              {{say(Phrase::in_line, fmt::arg("lines", comparison.recorded.line)), Style::dim},
               kAuthMethod}},
             is_offline(report) ? statement_words(comparison) : comparison_words(comparison));
  }
  const auto note = [&page](std::size_t count, Detail what) {
    if (count == 0) return;
    page.row({{"", kAuthIndent}},
             {{say(what, fmt::arg("results", counted(count, "result"))), Style::dim}});
  };
  note(alike, Detail::results_alike);
  note(open, Detail::results_open);
}

}  // namespace emltrace::report
