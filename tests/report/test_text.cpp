#include "base/text.hpp"
#include "report/text/catalogue.hpp"
#include "report/text/page.hpp"
#include "report/text/section.hpp"
#include "report/text/text.hpp"
#include "report/text/width.hpp"
#include "support/catch.hpp"
#include "support/sample_report.hpp"
#include "support/says.hpp"

using namespace emltrace;
using test::says;

namespace {

// Every detail; what the first screen says of it is tested beside each of its blocks.
std::string sample(std::size_t width = 100) {
  return report::to_text(test::sample_report(), {false, width, true});
}

}  // namespace

TEST_CASE("clean is green only where something was checked") {
  const auto style = [](trace::Level level, std::optional<trace::Basis> basis,
                        std::vector<std::string> unchecked) {
    trace::TraceVerdict verdict;
    verdict.level = level;
    verdict.basis = basis;
    verdict.unchecked = std::move(unchecked);
    return report::style_of(verdict);
  };
  using report::Style;
  CHECK(style(trace::Level::clean, trace::Basis::now, {}) == Style::good);
  CHECK(style(trace::Level::clean, trace::Basis::recorded, {"spf", "dns"}) == Style::good);
  CHECK(style(trace::Level::clean, std::nullopt, {}) == Style::good);
  CHECK(style(trace::Level::clean, std::nullopt, {"spf", "dmarc", "dns"}) == Style::plain);
  CHECK(style(trace::Level::forged, std::nullopt, {"dns"}) == Style::bad);
}

TEST_CASE("the route shows the oldest hop first with standing, delay and stamp") {
  const auto text = sample();
  CHECK(text.find("  1  discarded     nowhere → fictitious-site") <
        text.find("  2  border        galangal.org → mail.alpha.com.cn"));
  CHECK(says(text,
             "recorded client 202.99.11.120 (linuxaid.com.cn), HELO galangal.org (the "
             "client's word)"));
  CHECK(says(text, "claimed client named nowhere"));
  CHECK(says(text, "stamp 1997-03-18 22:39:24Z −2 h 5 min"));
  CHECK(says(text,
             "transfer with ESMTPS, TLSv1.3 TLS_AES_256_GCM_SHA384 256 bits, id LAA20869, "
             "for <tmh@zky.ac.cn>"));
  CHECK(says(text,
             "Clock the boundary tells 2022-03-22 06:37:58Z (to the second), the Date fits: +0 s"));
  CHECK(says(text, "the HELO name does not belong to it"));
  CHECK(says(text,
             "the sendmail-8.8 id tells 1997-03-18 19:00:00Z (to 1 h), the stamp does not fit: +3 "
             "h 39 min"));
}

TEST_CASE("a field that is told beside the route is one running text, without its folds") {
  auto report = test::sample_report();
  report.beside = {{4, "X-Received", "by 192.0.2.1 with SMTP id 7;\t        Thu, 14 May 2026"}};
  CHECK(report::to_text(report, {false, 120, true})
            .find("line 4: X-Received: by 192.0.2.1 with SMTP id 7; Thu, 14 May 2026\n") !=
        std::string::npos);
}

TEST_CASE("a repair shows what was signed beside what is shown, and what was taken off") {
  const auto text = sample();
  CHECK(says(text,
             "as signed From Lemon <lemon@lemongrass.org> (shown: Lemon\\u202egrass "
             "<another@mail.lemongrass.org>)"));
  CHECK(says(text, "as signed Subject \xe4\xbd\xa0\xe5\xa5\xbd (as shown)"));
  CHECK(says(text,
             "taken off line 44: To leave the list taken off b taken off line 46: c taken off line "
             "47: d\\xff 2 more lines"));
}

TEST_CASE("what a signature leaves open is said where a reader may take it for signed") {
  CHECK(says(sample(),
             "not signed 12 bytes at the end of the body not signed another subject, "
             "content-type"));
  auto report = test::sample_report();
  report.dkim[0].unsigned_bytes = 0;
  CHECK(says(report::to_text(report, {false, 100, false}), "not signed: another subject ARC"));
  CHECK(says(report::to_text(report, {false, 100, true}),
             "not signed another subject, content-type"));
}

TEST_CASE("an unread stamp is shown as it stands, not left out") {
  CHECK(says(sample(), "stamp not readable: \\xff"));
}

TEST_CASE("authentication names what decided and what was proved") {
  const auto text = sample();
  CHECK(says(text, "SPF mailfrom softfail galangal.org for 202.99.11.120: ~all decided"));
  CHECK(
      says(text, "body-hash-mismatch, the body was changed; body hash mismatch, signature match"));
  CHECK(says(text, "verifies after strip-footer"));
  CHECK(says(text, "12 bytes at the end of the body"));
  CHECK(says(text,
             "DMARC fail author domain mail.lemongrass.org; policy of lemongrass.org: "
             "p=reject; aligned pass of SPF: no, of DKIM: no; the domain asks for reject"));
}

