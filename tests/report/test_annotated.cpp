#include <string>

#include "report/exchange/annotated.hpp"
#include "report/version.hpp"
#include "support/catch.hpp"
#include "support/sample_report.hpp"

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

TEST_CASE("annotating again changes nothing") {
  const std::string once = annotated("Subject: x\r\n\r\nbody", small_report());
  CHECK(annotated(once, small_report()) == once);
}

TEST_CASE("what is not known has no field, findings are folded and each named once") {
  auto report = small_report();
  report.origin.ip.reset();
  report.verdict.unchecked = {"spf", "dns"};
  report.findings = {
      trace::make_finding("helo-rdns-mismatch", "x"), trace::make_finding("forged-tail", "x"),
      trace::make_finding("stamp-missing", "x"),      trace::make_finding("dmarc-fail", "x"),
      trace::make_finding("header-bomb", "x"),        trace::make_finding("forged-tail", "x")};
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
