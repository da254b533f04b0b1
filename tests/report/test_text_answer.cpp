#include <fmt/format.h>

#include <algorithm>

#include "report/text/details.hpp"
#include "report/text/phrases.hpp"
#include "report/text/section.hpp"
#include "report/text/sections.hpp"
#include "report/text/text.hpp"
#include "report/text/vendor_names.hpp"
#include "support/catch.hpp"
#include "support/sample_report.hpp"
#include "support/says.hpp"
#include "trace/author/filter_rows.hpp"

using namespace emltrace;
using test::says;

namespace {

std::string text_of(const trace::Report& report) {
  return report::to_text(report, {false, 100, false});
}

std::string first_screen() {
  return text_of(test::sample_report());
}

trace::Report clean_report() {
  auto report = test::sample_report();
  report.verdict = {trace::Level::clean,
                    trace::RouteState::consistent,
                    trace::AuthorState::authenticated,
                    trace::Basis::both,
                    {},
                    ""};
  report.findings.clear();
  report.repairs.clear();
  report.enrichment = {};
  report.filters.clear();
  report.handles.clear();
  report.hops = {test::border_hop()};
  report.hops[0].number = 1;
  report.envelope.from_hop = 1;
  report.origin.hop = 1;
  report.origin.claimed_ip.reset();
  report.spf[0].result = auth::Result::pass;
  report.dkim = {};
  report.dkim2 = {};
  report.arc = {};
  report.dmarc.result = auth::Result::pass;
  report.dmarc.spf_aligned = true;
  report.recorded = {};
  return report;
}

}  // namespace

TEST_CASE("the first screen opens with verdict, origin, claims, author and route, in that order") {
  const auto text = first_screen();
  std::size_t at = 0;
  for (const char* label :
       {"\nVerdict   forged  ", "\nOrigin    202.99.11.120  linuxaid.com.cn",
        "\nClaimed   203.0.113.7 · the sender's word (hop 1)\n",
        "\nAuthor    Lemon\\u202egrass <another@mail.lemongrass.org>", "\nSubject   你好\n",
        "\nRoute     contradicted · ", "\nFindings\n", "\nChecks    now\n"}) {
    CAPTURE(label);
    const auto found = text.find(label);
    CHECK(found != std::string::npos);
    CHECK(found >= at);
    at = found;
  }
  CHECK(says(text, "recorded at the border (hop 2) · confidence high"));
}

TEST_CASE("the headline is the road where that is the reason, else the gravest finding, counted") {
  auto report = test::sample_report();
  CHECK(says(text_of(report), "forged The client announced a name that is not its own · rests"));
  report.findings.push_back(trace::make_finding({"from-homograph", "Another."}));
  CHECK(says(text_of(report), "not its own, and 1 more reason below rests"));
  report.verdict.level = trace::Level::clean;
  report.verdict.route = trace::RouteState::unverified;
  CHECK(says(text_of(report), "clean Part of the route rests on the sender's word · rests"));
  report.verdict.route = trace::RouteState::absent;
  CHECK(says(text_of(report), "clean There is no route to trace · rests"));
  report.hops[0].standing = trace::Standing::contradicted;
  report.verdict.route = trace::RouteState::contradicted;
  CHECK(says(text_of(report), "The route is contradicted from hop 1 down · rests"));
  report.hops[0].standing_proven = true;
  CHECK(says(text_of(report), "The route is forged from hop 1 down · rests"));
}

TEST_CASE("a message that was handed on after its delivery names who did it") {
  auto report = clean_report();
  report.findings = {trace::make_finding({"spf-broken-by-forwarding", "Forwarded."})};
  CHECK(says(text_of(report), "The route holds together, forwarded by linuxaid.com.cn rests"));
}

TEST_CASE("below the level stands what it rests on and what was not checked") {
  auto report = test::sample_report();
  report.verdict.basis = trace::Basis::both;
  report.verdict.unchecked = {"dkim", "dns"};
  CHECK(
      says(text_of(report),
           "rests on checks now and the record at receipt · not checked: DKIM, host names Origin"));
  report.verdict.unchecked.clear();
  CHECK(says(text_of(report), "record at receipt Origin"));
  report.verdict.basis.reset();
  CHECK(says(text_of(report), "no check could decide about the author Origin"));
}

