#include "report/text/check_rows.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "message/address.hpp"
#include "report/text/phrases.hpp"
#include "report/text/section.hpp"
#include "report/text/sections.hpp"
#include "trace/author/dkim2_changes.hpp"
#include "trace/author/recorded_comparison.hpp"

namespace emltrace::report {
namespace {

using Comparison = trace::RecordedComparison;

/// The trusted records of a method that nothing took yet.
class Records {
 public:
  explicit Records(const trace::Report& report) {
    for (const Comparison& comparison : report.recorded) {
      if (comparison.trusted) left_.push_back(&comparison);
    }
  }

  /// All that fit are taken; one that differs from the re-run is shown before others.
  template <class Fits>
  const Comparison* take(std::string_view method, const Fits& fits) {
    const Comparison* best = nullptr;
    const auto takes = [&](const Comparison* comparison) {
      if (comparison->recorded.method.method != method || !fits(*comparison)) return false;
      if (best == nullptr || (best->agrees != false && comparison->agrees == false))
        best = comparison;
      return true;
    };
    left_.erase(std::remove_if(left_.begin(), left_.end(), takes), left_.end());
    return best;
  }
  const Comparison* take(std::string_view method) {
    return take(method, [](const Comparison&) { return true; });
  }
  [[nodiscard]] const std::vector<const Comparison*>& left() const { return left_; }

