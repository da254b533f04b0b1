#include "base/text.hpp"
#include "report/html/style.hpp"
#include "support/catch.hpp"
#include "support/page.hpp"
#include "trace/finding/kinds.hpp"

using namespace emltrace;

namespace {

// Lines 1 to 30: line 8 holds the border's field, line 12 the invented one.
std::string header() {
  std::string text;
  for (int line = 1; line <= 30; ++line) {
    if (line == 8)
      text +=
          "Received: from galangal.org (linuxaid.com.cn [202.99.11.120]) by mail.alpha.com.cn\n";
    else if (line == 12)
      text += "Received: from nowhere by fictitious-site; \xff\n";
    else
      text += "X-Line: " + std::to_string(line) + "\n";
  }
  return text + "\nbody\n";
}

trace::Report placed_report() {
  trace::Report report = test::sample_report();
  report.findings[0].offset = header().find("Received:");
  return report;
}

bool has(const std::string& text, std::string_view part) {
  if (text.find(part) != std::string::npos) return true;
  UNSCOPED_INFO("not there: " << part << "\n" << text);
  return false;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_CASE("a page is well formed, links only into itself and holds nothing that runs or loads") {
  for (const bool verbose : {false, true})
    CHECK(test::faults_of(test::page_of(placed_report(), header(), verbose)) == "");
}

TEST_CASE("the judge of pages finds each fault that it is asked for") {
  const std::string good = test::page_of(placed_report(), header());
  const auto with = [&](std::string_view more) {
    std::string page = good;
    return page.insert(page.find("<article"), more);
  };
  for (const auto* fault :
       {"<p>", "</p>", "<script></script>", "<p onclick=\"x\"></p>", "<img src=\"x\">",
        "<a href=\"http://a.example/\"></a>", "<a href=\"#nowhere\"></a>", "<p id=\"m1\"></p>",
        "<p style=\"color:red\"></p>"}) {
    CAPTURE(fault);
    CHECK(test::faults_of(with(fault)) != "");
  }
  CHECK(test::faults_of("<html lang=\"en\"></html>") != "");
}

TEST_CASE("the page says the answer first, then the sections of the text report in its order") {
  const std::string text = test::text_of(test::page_of(placed_report(), header()));
  const std::vector<std::string> order{
      "h2: samples/galangal.eml\n",
      "span.badge bad: forged\n",
      "p.summary: Hop 1 is the sender's invention.\n",
      "span.strong: Rests on\ndd: the checks made now, for the author\n",
      "span.strong: Not checked\ndd: DKIM2\n",
      "span.strong: Origin\nspan.value strong: 202.99.11.120\n",
      "Only the sender's lines claim 203.0.113.7 (hop 1).\n",
      "span.value: another@mail.lemongrass.org\ndd: is\nspan.bad: contradicted\n",
      "h3: Header, in the sender's words\n",
      "span.value: Lemon\\u202egrass <another@mail.lemongrass.org>\n",
      "h3: Route, oldest hop first\n",
      "h3: Authentication, checked again\n",
      "h3: Findings\n",
      "h3: How this was found out\n",
      "h3: The header as it was read\n",
  };
  std::size_t at = 0;
  for (const auto& part : order) {
    CAPTURE(part);
    const auto found = text.find(part, at);
    REQUIRE(found != std::string::npos);
    at = found;
  }
}

TEST_CASE("what the author's standing rests on is said for each basis") {
  trace::Report report = placed_report();
  const auto says = [&](std::optional<trace::Basis> basis, std::string_view words) {
    report.verdict.basis = basis;
    return has(test::page_of(report, header()), words);
  };
  CHECK(says(trace::Basis::recorded,
             ">what the recipient&#39;s own servers recorded at receipt, for the author<"));
  CHECK(
      says(trace::Basis::both,
           ">the checks made now and the recipient&#39;s own record at receipt, for the author<"));
  CHECK(says(std::nullopt, ">nothing, for the author: no check could decide<"));
}

TEST_CASE("what was not checked is named, and where all was there is no such row") {
  trace::Report report = placed_report();
  report.verdict.unchecked = {"spf", "dkim", "arc", "dmarc", "dns"};
  CHECK(has(test::page_of(report, header()), ">SPF, DKIM, ARC, DMARC, facts about hosts (DNS)<"));
  report.verdict.unchecked.clear();
  CHECK(test::page_of(report, header()).find("Not checked") == std::string::npos);
}

TEST_CASE("the table of the route has a row a hop with standing, time, delay and findings") {
  const std::string page = test::page_of(placed_report(), header());
  const std::string text = test::text_of(page);
  CHECK(has(page, "<tr id=\"m1-h1\" class=\"discarded\"><th scope=\"row\">1</th>"));
  CHECK(has(page, "<tr id=\"m1-h2\" class=\"border\"><th scope=\"row\">2</th>"));
  CHECK(page.find("id=\"m1-h1\"") < page.find("id=\"m1-h2\""));
  CHECK(has(text, "p: galangal.org →\nspan.strong: mail.alpha.com.cn\na: line 8\n"));
  CHECK(has(text, "td.time: 1997-03-18 22:39:24Z\nspan.warn: −2 h 5 min\n"));
  CHECK(has(text, "td.time: not readable: \\xff\n"));
  CHECK(has(page, "<p><a href=\"#m1-f1\">helo-rdns-mismatch</a></p>"));
}

TEST_CASE("each method stands beside what receivers recorded of it") {
  const std::string page = test::page_of(placed_report(), header());
  const auto spf = page.find(">SPF mailfrom<");
  const auto dkim = page.find(">DKIM<");
  const auto differs = page.find(">differs</span>");
  REQUIRE(dkim != std::string::npos);
  CHECK(spf < differs);
  CHECK(differs < dkim);
  CHECK(count(page, "Nothing is recorded.") == 4);  // DKIM, ARC, DMARC, DKIM2
  CHECK(has(page, "<span class=\"badge warn\">differs</span>mx.example states "));
  trace::Report report = placed_report();
  report.recorded[0].agrees = true;
  CHECK(has(test::page_of(report, header()), "<span class=\"badge good\">agrees</span>"));
  report.recorded[0].agrees = std::nullopt;
  CHECK(has(test::page_of(report, header()), "<span class=\"badge dim\">not compared</span>"));
}

TEST_CASE("DKIM2 has a row where its fields are there") {
  trace::Report report = placed_report();
  CHECK(has(test::page_of(report, header()), ">DKIM2<"));
  report.dkim2 = {};
  report.verdict.unchecked.clear();
  CHECK(test::page_of(report, header()).find("DKIM2") == std::string::npos);
}

TEST_CASE("a recorded method that is not checked again has a row of its own") {
  trace::Report report = placed_report();
  CHECK(test::page_of(report, header()).find("not checked again") == std::string::npos);
  report.recorded[0].recorded.method.method = "compauth";
  const std::string page = test::page_of(report, header());
  CHECK(has(page, "Other methods: not checked again</td>"));
  CHECK(count(page, "Nothing is recorded.") == 5);
}

TEST_CASE("findings are grouped by severity, the gravest first, each with what it means") {
  trace::Report report = placed_report();
  trace::Finding high = trace::make_finding({"forged-tail", "Hop 1 is invented."});
  high.line = 12;
  report.findings.insert(report.findings.begin(), high);
  report.findings.push_back(report.findings[1]);
  const std::string page = test::page_of(report, header());
  CHECK(page.find(">high</span> 1 finding<") < page.find("id=\"m1-f1\""));
  CHECK(page.find("id=\"m1-f1\"") < page.find(">medium</span> 2 findings<"));
  CHECK(page.find(">low</span>") == std::string::npos);
  // Once a code: the second one of a kind leads to the first.
  CHECK(count(page, "<summary>What it means, and what can make it wrong</summary>") == 2);
  CHECK(has(page, "<a href=\"#m1-f2\">What it means</a>"));
  const auto& kind = trace::kind_of(report.findings[1].code);
  CHECK(has(test::text_of(page), "span.dim: Innocent\ndd: " + std::string(kind.innocent) + "\n"));
}

TEST_CASE("evidence is folded and shown raw, made visible") {
  const std::string text = test::text_of(test::page_of(placed_report(), header()));
  CHECK(has(text,
            "summary: Evidence\nspan.dim: helo\nspan.value: galangal.org\nspan.dim: ptr\n"
            "span.value: a.example\nspan.dim: ptr\nspan.value: \\xfe\n"));
}

TEST_CASE("the page of a message without a route, a signature or an author says so") {
  const std::string page = test::page_of(trace::Report{}, "Subject: x\n\n");
  CHECK(test::faults_of(page) == "");
  CHECK(has(page, "<p>No Received field.</p>"));
  CHECK(has(page, "<p>None.</p>"));
  CHECK(page.find("<svg") == std::string::npos);
}

TEST_CASE("text of a message can be no markup wherever it stands") {
  const std::string attack = "</title></style></script><script>x</script>\"'><img src=x onerror=y>";
  trace::Report report = placed_report();
  report.path = attack;
  report.headers.subject = attack;
  report.headers.message_id = attack;
  report.headers.from[0].display = attack;
  report.headers.from[0].domain = attack;
  report.hops[1].received.from.helo = attack;
  report.hops[1].received.by.host = attack;
  report.hops[0].received.unread = attack;
  report.findings[0].message = attack;
  report.findings[0].evidence = {{attack, attack}};
  report.recorded[0].recorded.authserv_id = attack;
  report.recorded[0].reason = attack;
  report.dmarc.problem = attack;
  report.spf[0].explanation = attack;
  report.verdict.summary = attack;
  const std::string page = test::page_of(report, attack + ": x\n" + header(), true);
  CHECK(test::faults_of(page) == "");
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("<img") == std::string::npos);
  CHECK(count(page, "&lt;script&gt;x&lt;/script&gt;&quot;&#39;&gt;&lt;img src=x onerror=y&gt;") >
        12);
}

TEST_CASE("controls and bidirectional marks are visible and without effect") {
  const std::string odd =
      "\x1b[31m\xe2\x80\xae"
      "cod\xe2\x81\xa6\xc2\x9b" +
      std::string(1, '\0');
  trace::Report report = placed_report();
  report.headers.subject = odd;
  report.dkim.clear();  // whose repair would show the subject once more
  const std::string page = test::page_of(report, "Subject: " + odd + "\n\n");
  CHECK(text::is_utf8(page));
  CHECK(count(page, "\\x1b[31m\\u202ecod\\u2066\\u009b\\x00") == 2);
  for (const char* byte : {"\x1b", "\xe2\x80\xae", "\xe2\x81\xa6", "\xc2\x9b"})
    CHECK(page.find(byte) == std::string::npos);
  CHECK(page.find('\0') == std::string::npos);
}

TEST_CASE("a line that is no UTF-8 as a whole is shown by its bytes, marks and tabs in it or not") {
  trace::Report report = placed_report();
  report.headers.message_id = "\xff\xc0\xaf<";
  report.findings[0].offset = 0;
  report.findings[0].line = 1;
  report.findings[0].evidence = {{"x", "marked"}};
  // DA B6 alone would be an Arabic letter.
  const std::string page = test::page_of(report, "Message-ID: \xda\xb6\tmarked \xff\n\n");
  CHECK(text::is_utf8(page));
  CHECK(count(page, ">\\xff\\xc0\\xaf&lt;<") == 1);
  CHECK(has(page, "<code>Message-ID: \\xda\\xb6\t<mark class=\"warn\">marked</mark> \\xff</code>"));
  CHECK(has(test::page_of(report, "Message-ID: \xda\xb6\tmarked\n\n"),
            "<code>Message-ID: \xda\xb6\t<mark class=\"warn\">marked</mark></code>"));
}

TEST_CASE("several messages have an index on top, and no place is named twice") {
  report::HtmlDocument document(false);
  const std::string text = header();
  trace::Report other = placed_report();
  other.path = "b.eml";
  other.verdict.level = trace::Level::clean;
  other.origin.ip.reset();
  other.headers.from.clear();
  const std::string first = document.add(placed_report(), test::item_of(text));
  const std::string second = document.add(other, test::item_of(text));
  const std::string third = document.add(placed_report(), test::item_of(text));
  const std::string page = first + second + third + document.end();
  CHECK(test::faults_of(page) == "");
  // One message alone has no index; the entry of the first comes with the second.
  CHECK(first.find("class=\"entry\"") == std::string::npos);
  CHECK(count(second, "class=\"entry\"") == 2);
  CHECK(count(third, "class=\"entry\"") == 1);
  CHECK(has(page, "<p class=\"tally\">3 messages: 2 forged, 1 clean</p>"));
  CHECK(has(test::text_of(page),
            "span.badge good: clean\nspan.name: b.eml\nspan: no author\nspan: origin unknown\n"));
  CHECK(has(report::style_sheet(), ".entry{order:-1"));
  CHECK(count(page, "<article ") == 3);
}

TEST_CASE("one message has no index") {
  const std::string page = test::page_of(placed_report(), header());
  CHECK(page.find("class=\"entry\"") == std::string::npos);
  CHECK(page.find("class=\"tally\"") == std::string::npos);
}