TEST_CASE("offline one line says what was not checked, and no answer is blamed again") {
  auto report = test::sample_report();
  report.verdict.basis.reset();
  report.verdict.unchecked = {"spf", "dkim", "dmarc", "dns"};
  report.verdict.author = trace::AuthorState::unknown;
  report.dns = {"offline", {}, 0, 0, 3, {"a.example TXT: offline", "b.example A: offline"}, 0};
  report.dmarc.result = auth::Result::temperror;
  report.dmarc.problem = "_dmarc.lemongrass.org: offline";
  report.recorded[0].trusted = true;
  const auto text = text_of(report);
  CHECK(says(text, "not checked: SPF, DKIM, DMARC, host names (offline)"));
  std::size_t times = 0;
  for (auto at = text.find("offline"); at != std::string::npos; at = text.find("offline", at + 1))
    ++times;
  CHECK(times == 1);
  CHECK(says(text, "not checked ·") == false);
  CHECK_FALSE(says(text, "Checks now"));
  CHECK(says(text, "Checks recorded at receipt by mx.example SPF pass"));
  const auto verbose = report::to_text(report, {false, 100, true});
  CHECK_FALSE(says(verbose, "Unchecked a.example"));
}

TEST_CASE("an address below the border is stated, and what the border saw stands beside it") {
  auto report = test::sample_report();
  report.origin.ip = ip::Address::parse("198.51.100.7");
  report.origin.hop = 1;
  report.origin.recorded_by = "relay.example";
  report.origin.confidence = "medium";
  CHECK(says(text_of(report),
             "stated by relay.example (hop 1) · confidence medium · the border (hop 2) saw "
             "202.99.11.120"));
}

TEST_CASE("who recorded the origin is named where the road does not name him in that hop") {
  auto report = test::sample_report();
  CHECK(says(text_of(report), "recorded at the border (hop 2) · confidence high"));
  report.origin.recorded_by = "mx.google.com";  // of a result about that connection
  CHECK(says(text_of(report), "recorded by mx.google.com at the border (hop 2)"));
  report = test::sample_report();
  report.envelope.from_hop.reset();
  CHECK(says(text_of(report), "recorded in hop 2 · confidence high"));
  auto other = report.hops[1];
  other.number = 3;
  for (auto* hop : {&report.hops[1], &other}) {
    hop->standing = trace::Standing::own;
    hop->delay_s = 1;
  }
  report.hops.push_back(other);
  CHECK(says(text_of(report), "recorded by mail.alpha.com.cn (hop 2)"));  // folded with hop 3
}

TEST_CASE("an origin that is not known says why") {
  auto report = test::sample_report();
  report.origin = {};
  report.origin.reason = "no line names an address";
  CHECK(says(text_of(report), "Origin unknown: no line names an address"));
  report.hops.clear();
  report.verdict.route = trace::RouteState::absent;
  CHECK(says(text_of(report), "Route absent Findings"));
  report.origin.ip = ip::Address::parse("202.99.11.120");  // of the command line
  CHECK(says(text_of(report), "Route absent · there is no Received field, nothing to trace"));
}

