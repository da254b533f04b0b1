#include <algorithm>
#include <set>
#include <string>

#include "support/catch.hpp"
#include "trace/finding/kinds.hpp"
#include "trace/finding/sentence.hpp"

using namespace emltrace::trace;

namespace {

bool is_code(std::string_view code) {
  return !code.empty() && code.front() != '-' && code.back() != '-' &&
         std::all_of(code.begin(), code.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

std::ptrdiff_t sentences(std::string_view text) {
  std::ptrdiff_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '.' && (i + 1 == text.size() || text[i + 1] == ' ')) ++count;
  }
  return count;
}

bool is_prose(std::string_view text) {
  return !text.empty() && text.back() == '.' && text.find("  ") == std::string_view::npos &&
         sentences(text) <= 4;
}

}  // namespace

TEST_CASE("the catalogue is ordered by code, and each code stands once") {
  const auto kinds = finding_kinds();
  REQUIRE_FALSE(kinds.empty());
  for (std::size_t i = 1; i < kinds.size(); ++i) {
    CAPTURE(kinds[i].code.text());
    CHECK(kinds[i - 1].code.text() < kinds[i].code.text());
  }
}

TEST_CASE("every code that can be made has its row") {
  REQUIRE(finding_kinds().size() == code_rows::kRows.size());
  for (std::size_t i = 0; i < code_rows::kRows.size(); ++i) {
    CHECK(finding_kinds()[i].code.text() == code_rows::kRows[i].text);
  }
}

TEST_CASE("every row of the catalogue explains itself in a few sentences") {
  std::set<std::string_view> titles;
  for (const FindingKind& kind : finding_kinds()) {
    CAPTURE(kind.code.text());
    CHECK(is_code(kind.code));
    CHECK_FALSE(kind.title.empty());
    CHECK(kind.title.size() <= 80);
    CHECK(kind.title.back() != '.');
    CHECK(titles.insert(kind.title).second);
    CHECK(is_prose(kind.meaning));
    CHECK(is_prose(kind.evidence));
    CHECK(is_prose(kind.innocent));
    CHECK(is_prose(kind.next));
  }
}

TEST_CASE("a kind is found by its code alone") {
  for (const FindingKind& kind : finding_kinds()) CHECK(find_kind(kind.code) == &kind);
  CHECK(find_kind("") == nullptr);
  CHECK(find_kind("zzz") == nullptr);
  CHECK(find_kind("HELO-BOGUS") == nullptr);
  CHECK(find_kind("helo") == nullptr);
}