TEST_CASE("a DKIM2 chain is told with its envelope, its changes and the first text") {
  const auto text = sample();
  CHECK(says(text,
             "DKIM2 fail 2 signatures, 2 instances: DKIM2-Signature i=2 RCPT TO <(v)@v.example> "
             "did not match; recipient mismatch, MAIL FROM match, custody holds"));
  CHECK(says(text,
             "signature i=1 d2.example: pass, 2026-05-01 12:00:00Z, from <ann@d2.example> to "
             "<list@l2.example>"));
  CHECK(says(text, "changed l2.example changed Subject, added 1 line"));
  CHECK(says(text, "- subject: Hello + subject: [l] Hello + \\x1b[2J"));
  CHECK(says(text, "first Subject Hello"));
  CHECK(says(text, "first text as d2.example signed it: | one | two\\x1b"));
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("a recorded result that differs is shown beside the new one, with who states it") {
  CHECK(says(sample(),
             "line 3 mx.example states spf=pass (the sender could have written it); "
             "checked now: softfail — records change"));
}

TEST_CASE("findings, mends, the clock and what went unchecked are told") {
  const auto text = sample();
  CHECK(says(text, "medium helo-rdns-mismatch (hop 2, line 8)"));
  CHECK(says(text, "Mended leading-text: nine lines"));
  CHECK(says(text, "expiry is judged at 1997-03-18 22:39:24Z, when the border received"));
  CHECK(says(text, "Unchecked s1._domainkey.lemongrass.org TXT: no answer"));
}

TEST_CASE("nothing from the message reaches the terminal unescaped") {
  for (const bool verbose : {false, true}) {
    const auto text = report::to_text(test::sample_report(), {false, 100, verbose});
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("\xe2\x80\xae") == std::string::npos);
    CHECK(text.find("galangal.org\\x1b[2J") != std::string::npos);
    CHECK(text::is_utf8(text));
  }
}

TEST_CASE("colour is used only when told") {
  const auto colored = report::to_text(test::sample_report(), {true, 100, false});
  CHECK(colored.find("\x1b[1;38;5;196mforged\x1b[0m") != std::string::npos);
  CHECK(sample().find('\x1b') == std::string::npos);
}

TEST_CASE("verbose adds reasons, records, trail and evidence") {
  const auto text = sample();
  CHECK(says(text, "why the recipient's own server took the message from outside"));
  CHECK(says(text, "record v=spf1 include:x.example ~all"));
  CHECK(says(text, "look-ups 1 of 10, void 0 of 2"));
  CHECK(says(text, "term >>x.example: -all: match"));
  CHECK(says(text, "walk _dmarc.lemongrass.org: record"));
  CHECK(says(text, "reports to mailto:d@lemongrass.org"));
  CHECK(says(text, "helo: galangal.org"));
  CHECK(says(text, "line 5: Delivered-To: tmh@zky.ac.cn"));
  CHECK(says(text, "own: written inside the recipient's own system; border: "));
  CHECK_FALSE(says(report::to_text(test::sample_report(), {}), "look-ups"));
}

TEST_CASE("a line is broken beside ideographs, never before what closes or inside a Latin word") {
  using report::wide_breaks;
  CHECK(report::display_width("关于a") == 5);
  CHECK(report::display_width("e\xCC\x81") == 1);  // with a combining accent
  CHECK(wide_breaks("关于会议") == std::vector<std::size_t>{3, 6, 9});
  // UAX #14 LB13 and LB14: 。 and ） stay behind what they close, （ before what it opens.
  CHECK(wide_breaks("会。议") == std::vector<std::size_t>{6});
  CHECK(wide_breaks("（会）") == std::vector<std::size_t>{});
  CHECK(wide_breaks("mail-out.example.org/a-b").empty());
}

TEST_CASE("what is wider than a line is cut, but no escape is") {
  CHECK(report::fitting_bytes("abcdef", 4) == 4);
  CHECK(report::fitting_bytes("关于会议", 5) == 6);
  CHECK(report::fitting_bytes("a\\xb9\\xd8", 6) == 5);
  CHECK(report::fitting_bytes("关", 1) == 3);  // one character at least
  report::TextOptions options;
  options.width = 40;
  report::TextPage page(options);
  page.row({{report::Run("Subject"), 10}},
           {report::Run(std::string(75, 'x') + " 关于会议的通知关于会议的通知")});
  const std::string text = page.take();
  CHECK(text == "Subject   " + std::string(30, 'x') + "\n          " + std::string(30, 'x') +
                    "\n          " + std::string(15, 'x') +
                    " 关于会议的通知\n          关于会议的通知\n");
}

TEST_CASE("a delay is exact below ten minutes and never clamped") {
  const std::vector<std::pair<std::int64_t, std::string>> cases{
      {0, "+0 s"},          {3, "+3 s"},           {187, "+187 s"},        {-5, "−5 s"},
      {600, "+10 min 0 s"}, {-7500, "−2 h 5 min"}, {86400, "+24 h 0 min"}, {900000, "+10 d 10 h"}};
  for (const auto& [seconds, shown] : cases) {
    auto report = test::sample_report();
    report.hops[1].delay_s = seconds;
    CAPTURE(seconds);
    CHECK(says(report::to_text(report, {false, 100, true}), "22:39:24Z " + shown));
  }
}

TEST_CASE("a message without a route, a signature or an author says so") {
  const auto text = report::to_text(trace::Report{}, {});
  CHECK(says(text, "Route absent · there is no Received field, nothing to trace"));
  CHECK(says(text, "Author none named"));
  CHECK(says(text, "Checks DKIM none · DMARC none · now"));
  CHECK(text.find("Findings") == std::string::npos);
  const auto verbose = report::to_text(trace::Report{}, {false, 100, true});
  CHECK(says(verbose, "SPF none not checked: no client address is known"));
  CHECK(says(verbose, "DKIM none no signature"));
  CHECK(says(verbose, "Findings None."));
}

TEST_CASE("wide and combining characters are counted as a terminal shows them") {
  CHECK(report::display_width("abc") == 3);
  CHECK(report::display_width("\xe4\xbd\xa0\xe5\xa5\xbd") == 4);
  CHECK(report::display_width("e\xcc\x81") == 1);
}

TEST_CASE("every finding can be listed and explained") {
  const auto list = report::catalogue_text({});
  for (const auto& kind : trace::finding_kinds()) {
    CAPTURE(kind.code);
    CHECK(list.find(kind.code) != std::string::npos);
    CHECK(says(report::explain(kind, {}), kind.code));
  }
}