TEST_CASE("the network and the block lists of the origin are told where they were looked up") {
  auto report = test::sample_report();
  report.enrichment = {};
  CHECK_FALSE(says(text_of(report), "AS"));
  report.enrichment.asn = trace::Network{4808, {}, "CHINA169-BJ", "202.99.0.0/18", "CN"};
  const auto listing = [](const char* zone, std::optional<bool> listed) {
    trace::Listing out;
    out.zone = zone;
    out.subject = "202.99.11.120";
    out.listed = listed;
    return out;
  };
  report.enrichment.dnsbl = {listing("bl.example", true), listing("clear.example", false),
                             listing("silent.example", std::nullopt)};
  report.enrichment.dnsbl[0].codes = {"127.0.0.2"};
  report.enrichment.dnsbl[0].meaning = "spam source";
  report.enrichment.claimed_asn = trace::Network{64500, {}, std::nullopt, std::nullopt, "DE"};
  const auto text = text_of(report);
  CHECK(says(text, "AS4808 CHINA169-BJ, 202.99.0.0/18, CN recorded at the border (hop 2)"));
  CHECK(says(text, "listed by bl.example: spam source (127.0.0.2)"));
  CHECK(says(text, "not listed by clear.example"));
  CHECK(says(text, "203.0.113.7 · the sender's word (hop 1) · AS64500, DE"));
  CHECK(says(text, "not known of silent.example: it did not answer"));
}

TEST_CASE("a list's error is told as what is not known, and its own words as its own") {
  auto report = test::sample_report();
  trace::Listing listing;
  listing.zone = "zen.spamhaus.org";
  listing.subject = "202.99.11.120";
  listing.codes = {"127.255.255.254"};
  listing.problem = "the list does not answer questions that come through a public resolver";
  report.enrichment = {};
  report.enrichment.dnsbl = {listing};
  CHECK(
      says(text_of(report),
           "not known of zen.spamhaus.org: the list does not answer questions that come through"));
  CHECK_FALSE(says(text_of(report), "listed by"));
  report.enrichment.dnsbl[0].listed = true;
  report.enrichment.dnsbl[0].reason = "spam was seen";
  CHECK(says(report::to_text(report, {false, 100, true}), "the list says: spam was seen"));
}

TEST_CASE("of each address that takes reports it is told for whom, and what is only a guess") {
  auto report = test::sample_report();
  report.handles.clear();
  report.enrichment = {};
  report.envelope.client_ip = ip::Address::parse("203.0.113.80");
  report.origin.ip = ip::Address::parse("198.51.100.7");
  report.enrichment.client_abuse = {{"abuse@near.example", "abusix"}};
  report.enrichment.abuse = {{"abuse@far.example", "abuse.net"}, {"abuse@host.example", "rfc2142"}};
  CHECK(says(text_of(report),
             "Act abuse@near.example · for the network of 203.0.113.80, by Abusix "
             "abuse@far.example · for the domain of the host 198.51.100.7, by abuse.net "
             "abuse@host.example · a guess by RFC 2142: nobody confirmed it"));
  CHECK_FALSE(says(text_of(report), "not known: a look-up"));
  SECTION("no answer is not nobody") {
    report.enrichment.client_abuse.clear();
    report.enrichment.abuse.clear();
    report.enrichment.abuse_outcome = trace::LookedUp::none;
    CHECK_FALSE(says(text_of(report), "Act "));
    report.enrichment.abuse_outcome = trace::LookedUp::unknown;
    CHECK(says(text_of(report), "Act who takes reports is not known: a look-up got no answer"));
    report.enrichment.abuse_outcome = trace::LookedUp::none;
    report.enrichment.client_abuse_outcome = trace::LookedUp::unknown;
    CHECK(says(text_of(report), "Act who takes reports is not known: a look-up got no answer"));
  }
}

TEST_CASE("a client address of a field is claimed by who wrote the field") {
  auto report = test::sample_report();
  report.handles = {
      {7,
       0,
       "X-Originating-IP",
       trace::HandleKind::client_address,
       "198.51.100.9",
       std::nullopt,
       false,
       {}},
      {8,
       0,
       "X-Client-IP",
       trace::HandleKind::client_address,
       "198.51.100.10",
       "mail.example",
       true,
       {}},
      {9, 0, "X-Copy", trace::HandleKind::client_address, "203.0.113.7", std::nullopt, false, {}}};
  const auto text = text_of(report);
  CHECK(says(text, "198.51.100.9 · the sender's word (X-Originating-IP, line 7)"));
  CHECK(says(text, "198.51.100.10 · the word of mail.example (X-Client-IP, line 8)"));
  CHECK_FALSE(says(text, "X-Copy"));  // the same address as the one that a line claims
}

