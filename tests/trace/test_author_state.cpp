// What the re-run and the recipient's own record of the day say together, case by case.

#include "support/catch.hpp"
#include "trace/author/author_state.hpp"

using namespace emltrace;
using namespace emltrace::trace;
using auth::Alignment;
using auth::Result;

namespace {

/// What is found today of a message from ann@author.example, whose policy is `reject`.
Authentication found(Result dmarc) {
  Authentication auth;
  auth.dmarc.author_domain = "author.example";
  auth.dmarc.record = "v=DMARC1; p=reject";
  auth.dmarc.policy = "reject";
  auth.dmarc.result = dmarc;
  auth.dmarc.spf_aligned = false;
  auth.dmarc.dkim_aligned = false;
  return auth;
}

dkim::Verdict signature(Result result, dkim::Problem problem = dkim::Problem::none) {
  dkim::Verdict verdict;
  verdict.domain = "author.example";
  verdict.result = result;
  verdict.problem = problem;
  return verdict;
}

void add(Authentication& auth, dkim::Verdict verdict, Alignment alignment = Alignment::strict) {
  auth.dkim.push_back(std::move(verdict));
  auth.dmarc.dkim_alignment.push_back(alignment);
}

Authentication signed_now() {
  Authentication auth = found(Result::pass);
  auth.dmarc.dkim_aligned = true;
  add(auth, signature(Result::pass));
  return auth;
}
Authentication spf_alone() {
  Authentication auth = found(Result::pass);
  auth.dmarc.spf_aligned = true;
  return auth;
}
Authentication key_gone() {
  Authentication auth = found(Result::permerror);
  auth.dmarc.dkim_aligned = std::nullopt;
  auth.dmarc.undecided = true;
  add(auth, signature(Result::permerror, dkim::Problem::no_key));
  return auth;
}
Authentication no_mail_from() {
  Authentication auth = found(Result::permerror);
  auth.dmarc.spf_aligned = std::nullopt;
  auth.dmarc.undecided = true;
  return auth;
}
Authentication dns_failed() {
  Authentication auth = found(Result::temperror);
  auth.dmarc.spf_aligned = std::nullopt;
  return auth;
}
Authentication body_changed() {
  Authentication auth = found(Result::fail);
  dkim::Verdict verdict = signature(Result::fail, dkim::Problem::body_hash_mismatch);
  verdict.body_hash = dkim::Check::mismatch;
  verdict.signature = dkim::Check::match;
  add(auth, verdict);
  return auth;
}
Authentication header_changed() {
  Authentication auth = found(Result::fail);
  dkim::Verdict verdict = signature(Result::fail, dkim::Problem::signature_mismatch);
  verdict.body_hash = dkim::Check::match;
  verdict.signature = dkim::Check::mismatch;
  add(auth, verdict);
  return auth;
}
Authentication unsigned_now() {
  return found(Result::fail);
}

void record(Authentication& auth, const std::string& method, const std::string& result,
            bool trusted = true, const std::string& property = "header.from",
            const std::string& value = "author.example") {
  RecordedComparison entry;
  entry.trusted = trusted;
  entry.recorded.authserv_id = "mx.recipient.example";
  entry.recorded.method.method = method;
  entry.recorded.method.result = result;
  entry.recorded.method.properties.emplace_back(property, value);
  auth.recorded.push_back(std::move(entry));
}

Headers from_ann() {
  Headers headers;
  Mailbox ann;
  ann.local_part = "ann";
  ann.domain = "author.example";
  headers.from.push_back(ann);
  return headers;
}

std::string told(const Authentication& auth, bool dns_available = true) {
  const AuthorJudgement judged = judge_author(from_ann(), auth, dns_available);
  return std::string(to_string(judged.state)) + ", " +
         (judged.basis ? std::string(to_string(*judged.basis)) : "nothing") +
         (judged.differs ? ", differs" : "");
}

}  // namespace

TEST_CASE("the re-run and the record of the day, row by row") {
  struct Row {
    const char* now;
    Authentication auth;
    const char* with_pass;
    const char* with_fail;
    const char* with_none;
  };
  const Row rows[] = {
      {"a signature of the author's domain passes", signed_now(), "authenticated, both",
       "authenticated, now", "authenticated, now"},
      {"SPF alone passes", spf_alone(), "authenticated, both", "contradicted, recorded",
       "authenticated, now"},
      {"the key is gone", key_gone(), "authenticated, recorded", "contradicted, recorded",
       "unknown, nothing"},
      {"MAIL FROM is not known", no_mail_from(), "authenticated, recorded",
       "contradicted, recorded", "unknown, nothing"},
      {"DNS failed", dns_failed(), "authenticated, recorded", "contradicted, recorded",
       "unknown, nothing"},
      {"the body was changed since", body_changed(), "authenticated, recorded",
       "contradicted, both", "contradicted, now"},
      {"a signed field differs, and no change explains it", header_changed(),
       "unauthenticated, recorded, differs", "contradicted, both", "contradicted, now"},
      {"nothing signed, SPF fails", unsigned_now(), "unauthenticated, recorded, differs",
       "contradicted, both", "contradicted, now"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.now);
    CHECK(told(row.auth) == row.with_none);
    for (const auto& [result, expected] :
         {std::pair("pass", row.with_pass), std::pair("fail", row.with_fail)}) {
      CAPTURE(result);
      Authentication auth = row.auth;
      record(auth, "dmarc", result);
      CHECK(told(auth) == expected);
      // Anybody can write such a field.
      auth.recorded.front().trusted = false;
      CHECK(told(auth) == row.with_none);
      // A result about another author says nothing of this one.
      Authentication of_another = row.auth;
      record(of_another, "dmarc", result, true, "header.from", "other.example");
      CHECK(told(of_another) == row.with_none);
    }
  }
}

