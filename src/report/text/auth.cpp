#include <fmt/format.h>

#include <algorithm>

#include "report/text/auth_rows.hpp"
#include "report/text/section.hpp"

namespace emltrace::report {
namespace {

std::string spf_words(const spf::Verdict& verdict) {
  std::string out = verdict.domain.empty()
                        ? "no domain"
                        : fmt::format("{} for {}", verdict.domain, verdict.ip.text());
  if (verdict.problem) {
    out += ": " + *verdict.problem;
  } else if (verdict.mechanism == "default") {
    out += ": no term matched";
  } else if (verdict.mechanism) {
    out += fmt::format(": {} decided", *verdict.mechanism);
  }
  if (verdict.authenticated_data) out += "; the record is vouched for by DNSSEC";
  return out;
}

std::string arc_set_words(const arc::Set& set) {
  std::string out = fmt::format("{} sealed by {}: seal {}, message signature {}", set.instance,
                                set.domain.value_or("?"), auth::to_string(set.seal),
                                auth::to_string(set.message_signature));
  std::vector<std::string> results;
  for (const RecordedMethod& method : set.results) {
    results.push_back(fmt::format("{}={}", method.method, method.result));
  }
  if (!results.empty()) {
    out += fmt::format("; {} states {}", set.authserv_id.value_or("it"), list(results));
  }
  if (!set.seal_problem.empty()) out += "; seal: " + set.seal_problem;
  if (!set.message_signature_problem.empty()) {
    out += "; message signature: " + set.message_signature_problem;
  }
  return out;
}

std::string alignment_words(const dmarc::Verdict& verdict) {
  const auto one = [](const std::optional<bool>& aligned) {
    return !aligned ? "not known" : *aligned ? "yes" : "no";
  };
  return fmt::format("aligned pass of SPF: {}, of DKIM: {}", one(verdict.spf_aligned),
                     one(verdict.dkim_aligned));
}

std::string dmarc_words(const dmarc::Verdict& verdict) {
  std::vector<std::string> parts;
  if (verdict.author_domain) parts.push_back("author domain " + *verdict.author_domain);
  if (verdict.problem) parts.push_back(*verdict.problem);
  if (verdict.record_domain) {
    parts.push_back(fmt::format("policy of {}: {}={}{}", *verdict.record_domain,
                                verdict.policy_tag.value_or("p"), verdict.policy.value_or("none"),
                                verdict.testing ? " (testing)" : ""));
    parts.push_back(alignment_words(verdict));
  } else if (!verdict.problem) {
    parts.emplace_back("no policy is published");
  }
  if (verdict.disposition && verdict.result == auth::Result::fail) {
    parts.push_back("the domain asks for " + *verdict.disposition);
  }
  if (verdict.authenticated_data) parts.emplace_back("the policy is vouched for by DNSSEC");
  return fmt::format("{}", fmt::join(parts, "; "));
}

bool shown(const trace::RecordedComparison& comparison, bool verbose) {
  return verbose || comparison.agrees == false;
}

}  // namespace

void spf_rows(Page& page, const trace::Report& report) {
  if (report.spf.empty()) {
    const auto* reason = report.envelope.client_ip
                             ? "not checked: the client is a user or a host of the recipient's own"
                             : "not checked: no client address is known";
    result_row(page, "SPF", auth::Result::none, {{reason}});
  }
  for (const spf::Verdict& verdict : report.spf) {
    result_row(page, fmt::format("SPF {}", spf::to_string(verdict.identity)), verdict.result,
               {{spf_words(verdict)}});
    if (verdict.explanation) {
      more(page, "domain says", fmt::format("\"{}\"", *verdict.explanation));
    }
    if (!page.verbose()) continue;
    more(page, "record", verdict.record.value_or(""));
    more(page, "look-ups",
         fmt::format("{} of {}, void {} of {}", verdict.lookups, spf::kMaxLookups,
                     verdict.void_lookups, spf::kMaxVoidLookups));
    for (const spf::Step& step : verdict.trail) {
      more(page, "term",
           fmt::format("{}{}: {}: {}", std::string(static_cast<std::size_t>(step.depth) * 2, '>'),
                       step.domain, step.term, step.outcome));
    }
  }
}

void arc_rows(Page& page, const arc::Verdict& verdict) {
  if (verdict.sets.empty() && !verdict.problem) {
    result_row(page, "ARC", verdict.result, {{"no chain"}});
    return;
  }
  std::string text = counted(verdict.sets.size(), "set");
  if (verdict.problem) text += ": " + *verdict.problem;
  result_row(page, "ARC", verdict.result, {{text}, {" (ARC is being retired)", Style::dim}});
  for (const arc::Set& set : verdict.sets) more(page, "set", arc_set_words(set));
}

void dmarc_rows(Page& page, const dmarc::Verdict& verdict) {
  result_row(page, "DMARC", verdict.result, {{dmarc_words(verdict)}});
  if (verdict.passes_under) {
    more(page, "yet",
         fmt::format("it passes under {}, which some receivers apply",
                     *verdict.passes_under == dmarc::Mode::rfc7489 ? "RFC 7489 (public suffix list)"
                                                                   : "RFC 9989 (tree walk)"));
  }
  for (const std::string& warning : verdict.warnings) more(page, "warning", warning);
  if (!page.verbose()) return;
  more(page, "mode", std::string(dmarc::to_string(verdict.mode)));
  more(page, "record", verdict.record.value_or(""));
  more(page, "organization", verdict.organizational_domain.value_or(""));
  for (const dmarc::WalkStep& step : verdict.walk) {
    more(page, "walk", fmt::format("{}: {}", step.name, step.outcome));
  }
  more(page, "reports to", list(verdict.aggregate_reports));
  more(page, "failures to", list(verdict.failure_reports));
}

Runs statement_words(const trace::RecordedComparison& comparison) {
  const Recorded& recorded = comparison.recorded;
  Runs out{{fmt::format("{} states ", recorded.authserv_id.value_or("an unnamed host"))},
           {fmt::format("{}={}", recorded.method.method, recorded.method.result), Style::strong}};
  if (!comparison.trusted) out.emplace_back(" (the sender could have written it)", Style::warn);
  return out;
}

Runs comparison_words(const trace::RecordedComparison& comparison) {
  Runs out = statement_words(comparison);
  out.emplace_back(comparison.recomputed ? "; checked now: " + *comparison.recomputed
                                         : "; nothing to compare it with");
  if (!comparison.reason.empty()) out.emplace_back(" — " + comparison.reason);
  return out;
}

void auth_section(Page& page, const trace::Report& report) {
  page.heading("Authentication, checked again");
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
  page.heading("Recorded by receivers");
  std::size_t alike = 0, open = 0;
  for (const trace::RecordedComparison& comparison : report.recorded) {
    if (!shown(comparison, page.verbose())) {
      ++(comparison.agrees ? alike : open);
      continue;
    }
    page.row({{"", kAuthIndent},
              {{fmt::format("line {}", comparison.recorded.line), Style::dim}, kAuthMethod}},
             is_offline(report) ? statement_words(comparison) : comparison_words(comparison));
  }
  const auto note = [&page](std::size_t count, std::string_view what) {
    if (count == 0) return;
    page.row({{"", kAuthIndent}},
             {{fmt::format("{} {} (-v lists them)", counted(count, "result"), what), Style::dim}});
  };
  note(alike, "without a difference");
  note(open, "not compared");
}

}  // namespace emltrace::report