TEST_CASE("the author is told with what stands behind the name, now and at receipt") {
  auto report = test::sample_report();
  CHECK(says(text_of(report), "contradicted · DMARC fail now lemongrass.org asks for reject"));
  report = clean_report();
  CHECK(says(text_of(report), "> · authenticated by SPF Subject"));
  report.headers.from.clear();
  CHECK(says(text_of(report), "Author none named"));
}

TEST_CASE("where answers go is told only where it is not to the author's own domain") {
  auto report = test::sample_report();
  report.headers.reply_to = parse_addresses("Ann <ann@elsewhere.example>").mailboxes;
  CHECK(says(text_of(report), "replies go to Ann <ann@elsewhere.example>"));
  report.headers.reply_to = parse_addresses("help@lemongrass.org").mailboxes;
  CHECK_FALSE(says(text_of(report), "replies go to"));
}

TEST_CASE("of many rows of one kind the first screen has six and counts the others, -v has all") {
  auto report = test::sample_report();
  report.origin.claimed_ip.reset();
  report.filters.clear();
  report.handles.clear();
  const auto add = [&] {
    report.handles.push_back({report.handles.size() + 1,
                              0,
                              "X-Client-IP",
                              trace::HandleKind::client_address,
                              fmt::format("198.51.100.{}", 100 + report.handles.size()),
                              std::nullopt,
                              false,
                              {}});
  };
  for (int i = 0; i < 6; ++i) add();
  CHECK(says(text_of(report), "198.51.100.105 · the sender's word (X-Client-IP, line 6) Author"));
  for (int i = 0; i < 2; ++i) add();
  CHECK(says(text_of(report),
             "198.51.100.105 · the sender's word (X-Client-IP, line 6) 2 more with -v Author"));
  const auto verbose = report::to_text(report, {false, 100, true});
  CHECK(says(verbose, "198.51.100.107 · the sender's word (X-Client-IP, line 8) Author"));
}

TEST_CASE("a filter of the recipient's tells what it decided, one of the sender's does not") {
  auto report = test::sample_report();
  report.enrichment = {};
  report.handles.clear();
  report.filters = {{9,
                     0,
                     "X-Forefront-Antispam-Report",
                     "microsoft",
                     true,
                     {{"SCL", "5", "spam"}, {"SFV", "SPM", std::nullopt}},
                     trace::FilterVerdict::spam},
                    {12,
                     0,
                     "X-Spam-Status",
                     "spamassassin",
                     false,
                     {{"score", "0.1", "below the mark"}},
                     trace::FilterVerdict::clean}};
  const auto text = text_of(report);
  CHECK(says(text, "Filter Microsoft: spam, SCL 5 (spam) Route"));
  CHECK_FALSE(says(text, "spamassassin"));
  const auto verbose = report::to_text(report, {false, 100, true});
  CHECK(
      says(verbose, "line 9 X-Forefront-Antispam-Report, Microsoft: spam, SCL 5 (spam), SFV SPM"));
  CHECK(says(verbose,
             "line 12 X-Spam-Status, SpamAssassin: clean, score 0.1 (below the mark) · the "
             "sender could have written it"));
}

TEST_CASE("what the row of a filter shows is no row of the checks as well") {
  auto report = test::sample_report();
  report.filters = {{9,
                     0,
                     "Authentication-Results",
                     "microsoft",
                     true,
                     {{"compauth", "fail", "spoofed"}},
                     trace::FilterVerdict::spoof}};
  report.recorded[0].recorded.method = {"compauth", "fail", {}, {}, {}};
  report.recorded[0].trusted = true;
  CHECK(says(text_of(report), "Microsoft: spoof, compauth fail (spoofed)"));
  CHECK_FALSE(says(text_of(report), "compauth –"));
  report.filters[0].values[0].value = "none";
  CHECK(says(text_of(report), "compauth – fail"));
  report.filters[0] = {};
  CHECK(says(text_of(report), "compauth – fail"));
}

