#include "report/exchange/auth_failure.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "message/quoted_string.hpp"

namespace emltrace::report {
namespace {

std::string_view word_of(const dkim::Verdict& verdict) {
  switch (verdict.problem) {
    case dkim::Problem::body_hash_mismatch:
      return "bodyhash";
    case dkim::Problem::signature_mismatch:
      return "signature";
    case dkim::Problem::key_revoked:
      return "revoked";
    default:
      return {};
  }
}

// One of the author's domain before the others.
const dkim::Verdict* failed_signature(const trace::Report& report) {
  const dkim::Verdict* found = nullptr;
  const auto& alignments = report.dmarc.dkim_alignment;
  for (std::size_t i = 0; i < report.dkim.size(); ++i) {
    const dkim::Verdict& verdict = report.dkim[i];
    if (verdict.result != auth::Result::fail || word_of(verdict).empty()) continue;
    if (i < alignments.size() && alignments[i] != auth::Alignment::none) return &verdict;
    if (found == nullptr) found = &verdict;
  }
  return found;
}

const spf::Verdict* failed_path(const trace::Report& report) {
  for (const spf::Verdict& verdict : report.spf) {
    const bool failed =
        verdict.result == auth::Result::fail || verdict.result == auth::Result::softfail;
    if (verdict.identity == spf::Identity::mail_from && failed) return &verdict;
  }
  return nullptr;
}

// RFC 9991: those that failed; RFC 7489 meant the others.
std::string misaligned(const dmarc::Verdict& verdict) {
  std::vector<std::string> failed;
  if (verdict.dkim_aligned == false) failed.emplace_back("dkim");
  if (verdict.spf_aligned == false) failed.emplace_back("spf");
  return failed.empty() ? "none" : text::join(failed, ", ");
}

}  // namespace

std::optional<AuthFailure> find_auth_failure(const trace::Report& report) {
  AuthFailure failure;
  failure.dkim = failed_signature(report);
  failure.spf = failed_path(report);
  if (report.dmarc.result == auth::Result::fail) {
    failure.word = "dmarc";
  } else if (failure.dkim != nullptr) {
    failure.word = word_of(*failure.dkim);
  } else if (failure.spf != nullptr && failure.spf->result == auth::Result::fail) {
    failure.word = "spf";
  } else {
    return std::nullopt;
  }
  return failure;
}

std::vector<std::pair<std::string_view, std::string>> failure_fields(const trace::Report& report,
                                                                     const AuthFailure& failure) {
  std::vector<std::pair<std::string_view, std::string>> fields;
  fields.emplace_back("Auth-Failure", failure.word);
  if (failure.word == "dmarc") fields.emplace_back("Identity-Alignment", misaligned(report.dmarc));
  if (failure.dkim != nullptr) {
    fields.emplace_back("DKIM-Domain", failure.dkim->domain.value_or(""));
    fields.emplace_back("DKIM-Identity", failure.dkim->identity.value_or(""));
    fields.emplace_back("DKIM-Selector", failure.dkim->selector.value_or(""));
  }
  if (failure.spf != nullptr && failure.spf->record) {
    fields.emplace_back("SPF-DNS", fmt::format("txt : {} : {}", failure.spf->domain,
                                               quoted_string(*failure.spf->record)));
  }
  return fields;
}

}  // namespace emltrace::report
