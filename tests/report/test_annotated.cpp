#include <string>

#include "report/exchange/annotated.hpp"
#include "report/version.hpp"
#include "support/catch.hpp"
#include "support/sample_report.hpp"
#include "support/trace.hpp"

using namespace emltrace;

namespace {

const std::string kId = "mx.recipient.example";

std::string annotated(const std::string& message, const trace::Report& report) {
  const auto out = report::to_annotated(report, message, kId);
  REQUIRE(out);
  return *out;
}

trace::Report small_report() {
  trace::Report report;
  report.origin.ip = ip::Address::parse("203.0.113.9");
  report.verdict.level = trace::Level::suspicious;
  report.verdict.route = trace::RouteState::unverified;
  report.verdict.author = trace::AuthorState::contradicted;
  return report;
}

const std::string kOwn =
    "Authentication-Results: mx.recipient.example;\n"
    "    dkim=none;\n"
    "    dmarc=none;\n"
    "    arc=none\n"
    "X-Emltrace-Version: emltrace " +
    std::string(report::version()) +
    "\n"
    "X-Emltrace-Level: suspicious\n"
    "X-Emltrace-Route: unverified\n"
    "X-Emltrace-Author: contradicted\n"
    "X-Emltrace-Origin: 203.0.113.9\n";

std::string with_crlf(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

}  // namespace

TEST_CASE("the fields stand on top, and every byte below is what it was") {
  using namespace std::string_literals;
  const std::string message = "Subject: \xFF\0\x80\nFrom: a@b.example\n\nbody\r\nno end\0\xFE"s;
  REQUIRE(message.size() == 46);
  CHECK(annotated(message, small_report()) == kOwn + message);
}

TEST_CASE("new lines end as those of the message do") {
  const std::string message = "Subject: x\r\n\r\nbody\n";
  CHECK(annotated(message, small_report()) == with_crlf(kOwn) + message);
  CHECK(annotated("Subject: x\rTo: y\r\rbody", small_report())
            .starts_with("Authentication-Results: mx.recipient.example;\r    dkim=none;\r"));
}

TEST_CASE("the From line of an mbox stays on top") {
  const std::string from = "From a@b.example Tue May  5 10:00:03 2026\n";
  CHECK(annotated(from + "Subject: x\n\nbody\n", small_report()) ==
        from + kOwn + "Subject: x\n\nbody\n");
  const std::string quoted = "From x\n>From y\n";
  CHECK(annotated(quoted + "Subject: x\n\n", small_report()) == quoted + kOwn + "Subject: x\n\n");
}

TEST_CASE("RFC 8601 5: what bears our name, and the program's own fields, go wherever they stand") {
  CHECK(annotated("authentication-results: MX.Recipient.Example;\n spf=pass\n"
                  "Received: x\n"
                  "X-Emltrace-Level: clean\n"
                  "Subject: x\n"
                  "Authentication-Results: (a) mx.recipient.example 1; dkim=pass\n"
                  "x-emltrace-anything: y\n z\n\nX-Emltrace-Level: in the body\n",
                  small_report()) ==
        kOwn + "Received: x\nSubject: x\n\nX-Emltrace-Level: in the body\n");
}

TEST_CASE("fields in other names stay") {
  const std::string message =
      "Authentication-Results: mx.other.example; spf=pass\n"
      "Authentication-Results: mx.recipient.example.evil.example; spf=pass\n"
      "ARC-Authentication-Results: i=1; mx.recipient.example; spf=pass\n"
      "Authentication-Results: spf=pass\n"
      "X-Emltracer: y\nSubject: x\n\n";
  CHECK(annotated(message, small_report()) == kOwn + message);
}

TEST_CASE("RFC 8601 5: a version that is not 1 is understood by nobody, and goes") {
  CHECK(annotated("Authentication-Results: mx.other.example 2; spf=pass\nSubject: x\n\n",
                  small_report()) == kOwn + "Subject: x\n\n");
  const std::string one = "Authentication-Results: mx.other.example 1; spf=pass\nSubject: x\n\n";
  CHECK(annotated(one, small_report()) == kOwn + one);
}

namespace {

const std::string kBorder =
    "Received: from out.sender.example (out.sender.example [203.0.113.9])\n"
    "\tby mx.corp.example (Postfix) with ESMTPS id 4Zk1Ty0Qz7z3Xw;\n"
    "\tTue, 5 May 2026 10:00:03 +0000\n";
const std::string kEnd = "From: a@sender.example\nSubject: x\n\nbody\n";

// All that is not of this run, under the name of a host that is none of the recipient's.
std::string kept(const std::string& message) {
  const trace::Report report = test::trace_offline(message);
  const std::string out = annotated(message, report);
  const std::string last = "\nX-Emltrace-Unchecked: ";
  const std::size_t at = out.find('\n', out.find(last) + 1);
  return out.substr(at + 1);
}

std::string results_of(const std::string& id) {
  return "Authentication-Results: " + id + ";\n\tspf=pass smtp.mailfrom=a@sender.example\n";
}

}  // namespace

TEST_CASE("RFC 8601 5: results in the name of the recipient's hosts go where a stranger put them") {
  const std::string own = results_of("mx.corp.example");
  CHECK(kept(own + kBorder + kEnd) == own + kBorder + kEnd);
  CHECK(kept(own + kBorder + own + kEnd) == own + kBorder + kEnd);
  CHECK(kept(own + kBorder + results_of("MX2.Corp.Example") + kEnd) == own + kBorder + kEnd);
  CHECK(kept(own + kBorder + kEnd.substr(0, 23) + own + kEnd.substr(23)) == own + kBorder + kEnd);
  SECTION("what was not checked is a claim as well") {
    CHECK(kept(kBorder + "Authentication-Results: mx.corp.example; none\n" + kEnd) ==
          kBorder + kEnd);
    const std::string none = "Authentication-Results: mx.corp.example; none\n";
    CHECK(kept(none + kBorder + kEnd) == none + kBorder + kEnd);
  }
  SECTION("others state results in names of their own") {
    for (const char* id : {"out.sender.example", "corp.example.sender.example", "corp"}) {
      CAPTURE(id);
      const std::string message = own + kBorder + results_of(id) + kEnd;
      CHECK(kept(message) == message);
    }
  }
  SECTION("without a border nobody is known to be a stranger") {
    CHECK(kept(own + kEnd) == own + kEnd);
  }
}

TEST_CASE("results stay where a provider writes them below its line, or shares its name") {
  const std::string google =
      "Received: from out.sender.example (out.sender.example. [203.0.113.9])\n"
      "        by mx.google.com with ESMTPS id a640c23a62f3a-b2c3d4e5f6asi12345.2026.05.05;\n"
      "        Tue, 05 May 2026 03:00:03 -0700 (PDT)\n";
  const std::string message = google + results_of("mx.google.com") + kEnd;
  CHECK(kept(message) == message);
  // Another customer's mail passed there before.
  const std::string passed = message.substr(0, message.size() - kEnd.size()) + kBorder +
                             results_of("mx.google.com") + kEnd;
  CHECK(kept(passed) == passed);
  SECTION("but what bears the name of this run goes there too") {
    const std::string named = google + results_of(kId) + results_of("mx.google.com") + kEnd;
    CHECK(kept(named) == message);
  }
}

TEST_CASE("annotating again changes nothing") {
  const std::string once = annotated("Subject: x\r\n\r\nbody", small_report());
  CHECK(annotated(once, small_report()) == once);
}

TEST_CASE("what is not known has no field, findings are folded and each named once") {
  auto report = small_report();
  report.origin.ip.reset();
  report.verdict.unchecked = {"spf", "dns"};
  report.findings = {
      trace::make_finding({"helo-rdns-mismatch", "x"}), trace::make_finding({"forged-tail", "x"}),
      trace::make_finding({"stamp-missing", "x"}),      trace::make_finding({"dmarc-fail", "x"}),
      trace::make_finding({"header-bomb", "x"}),        trace::make_finding({"forged-tail", "x"})};
  const std::string out = annotated("Subject: x\n\n", report);
  CHECK(out.find("X-Emltrace-Origin") == std::string::npos);
  CHECK(out.find("X-Emltrace-Findings: helo-rdns-mismatch, forged-tail, stamp-missing,\n"
                 "    dmarc-fail, header-bomb\n"
                 "X-Emltrace-Unchecked: spf, dns\n") != std::string::npos);
}

TEST_CASE("where no header field stands at the start there is nothing to put fields on") {
  const auto report = small_report();
  CHECK_FALSE(report::to_annotated(report, "hello\nSubject: x\n\n", kId));
  CHECK_FALSE(report::to_annotated(report, "", kId));
  CHECK_FALSE(report::to_annotated(report, "\n\nhello\n", kId));
  CHECK_FALSE(report::to_annotated(report, std::string("S\0u\0b\0j\0e\0c\0t\0:\0 \0x\0", 20), kId));
}
