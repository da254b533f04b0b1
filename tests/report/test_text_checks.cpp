#include "report/text/check_rows.hpp"
#include "report/text/text.hpp"
#include "support/catch.hpp"
#include "support/sample_report.hpp"
#include "support/says.hpp"

using namespace emltrace;
using report::check_rows;
using test::says;

namespace {

std::string text_of(const trace::Report& report) {
  return report::to_text(report, {false, 100, false});
}

trace::RecordedComparison recorded(const char* method, const char* result) {
  trace::RecordedComparison out = test::disagreeing_result();
  out.recorded.method = {method, result, {}, {}, {}};
  out.trusted = true;
  out.agrees.reset();
  out.reason.clear();
  return out;
}

}  // namespace

TEST_CASE("what the recipient recorded stands beside the check of today, with why they differ") {
  auto report = test::sample_report();
  report.recorded[0].trusted = true;
  const auto text = text_of(report);
  CHECK(says(text, "Checks now recorded at receipt by mx.example"));
  CHECK(says(text,
             "SPF softfail pass galangal.org for 202.99.11.120 · ~all decided · differs: "
             "records change"));
}

TEST_CASE("what the sender could have written is no record at receipt") {
  const auto text = text_of(test::sample_report());
  CHECK_FALSE(says(text, "at receipt by"));
  CHECK(says(text, "1 result that others recorded"));
}

TEST_CASE("a result is set beside the signature that it was recorded about") {
  auto report = test::sample_report();
  report.dkim.push_back(report.dkim[0]);
  report.dkim[1].domain = "other.example";
  report.dkim[1].selector = "x";
  auto about = recorded("dkim", "pass");
  about.recorded.method.properties = {{"header.d", "other.example"}};
  report.recorded = {about};
  const auto rows = check_rows(report);
  REQUIRE(rows.size() >= 3);
  CHECK(rows[1].whose == "lemongrass.org");
  CHECK(rows[1].then == nullptr);
  CHECK(rows[2].whose == "other.example");
  REQUIRE(rows[2].then != nullptr);
}

TEST_CASE("a method that is not checked again has a row of what was recorded") {
  auto report = test::sample_report();
  report.recorded = {recorded("compauth", "fail")};
  report.recorded[0].recorded.method.reason = "601";
  CHECK(says(text_of(report), "compauth – fail 601"));
}

TEST_CASE("a repair shows what was signed beside what is shown, where they differ") {
  const auto text = text_of(test::sample_report());
  CHECK(says(text, "verifies after strip-footer is undone"));
  CHECK(says(text,
             "as signed: From Lemon <lemon@lemongrass.org> (shown: Lemon\\u202egrass "
             "<another@mail.lemongrass.org>)"));
  CHECK_FALSE(says(text, "as signed: Subject"));  // it is the Subject that is shown
}

TEST_CASE("what a signature leaves open is shown beside its result") {
  CHECK(says(text_of(test::sample_report()),
             "not signed: 12 bytes at the end of the body not signed: another subject, "
             "content-type"));
}

TEST_CASE("what a DKIM2 hop changed is told beside the chain's result") {
  CHECK(says(text_of(test::sample_report()), "l2.example changed Subject, added 1 line"));
}

TEST_CASE("a chain of ARC says whether its sealer counts here") {
  auto report = test::sample_report();
  CHECK(
      says(text_of(report), "ARC pass 1 set, sealed by list.example · its sealer is not trusted"));
  report.arc_counts = true;
  CHECK(says(text_of(report), "sealed by list.example · its sealer is trusted"));
}

TEST_CASE("a pass is plain only where the record says the same") {
  report::CheckRow row{"SPF", auth::Result::pass};
  CHECK(row.is_plain());
  auto then = recorded("spf", "pass");
  row.then = &then;
  CHECK(row.is_plain());
  then.recorded.method.result = "softfail";
  CHECK_FALSE(row.is_plain());
  CHECK_FALSE(report::CheckRow{"SPF", auth::Result::softfail}.is_plain());
  then.recorded.method.result = "none";
  CHECK_FALSE(row.is_plain());
}

TEST_CASE("a detail that a finding above tells is not told again beside the result") {
  auto report = test::sample_report();
  CHECK(says(text_of(report), "body-hash-mismatch · the body was changed"));
  report.findings = {trace::make_finding({"dkim-fail", "It fails: the body was changed."})};
  report.findings[0].severity = trace::Severity::info;  // left to -v
  CHECK(says(text_of(report), "body-hash-mismatch · the body was changed"));
  report.findings[0].severity = trace::Severity::low;
  CHECK(says(text_of(report), "lemongrass.org · body-hash-mismatch · verifies after"));
}

TEST_CASE("DMARC says why the author could not be checked though nothing is published") {
  auto report = test::sample_report();
  report.verdict.author = trace::AuthorState::unknown;
  report.dmarc.record_domain.reset();
  report.dmarc.result = auth::Result::none;
  CHECK_FALSE(says(text_of(report), "could not be judged"));
  report.dmarc.undecided = true;
  CHECK(says(text_of(report), "no policy is published · SPF or DKIM for it could not be judged"));
}

TEST_CASE("findings of one code are one row with all their places, and info is left to -v") {
  auto report = test::sample_report();
  const auto at = [](int hop, trace::Severity severity) {
    trace::Finding finding = trace::make_finding({"stamp-missing", "No time can be read."});
    finding.severity = severity;
    finding.hop = hop;
    return finding;
  };
  using trace::Severity;
  report.findings = {at(1, Severity::low), at(2, Severity::low), at(3, Severity::low),
                     at(5, Severity::low), trace::make_finding({"spf-none", "No record."})};
  const auto text = text_of(report);
  CHECK(says(text, "low stamp-missing ×4 No time can be read. (hops 1–3, 5)"));
  CHECK_FALSE(says(text, "No record."));
  CHECK(says(text, "1 note (info), "));
  CHECK(says(report::to_text(report, {false, 100, true}), "info spf-none No record."));
}

TEST_CASE("results that are alike are told once, with their number") {
  trace::Report report;
  dkim::Verdict verdict;
  verdict.domain = "a.example";
  verdict.result = auth::Result::pass;
  report.dkim = {verdict, verdict};
  report.recorded = {recorded("dkim", "pass")};
  report.recorded[0].recorded.authserv_id.reset();
  report.recorded[0].recorded.method.properties = {{"header.d", "a.example"}};
  CHECK(says(text_of(report), "Checks DKIM pass ×2 · DMARC none · now and at receipt Route"));
}