TEST_CASE("who can act is told once, with every handle that he needs") {
  auto report = test::sample_report();
  report.enrichment = {};
  report.handles.clear();
  CHECK_FALSE(says(text_of(report), "Act "));
  report.enrichment.abuse = {{"abuse@net.example", "abusix"}};
  report.handles = {
      {7,
       0,
       "X-Account",
       trace::HandleKind::account,
       "ann",
       "net.example",
       true,
       {{"abuse@net.example", "field"}}},
      {8,
       0,
       "X-Tenant",
       trace::HandleKind::tenant,
       "t-1",
       "net.example",
       true,
       {{"abuse@net.example", "field"}, {"report@other.example", "rfc2142"}}},
      {9, 0, "X-Nobody", trace::HandleKind::script, "/a.php", std::nullopt, false, {}}};
  const auto text = text_of(report);
  CHECK(says(
      text,
      "Act abuse@net.example · quote account ann · quote tenant t-1 "
      "report@other.example · a guess by RFC 2142: nobody confirmed it · quote tenant t-1 Route"));
  CHECK_FALSE(says(text, "/a.php"));
  CHECK(says(report::to_text(report, {false, 100, true}), "line 9 X-Nobody, script /a.php"));
}

TEST_CASE("a clean message that was checked takes some fourteen lines") {
  const auto text = text_of(clean_report());
  CHECK(static_cast<std::size_t>(std::ranges::count(text, '\n')) <= 14);
  CHECK(says(text, "Verdict clean The route holds together"));
  CHECK(says(text, "Checks SPF pass · DKIM none · DMARC pass (lemongrass.org: p=reject) · now"));
}

TEST_CASE("parts stand whole on a line, and one wider than a line is broken") {
  report::TextPage page({false, 30, false});
  report::answer_parts(page, report::Phrase::label_found,
                       {{{"one two"}},
                        {},
                        {{"three four"}},
                        {{"five"}},
                        {{"six"}},
                        {{"seven eight nine ten eleven"}}});
  CHECK(page.take() ==
        "Found     one two · three four\n"
        "          five · six\n"
        "          seven eight nine ten\n"
        "          eleven\n");
  report::answer_parts(page, report::Phrase::label_found, {});
  CHECK(page.take().empty());
}

TEST_CASE("each template uses the values that it is given, and all of them") {
  const auto check = [](const auto& rows) {
    for (const auto& row : rows) {
      CAPTURE(std::string(row.text));
      std::vector<std::string_view> used;
      for (auto open = row.text.find('{'); open != std::string_view::npos;
           open = row.text.find('{', open + 1)) {
        used.push_back(row.text.substr(open + 1, row.text.find('}', open) - open - 1));
      }
      auto names = text::words(row.names);
      CHECK(std::vector<std::string_view>(names.begin(), names.end()) == used);
    }
  };
  check(report::phrases());
  check(report::details());
}

TEST_CASE("a sentence in runs keeps each value in its own style") {
  const auto runs =
      report::told(report::Detail::states,
                   {{"host", {"{results}"}}, {"results", {"spf=pass", report::Style::strong}}});
  REQUIRE(runs.size() == 2);
  CHECK(runs[0].text == "{results} states ");
  CHECK(runs[1].text == "spf=pass");
  CHECK(runs[1].style == report::Style::strong);
}

TEST_CASE("a value with braces in it is no template") {
  CHECK(report::say(report::Phrase::in_hop, fmt::arg("hops", "{what}")) == "hop {what}");
}

TEST_CASE("each vendor of a filter's field is named as it writes itself") {
  for (const auto rows :
       {trace::microsoft_filter_rows(), trace::open_filter_rows(), trace::gateway_filter_rows(),
        trace::service_filter_rows(), trace::mailbox_filter_rows()}) {
    for (const trace::FilterRow& row : rows) {
      CAPTURE(row.vendor);
      CHECK((report::vendor_name(row.vendor) != row.vendor || row.vendor == "amavis" ||
             row.vendor == "bogofilter"));
    }
  }
  CHECK(report::vendor_name("trendmicro") == "Trend Micro");
  CHECK(report::vendor_name("another") == "another");
}