TEST_CASE("no code that scripts may rely on has gone") {
  for (const char* code : {"address-incomplete",
                           "arc-fail",
                           "author-not-on-path",
                           "bare-cr-lf",
                           "bidi-control",
                           "brand-elsewhere",
                           "by-not-mx",
                           "by-unresolvable",
                           "client-is-date",
                           "clock-skew",
                           "clock-token-mismatch",
                           "control-char",
                           "date-after-receipt",
                           "date-far",
                           "date-missing",
                           "date-syntax",
                           "dkim-algorithm",
                           "dkim-error",
                           "dkim-expired",
                           "dkim-fail",
                           "dkim-length-tag",
                           "dkim-no-key",
                           "dkim-replay-likely",
                           "dkim-weak-key",
                           "dkim2-body-hidden-text",
                           "dkim2-changed-after-last-signature",
                           "dkim2-content-withheld",
                           "dkim2-custody-broken",
                           "dkim2-fail",
                           "dkim2-from-rewritten",
                           "dkim2-modified",
                           "dkim2-old-rules",
                           "dkim2-pass",
                           "dkim2-present",
                           "dkim2-recipe-false",
                           "dkim2-replay",
                           "dkim2-return-mismatch",
                           "dkim2-testing",
                           "dkim2-unknown-draft",
                           "dkim2-unsigned-forwarder",
                           "dkim2-unverifiable",
                           "dkim2-weak-key",
                           "dmarc-fail",
                           "dmarc-record-fault",
                           "dns-failed",
                           "duplicate-header",
                           "encoded-word-address",
                           "envelope-author-differs",
                           "fcrdns-fail",
                           "for-not-recipient",
                           "forged-tail",
                           "from-default-tenant",
                           "from-display-address",
                           "from-homograph",
                           "from-line-differs",
                           "from-missing",
                           "from-multiple",
                           "from-quoted-at",
                           "from-single-label",
                           "from-without-ip",
                           "group-or-route-address",
                           "header-bomb",
                           "header-name-space",
                           "helo-bare-ip",
                           "helo-bogus",
                           "helo-is-own-name",
                           "helo-literal-mismatch",
                           "helo-rdns-mismatch",
                           "helo-single-label",
                           "id-reused",
                           "id-shape",
                           "identity-injection",
                           "input-mended",
                           "ip-bogon",
                           "ip-invalid",
                           "link-broken",
                           "message-id-above-received",
                           "message-id-by-relay",
                           "message-id-domain",
                           "message-id-missing",
                           "mixed-scripts",
                           "nul-byte",
                           "open-relay",
                           "overlong-line",
                           "own-domain-imitation",
                           "person-elsewhere",
                           "provider-imitation",
                           "provider-route-missing",
                           "raw-8bit-header",
                           "rdns-missing",
                           "rdns-recorded-differs",
                           "received-below-author-headers",
                           "recorded-disagrees",
                           "recorded-untrusted",
                           "reply-to-free-mailer",
                           "return-path-misplaced",
                           "smuggling-trace",
                           "spf-broken-by-forwarding",
                           "spf-error",
                           "spf-fail",
                           "spf-none",
                           "spf-softfail",
                           "stamp-missing",
                           "stray-line",
                           "styled-letters",
                           "time-gap",
                           "time-reversed",
                           "unparsed-received",
                           "weekday-wrong",
                           "with-keyword",
                           "zone-impossible",
                           "zone-name-mismatch"}) {
    CAPTURE(code);
    CHECK(find_kind(code) != nullptr);
  }
}

TEST_CASE("severities have stable words") {
  CHECK(to_string(Severity::info) == "info");
  CHECK(to_string(Severity::low) == "low");
  CHECK(to_string(Severity::medium) == "medium");
  CHECK(to_string(Severity::high) == "high");
  CHECK(find_kind("forged-tail")->severity() == Severity::high);
  CHECK(find_kind("clock-token-mismatch")->severity() == Severity::high);
  CHECK(find_kind("helo-rdns-mismatch")->severity() == Severity::medium);
  CHECK(find_kind("link-broken")->severity() == Severity::low);
}

TEST_CASE("a sentence and its values name the same things, or it does not compile") {
  using emltrace::trace::sentence_rows::fits;
  using A = emltrace::trace::sentence_rows::Value<"a", int>;
  using B = emltrace::trace::sentence_rows::Value<"b", int>;
  STATIC_REQUIRE(fits<>("No value."));
  STATIC_REQUIRE(fits<A, B>("{b} before {a}, and {b} again"));
  STATIC_REQUIRE(fits<A>("0x{a:02X}"));
  STATIC_REQUIRE_FALSE(fits<A>("No place."));
  STATIC_REQUIRE_FALSE(fits<>("No value for {a}."));
  STATIC_REQUIRE_FALSE(fits<A>("{a} without {b}"));
  STATIC_REQUIRE_FALSE(fits<A, B>("{a} {a}"));
}

TEST_CASE("a sentence carries its code, and takes values as they are") {
  const auto sentence =
      emltrace::trace::say<"date-far/future">(emltrace::trace::with<"span">("{host}"));
  CHECK(sentence.code == Code("date-far"));
  CHECK(sentence.text == "The Date field lies {host} in the future.");
  const auto finding = emltrace::trace::make_finding(sentence, {{"date", "x"}});
  CHECK(finding.code == Code("date-far"));
  CHECK(finding.severity == finding.code.severity());
  CHECK(finding.message == sentence.text);
  CHECK(finding.evidence.size() == 1);
}
