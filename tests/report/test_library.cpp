#include <algorithm>
#include <thread>

#include "report/json/json.hpp"
#include "report/library/api.hpp"
#include "report/library/content.hpp"
#include "report/version.hpp"
#include "support/catch.hpp"
#include "support/sample_report.hpp"

using namespace emltrace;

namespace {

const std::string kMessage =
    "Return-Path: <a@sender.example>\r\n"
    "Received: from mail.sender.example (mail.sender.example [124.211.3.78])\r\n"
    "\tby mx.recipient.example (Postfix) with ESMTP id 88BFF24001F0\r\n"
    "\tfor <r@recipient.example>; Tue, 5 May 2026 10:00:03 +0000 (UTC)\r\n"
    "From: Someone <a@sender.example>\r\n"
    "To: r@recipient.example\r\n"
    "Subject: hello\r\n"
    "Date: Tue, 5 May 2026 09:59:59 +0000\r\n"
    "Message-ID: <1@sender.example>\r\n"
    "\r\n"
    "Hello.\r\n";

const std::string kZone =
    "sender.example. 300 IN TXT \"v=spf1 ip4:124.211.3.78 -all\"\n"
    "mail.sender.example. 300 IN A 124.211.3.78\n"
    "78.3.211.124.in-addr.arpa. 300 IN PTR mail.sender.example.\n"
    "_dmarc.sender.example. 300 IN TXT \"v=DMARC1; p=reject\"\n"
    "mx.recipient.example. 300 IN A 198.18.0.1\n"
    "recipient.example. 300 IN MX 10 mx.recipient.example.\n";

v1::Options with_zone() {
  v1::Options options;
  options.zone = kZone;
  options.now = test::at("2026-11-01T00:00:00Z");
  return options;
}

/// The words of both enumerations, value by value.
template <class Public, class Own>
bool same_words(std::initializer_list<std::pair<Public, Own>> pairs) {
  return std::all_of(pairs.begin(), pairs.end(), [](const auto& pair) {
    return to_string(pair.first) == to_string(pair.second) &&
           static_cast<int>(pair.first) == static_cast<int>(pair.second);
  });
}

}  // namespace

TEST_CASE("each word of the library is that of the report") {
  using trace::AuthorState;
  using trace::RouteState;
  CHECK(same_words<v1::Level, trace::Level>({{v1::Level::clean, trace::Level::clean},
                                             {v1::Level::notice, trace::Level::notice},
                                             {v1::Level::suspicious, trace::Level::suspicious},
                                             {v1::Level::forged, trace::Level::forged}}));
  CHECK(same_words<v1::Route, RouteState>({{v1::Route::consistent, RouteState::consistent},
                                           {v1::Route::unverified, RouteState::unverified},
                                           {v1::Route::contradicted, RouteState::contradicted},
                                           {v1::Route::absent, RouteState::absent}}));
  CHECK(same_words<v1::Author, AuthorState>(
      {{v1::Author::authenticated, AuthorState::authenticated},
       {v1::Author::unauthenticated, AuthorState::unauthenticated},
       {v1::Author::contradicted, AuthorState::contradicted},
       {v1::Author::unknown, AuthorState::unknown}}));
  CHECK(same_words<v1::Standing, trace::Standing>(
      {{v1::Standing::own, trace::Standing::own},
       {v1::Standing::border, trace::Standing::border},
       {v1::Standing::corroborated, trace::Standing::corroborated},
       {v1::Standing::unverified, trace::Standing::unverified},
       {v1::Standing::contradicted, trace::Standing::contradicted},
       {v1::Standing::discarded, trace::Standing::discarded}}));
  CHECK(same_words<v1::Severity, trace::Severity>({{v1::Severity::info, trace::Severity::info},
                                                   {v1::Severity::low, trace::Severity::low},
                                                   {v1::Severity::medium, trace::Severity::medium},
                                                   {v1::Severity::high, trace::Severity::high}}));
}