 private:
  std::vector<const Comparison*> left_;
};

bool is_about_helo(const Comparison& comparison) {
  const RecordedMethod& method = comparison.recorded.method;
  return method.property("smtp.helo") && !method.property("smtp.mailfrom");
}

void add(std::vector<std::string>& out, std::string text) {
  if (!text.empty()) out.push_back(std::move(text));
}

/// A detail, where no finding that is shown tells it word for word.
void add_detail(std::vector<std::string>& out, const trace::Report& report,
                const std::string& text) {
  const bool told = std::ranges::any_of(report.findings, [&](const trace::Finding& finding) {
    return finding.severity != trace::Severity::info &&
           finding.message.find(text) != std::string::npos;
  });
  if (!told) add(out, text);
}

void add_spf(std::vector<CheckRow>& rows, const trace::Report& report, Records& records) {
  for (const spf::Verdict& verdict : report.spf) {
    const bool helo = verdict.identity == spf::Identity::helo;
    CheckRow row{helo ? "SPF helo" : "SPF", verdict.result};
    row.then = records.take("spf", [&](const Comparison& c) { return is_about_helo(c) == helo; });
    // The HELO identity matters where it stands alone (RFC 7208 2.3, 2.4).
    if (helo && report.spf.size() > 1 && row.then == nullptr) continue;
    if (!verdict.domain.empty())
      row.whose = say(Phrase::spf_for, fmt::arg("domain", verdict.domain),
                      fmt::arg("ip", verdict.ip.text()));
    if (verdict.problem)
      add(row.about, *verdict.problem);
    else if (verdict.mechanism == "default")
      add(row.about, say(Phrase::spf_unmatched));
    else if (verdict.mechanism)
      add(row.about, say(Phrase::spf_decided, fmt::arg("mechanism", *verdict.mechanism)));
    const bool failed =
        verdict.result == auth::Result::fail || verdict.result == auth::Result::softfail;
    if (failed && was_forwarded(report)) add(row.about, say(Phrase::spf_forwarded));
    rows.push_back(std::move(row));
  }
  if (!report.spf.empty()) return;
  CheckRow row{"SPF", std::nullopt, records.take("spf")};
  add(row.about, say(report.envelope.client_ip ? Phrase::spf_open_user : Phrase::spf_open_client));
  rows.push_back(std::move(row));
}

/// From and Subject as they were signed, where a reader is shown others.
void add_signed(std::vector<std::string>& out, const dkim::Repair& repair, const Headers& headers) {
  const auto shown = [](const std::string& text) {
    return text.empty() ? say(Phrase::shown_nothing) : text;
  };
  if (repair.signed_from) {
    const std::string was = words(parse_addresses(*repair.signed_from).mailboxes);
    const std::string is = words(headers.from);
    if (was != is)
      add(out, say(Phrase::signed_from, fmt::arg("was", was), fmt::arg("shown", shown(is))));
  }
  const std::string subject = headers.subject.value_or("");
  if (repair.signed_subject && *repair.signed_subject != subject)
    add(out, say(Phrase::signed_subject, fmt::arg("was", *repair.signed_subject),
                 fmt::arg("shown", shown(subject))));
}

void add_unsigned(std::vector<std::string>& out, const dkim::Verdict& verdict) {
  if (verdict.unsigned_bytes > 0)
    add(out,
        say(Phrase::unsigned_text, fmt::arg("bytes", counted(verdict.unsigned_bytes, "byte"))));
  const std::vector<std::string> fields = unsigned_fields_shown(verdict, false);
  if (!fields.empty())
    add(out, say(Phrase::unsigned_field,
                 fmt::arg("fields", fmt::format("{}", fmt::join(fields, ", ")))));
}

void add_dkim(std::vector<CheckRow>& rows, const trace::Report& report, Records& records) {
  for (std::size_t i = 0; i < report.dkim.size(); ++i) {
    const dkim::Verdict& verdict = report.dkim[i];
    CheckRow row{"DKIM", verdict.result};
    const bool alone = report.dkim.size() == 1;
    row.then = records.take("dkim", [&](const Comparison& c) {
      return trace::is_about(c.recorded.method, verdict) ||
             (alone && !c.recorded.method.property("header.d") &&
              !c.recorded.method.property("header.i"));
    });
    row.whose = verdict.domain.value_or("?");
    const auto& alignment = report.dmarc.dkim_alignment;
    if (i < alignment.size() && alignment[i] == auth::Alignment::none)
      add(row.about, say(Phrase::dkim_unaligned));
    if (verdict.problem != dkim::Problem::none)
      add(row.about, std::string(dkim::to_string(verdict.problem)));
    add_detail(row.about, report, verdict.detail);
    if (!verdict.verifies_after.empty())
      add(row.about,
          say(Phrase::dkim_repaired,
              fmt::arg("changes", fmt::format("{}", fmt::join(verdict.verifies_after, ", ")))));
    if (verdict.repair) add_signed(row.below, *verdict.repair, report.headers);
    add_unsigned(row.below, verdict);
    rows.push_back(std::move(row));
  }
  if (!report.dkim.empty()) return;
  CheckRow row{"DKIM", auth::Result::none, records.take("dkim")};
  add(row.about, say(Phrase::dkim_none));
  rows.push_back(std::move(row));
}

void add_arc(std::vector<CheckRow>& rows, const trace::Report& report, Records& records) {
  const arc::Verdict& verdict = report.arc;
  CheckRow row{"ARC", verdict.result, records.take("arc")};
  if (verdict.sets.empty() && !verdict.problem && row.then == nullptr) return;
  std::vector<std::string> sealers;
  for (const arc::Set& set : verdict.sets) {
    if (set.domain && std::ranges::find(sealers, *set.domain) == sealers.end())
      sealers.push_back(*set.domain);
  }
  if (sealers.empty() && !verdict.sets.empty())
    row.whose =
        say(Phrase::arc_sets_unnamed, fmt::arg("sets", counted(verdict.sets.size(), "set")));
  if (!sealers.empty())
    row.whose = say(Phrase::arc_sets, fmt::arg("sets", counted(verdict.sets.size(), "set")),
                    fmt::arg("sealers", fmt::format("{}", fmt::join(sealers, ", "))));
  if (verdict.problem) add_detail(row.about, report, *verdict.problem);
  if (verdict.result == auth::Result::pass)
    add(row.about, say(report.arc_counts ? Phrase::arc_trusted : Phrase::arc_untrusted));
  rows.push_back(std::move(row));
}

void add_dkim2(std::vector<CheckRow>& rows, const trace::Report& report, Records& records) {
  const dkim2::Verdict& verdict = report.dkim2;
  if (!verdict.is_present()) return;
  CheckRow row{"DKIM2", verdict.result, records.take("dkim2")};
  add(row.about, say(Phrase::dkim2_counts,
                     fmt::arg("signatures", counted(verdict.signatures.size(), "signature")),
                     fmt::arg("instances", counted(verdict.instances.size(), "instance"))));
  add_detail(row.about, report, verdict.detail);
  std::set<std::size_t> told;
  for (const dkim2::Modification& change : verdict.modifications) {
    if (!told.insert(change.m).second) continue;
    add(row.below, say(change.proved ? Phrase::dkim2_changed : Phrase::dkim2_said,
                       fmt::arg("domain", change.domain.value_or("?")),
                       fmt::arg("change", trace::change_words(verdict, change.m))));
  }
  rows.push_back(std::move(row));
}

void add_dmarc(std::vector<CheckRow>& rows, const trace::Report& report, Records& records) {
  const dmarc::Verdict& verdict = report.dmarc;
  CheckRow row{"DMARC", verdict.result, records.take("dmarc")};
  if (verdict.problem) add(row.about, *verdict.problem);
  if (verdict.record_domain) {
    row.whose = say(Phrase::dmarc_policy, fmt::arg("domain", *verdict.record_domain),
                    fmt::arg("tag", verdict.policy_tag.value_or("p")),
                    fmt::arg("policy", verdict.policy.value_or("none")));
  } else {
    row.whose = verdict.author_domain.value_or("");
    if (!verdict.problem) add(row.about, say(Phrase::dmarc_no_policy));
  }
  if (verdict.undecided && !verdict.problem && report.verdict.author == trace::AuthorState::unknown)
    add(row.about, say(Phrase::dmarc_open));
  if (verdict.passes_under)
    add(row.below,
        say(Phrase::dmarc_other_rules, fmt::arg("rules", rules_words(*verdict.passes_under))));
  for (const std::string& warning : verdict.warnings) add(row.below, warning);
  rows.push_back(std::move(row));
}

/// What the recipient recorded beyond what is checked again, and what the row of filters tells.
void add_others(std::vector<CheckRow>& rows, const trace::Report& report, const Records& records) {
  std::set<std::pair<std::string, std::string>> told;
  for (const Comparison* left : records.left()) {
    const RecordedMethod& method = left->recorded.method;
    if (is_told_of_filter(report, method.method, method.result)) continue;
    if (!told.emplace(method.method, method.result).second) continue;
    CheckRow row{method.method, std::nullopt, left};
    if (method.reason) add(row.about, *method.reason);
    if (const auto domain = method.property("header.d")) add(row.about, std::string(*domain));
    rows.push_back(std::move(row));
  }
}

}  // namespace

std::string rules_words(dmarc::Mode mode) {
  return say(mode == dmarc::Mode::rfc7489 ? Phrase::rules_list : Phrase::rules_walk);
}

bool CheckRow::is_plain() const {
  const auto well = [](std::string_view result) { return result == "pass" || result == "none"; };
  if (!below.empty() || (then != nullptr && !well(then->recorded.method.result))) return false;
  if (!now) return true;
  const std::string_view result = auth::to_string(*now);
  return well(result) && (then == nullptr || then->recorded.method.result == result);
}

std::vector<CheckRow> check_rows(const trace::Report& report) {
  std::vector<CheckRow> rows;
  Records records(report);
  add_spf(rows, report, records);
  add_dkim(rows, report, records);
  add_arc(rows, report, records);
  add_dkim2(rows, report, records);
  add_dmarc(rows, report, records);
  add_others(rows, report, records);
  return rows;
}

std::string recorders_of(const std::vector<CheckRow>& rows) {
  std::vector<std::string> names;
  for (const CheckRow& row : rows) {
    if (row.then == nullptr || !row.then->recorded.authserv_id) continue;
    const std::string& name = *row.then->recorded.authserv_id;
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace emltrace::report