TEST_CASE("without DNS nothing fails, and the record of the day alone speaks") {
  CHECK(told(unsigned_now(), false) == "unknown, nothing");
  Authentication passed = unsigned_now(), failed = unsigned_now();
  record(passed, "dmarc", "pass");
  record(failed, "dmarc", "fail");
  CHECK(told(passed, false) == "authenticated, recorded");
  CHECK(told(failed, false) == "contradicted, recorded");
}

TEST_CASE("a failure contradicts only where the domain asks for more than to be told of it") {
  for (const char* policy : {"quarantine", "reject"}) {
    Authentication auth = unsigned_now();
    auth.dmarc.policy = policy;
    CHECK(told(auth) == "contradicted, now");
  }
  Authentication none = unsigned_now();
  none.dmarc.policy = "none";
  CHECK(told(none) == "unauthenticated, now");
  Authentication unpublished = unsigned_now();
  unpublished.dmarc.record.reset();
  unpublished.dmarc.policy.reset();
  CHECK(told(unpublished) == "unauthenticated, now");
  Authentication other_rules = unsigned_now();
  other_rules.dmarc.passes_under = dmarc::Mode::rfc7489;
  CHECK(told(other_rules) == "unauthenticated, now");
}

TEST_CASE("a repair shows who signed, which is no pass and no contradiction") {
  Authentication repaired = header_changed();
  repaired.dkim.front().verifies_after = {"strip-subject-tag"};
  CHECK(told(repaired) == "unauthenticated, now");
  Authentication of_another = header_changed();
  of_another.dkim.front().verifies_after = {"strip-subject-tag"};
  of_another.dmarc.dkim_alignment.front() = Alignment::none;
  CHECK(told(of_another) == "contradicted, now");
  record(repaired, "dmarc", "pass");
  CHECK(told(repaired) == "authenticated, recorded");
}

TEST_CASE("a recorded pass of the author's signature stands for a recorded pass of DMARC") {
  Authentication auth = key_gone();
  record(auth, "dkim", "pass", true, "header.d", "mail.author.example");
  CHECK(told(auth) == "authenticated, recorded");
  Authentication of_another = key_gone();
  record(of_another, "dkim", "pass", true, "header.i", "@service.example");
  CHECK(told(of_another) == "unknown, nothing");
  Authentication failed = key_gone();
  record(failed, "dkim", "fail", true, "header.d", "author.example");
  CHECK(told(failed) == "unknown, nothing");
}

TEST_CASE(
    "a failure for the recipient's own gateway is not held against the sender, a pass counts") {
  Authentication failed = key_gone(), passed = key_gone();
  record(failed, "dmarc", "fail");
  record(passed, "dmarc", "pass");
  failed.recorded.front().of_other_client = passed.recorded.front().of_other_client = true;
  CHECK(told(failed) == "unknown, nothing");
  CHECK(told(passed) == "authenticated, recorded");
}

TEST_CASE("a signature that leaves shown text open vouches for nothing") {
  Authentication open = signed_now();
  open.partial = {true};
  CHECK(is_signed_in_part(open));
  CHECK(told(open) == "unauthenticated, now");

  Authentication whole = signed_now();
  whole.partial = {false};
  CHECK_FALSE(is_signed_in_part(whole));
  CHECK(told(whole) == "authenticated, now");

  Authentication beside = open;  // a second signature covers all of it
  add(beside, signature(Result::pass));
  beside.partial.push_back(false);
  CHECK(told(beside) == "authenticated, now");

  Authentication of_another = open;
  add(of_another, signature(Result::pass), Alignment::none);
  of_another.partial.push_back(false);
  CHECK(told(of_another) == "unauthenticated, now");

  Authentication with_spf = open;  // the domain's own server sent the whole of it
  with_spf.dmarc.spf_aligned = true;
  CHECK(told(with_spf) == "authenticated, now");
}

TEST_CASE("no author, no judgement") {
  Authentication auth = signed_now();
  const AuthorJudgement judged = judge_author(Headers{}, auth, true);
  CHECK(judged.state == AuthorState::unknown);
  CHECK_FALSE(judged.basis);
  auth.dmarc.author_domain.reset();
  CHECK(told(auth) == "unknown, nothing");
}