TEST_CASE("a report of the library tells what the report holds") {
  const v1::Report report = report::library::make_report(test::sample_report());
  CHECK(report.level() == v1::Level::forged);
  REQUIRE(report.hops().size() == 2);
  const v1::Hop border = report.hops()[1];
  CHECK(border.number == 2);
  CHECK(border.line == 8);
  CHECK(border.standing == v1::Standing::border);
  CHECK(border.from_ip == "202.99.11.120");
  CHECK(border.from_helo == "galangal.org");
  CHECK(border.from_rdns == "linuxaid.com.cn");
  CHECK(border.by_host == "mail.alpha.com.cn");
  CHECK(border.stamp == test::at("1997-03-18T22:39:24Z"));
  CHECK(border.delay_s == -7500);
  CHECK(border.findings == std::vector<std::string>{"helo-rdns-mismatch", "clock-token-mismatch"});
  CHECK_FALSE(report.hops()[0].from_ip);
  CHECK_FALSE(report.hops()[0].stamp);
  const auto checks = report.checks();
  const auto softfail = std::find_if(checks.begin(), checks.end(),
                                     [](const auto& check) { return check.method == "spf"; });
  REQUIRE(softfail != checks.end());
  CHECK(softfail->result == "softfail");
  CHECK(checks.back().method == "dkim2");
  CHECK(checks.back().problem == "rcpt-to-mismatch");
  CHECK(to_json(report, v1::JsonLayout::line) ==
        report::to_json(test::sample_report(), report::JsonLayout::line));
  CHECK(to_json(report) == report::to_json(test::sample_report(), report::JsonLayout::indented));
}

TEST_CASE("bytes and options go in, a report comes out") {
  const v1::Outcome outcome = v1::trace(kMessage, with_zone());
  CHECK_FALSE(outcome.error);
  CHECK(outcome.unread.empty());
  REQUIRE(outcome.reports.size() == 1);
  const v1::Report& report = outcome.reports[0];
  CHECK(report.level() == v1::Level::clean);
  CHECK(report.author() == v1::Author::authenticated);
  CHECK(report.origin().ip == "124.211.3.78");
  CHECK(report.origin().rdns == "mail.sender.example");
  CHECK(report.envelope().client_ip == "124.211.3.78");
  CHECK(report.envelope().mail_from == "a@sender.example");
  CHECK(report.envelope().received_at == test::at("2026-05-05T10:00:03Z"));
  CHECK(report.dns_failures() == 0);
  CHECK_FALSE(report.part());
  CHECK(to_text(report).find("\nVerdict   clean") != std::string::npos);
}

TEST_CASE("what the user knows overrides what the trace says") {
  auto options = with_zone();
  options.name = "case 7";
  options.client_ip = "198.51.100.9";
  options.mail_from = "<>";
  const v1::Outcome outcome = v1::trace(kMessage, options);
  REQUIRE(outcome.reports.size() == 1);
  CHECK(outcome.reports[0].envelope().client_ip == "198.51.100.9");
  CHECK(outcome.reports[0].envelope().mail_from == "");
  CHECK(to_json(outcome.reports[0]).find("\"path\": \"case 7\"") != std::string::npos);
}

TEST_CASE("imitations of the user's own domains and people are told") {
  v1::Options options;
  options.offline = true;
  options.own = {"bellwood.com"};
  options.vip = {"Ann Roe"};
  const auto codes = [&](const char* from) {
    std::vector<std::string> out;
    const std::string message = std::string("From: ") + from + "\nSubject: x\n\nx\n";
    for (const auto& finding : v1::trace(message, options).reports.at(0).findings()) {
      if (finding.severity == v1::Severity::medium) out.push_back(finding.code);
    }
    std::sort(out.begin(), out.end());
    return out;
  };
  CHECK(codes("Ann Roe <ann@be11wood.com>") ==
        std::vector<std::string>{"own-domain-imitation", "person-elsewhere"});
  CHECK(codes("Ann Roe <ann@bellwood.com>").empty());
}

TEST_CASE("offline nobody is asked and DNS decides nothing") {
  v1::Options options;
  options.offline = true;
  const v1::Outcome outcome = v1::trace(kMessage, options);
  REQUIRE(outcome.reports.size() == 1);
  CHECK(outcome.reports[0].author() == v1::Author::unknown);
  CHECK(to_json(outcome.reports[0]).find("\"mode\": \"offline\"") != std::string::npos);
}

TEST_CASE("each message attached is a report of its own where all are asked for") {
  const std::string outer =
      "From: r@recipient.example\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
      "--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n"
      "--b\r\nContent-Type: message/rfc822\r\n\r\n" +
      kMessage + "\r\n--b--\r\n";
  auto options = with_zone();
  options.attached = v1::Attached::all;
  const v1::Outcome outcome = v1::trace(outer, options);
  REQUIRE(outcome.reports.size() == 2);
  CHECK_FALSE(outcome.reports[0].part());
  CHECK(outcome.reports[1].part() == "2");
  options.attached = v1::Attached::never;
  CHECK(v1::trace(outer, options).reports.size() == 1);
}

TEST_CASE("a wrong option is told by its name, and nothing is traced") {
  struct Case {
    const char* named;
    void (*spoil)(v1::Options&);
  };
  const std::vector<Case> cases{
      {"trust: ", [](v1::Options& o) { o.trust = {"mx.example", "a b"}; }},
      {"own: ", [](v1::Options& o) { o.own = {"localhost"}; }},
      {"vip: ", [](v1::Options& o) { o.vip = {"Ann", " "}; }},
      {"border: ", [](v1::Options& o) { o.border = 0; }},
      {"client_ip: ", [](v1::Options& o) { o.client_ip = "999.1.2.3"; }},
      {"mail_from: ", [](v1::Options& o) { o.mail_from = "a b"; }},
      {"rcpt_to: ", [](v1::Options& o) { o.rcpt_to = "a b"; }},
      {"zone:2: ", [](v1::Options& o) { o.zone = "a.example. IN A 192.0.2.1\nb IN A x\n"; }},
      {"resolvers: ",
       [](v1::Options& o) {
         o.zone.reset();
         o.resolvers = {"nonsense"};
       }},
      {"timeout: ", [](v1::Options& o) { o.timeout = std::chrono::milliseconds(0); }},
      {"deadline: ", [](v1::Options& o) { o.deadline = std::chrono::milliseconds(-1); }},
  };
  for (const auto& c : cases) {
    auto options = with_zone();
    c.spoil(options);
    const v1::Outcome outcome = v1::trace(kMessage, options);
    CAPTURE(c.named);
    CHECK(outcome.reports.empty());
    REQUIRE(outcome.error);
    CAPTURE(*outcome.error);
    CHECK(outcome.error->starts_with(c.named));
  }
}

TEST_CASE("bytes that are no message, or lack the hop, are told as unread") {
  const v1::Outcome nothing = v1::trace("", with_zone());
  CHECK(nothing.reports.empty());
  CHECK(nothing.unread.size() == 1);
  CHECK_FALSE(nothing.error);
  auto options = with_zone();
  options.border = 9;
  const v1::Outcome beyond = v1::trace(kMessage, options);
  CHECK(beyond.reports.empty());
  CHECK(beyond.unread == std::vector<std::string>{"border: there is no hop 9, the message has 1"});
}

TEST_CASE("several threads trace at once and say the same") {
  const std::string expected = v1::trace(kMessage, with_zone()).reports.at(0).summary();
  std::vector<std::string> said(4);
  std::vector<std::thread> threads;
  for (auto& mine : said) {
    threads.emplace_back(
        [&mine] { mine = v1::trace(kMessage, with_zone()).reports.at(0).summary(); });
  }
  for (auto& thread : threads) thread.join();
  CHECK(said == std::vector<std::string>(4, expected));
}

TEST_CASE("the library and the command are of one version") {
  CHECK(v1::version() == report::version());
}
