#include "report/text/fold.hpp"
#include "report/text/sections.hpp"
#include "report/text/text.hpp"
#include "report/text/width.hpp"
#include "support/catch.hpp"
#include "support/sample_report.hpp"
#include "support/says.hpp"

using namespace emltrace;
using report::fold_hops;
using test::says;

namespace {

trace::TracedHop hop(int number, trace::Standing standing, const char* from, const char* by,
                     std::optional<std::int64_t> delay_s) {
  trace::TracedHop out;
  out.number = number;
  out.standing = standing;
  out.received.from.helo = from;
  out.received.by.host = by;
  out.delay_s = delay_s;
  return out;
}

std::string road_of(std::vector<trace::TracedHop> hops, std::size_t width = 100) {
  trace::Report report;
  report.hops = std::move(hops);
  report.verdict.route = trace::RouteState::consistent;
  report::TextPage page({false, width, false});
  report::road_section(page, report);
  return page.take();
}

using trace::Standing;

const trace::TracedHop kBorder = hop(1, Standing::border, "a.sender.example", "mx.rcpt.example", 2);

}  // namespace

TEST_CASE("own hops inside one system are one row, with their delays together") {
  const auto folds = fold_hops({kBorder, hop(2, Standing::own, "mx", "in.rcpt.example", 3),
                                hop(3, Standing::own, "in", "localhost", 4),
                                hop(4, Standing::own, "in", "store.rcpt.example", std::nullopt)});
  REQUIRE(folds.size() == 2);
  CHECK(folds[1].count() == 3);
  CHECK(folds[1].system == "rcpt.example");
  CHECK(folds[1].delay_s == 7);
}

TEST_CASE("a slow hop, one that goes back in time and one of another system stand alone") {
  CHECK(fold_hops({kBorder, hop(2, Standing::own, "x", "a.rcpt.example", 1),
                   hop(3, Standing::own, "x", "b.rcpt.example", 61)})
            .size() == 3);
  CHECK(fold_hops({kBorder, hop(2, Standing::own, "x", "a.rcpt.example", 1),
                   hop(3, Standing::own, "x", "b.rcpt.example", -1)})
            .size() == 3);
  CHECK(fold_hops({kBorder, hop(2, Standing::own, "x", "a.rcpt.example", 1),
                   hop(3, Standing::own, "x", "b.other.example", 1)})
            .size() == 3);
}

TEST_CASE("strangers' hops are one row only where each stays inside one system") {
  const auto inside = [](int number, const char* from, const char* by) {
    return hop(number, Standing::unverified, from, by, 0);
  };
  CHECK(fold_hops({inside(1, "a.sender.example", "b.sender.example"),
                   inside(2, "b.sender.example", "c.sender.example"), kBorder})
            .size() == 2);
  CHECK(fold_hops({inside(1, "a.else.example", "b.sender.example"),
                   inside(2, "b.sender.example", "c.sender.example"), kBorder})
            .size() == 3);
}

TEST_CASE("a contradicted hop is never folded, and says why") {
  auto first = hop(1, Standing::contradicted, "a.s.example", "b.s.example", 0);
  first.standing_reason = "no such host";
  auto second = first;
  second.number = 2;
  CHECK(fold_hops({first, second}).size() == 2);
  CHECK(says(road_of({first, second}), "no such host 2 contradicted"));
}

TEST_CASE("a contradicted hop leaves the reason to a grave finding about it") {
  auto report = test::sample_report();
  report.hops[0].standing = Standing::contradicted;
  report.hops[0].standing_reason = "no such host";
  const auto road = [&report] {
    report::TextPage page({false, 100, false});
    report::road_section(page, report);
    return page.take();
  };
  report.findings = {trace::make_finding({"stamp-missing", "No time."}),
                     trace::make_finding({"forged-tail", "Invented."})};
  report.findings[0].hop = 1;
  report.findings[1].hop = 2;
  CHECK(says(road(), "no such host"));
  report.findings[1].hop = 1;
  CHECK_FALSE(says(road(), "no such host"));
}

TEST_CASE("the border is marked, and a delay has a bar to scale") {
  const auto text = road_of({hop(1, Standing::unverified, "x.example", "a.sender.example", 30),
                             kBorder, hop(3, Standing::own, "y.example", "z.rcpt.example", 120)});
  CHECK(text.find("\n▶ 1 border") != std::string::npos);
  CHECK(text.find("  +30 s █▌") != std::string::npos);  // a quarter of six columns
  CHECK(text.find("   +2 s ▏") != std::string::npos);
  CHECK(text.find(" +120 s ██████") != std::string::npos);
}

TEST_CASE("where the page has room the addresses stand beside the hosts, else below") {
  auto border = kBorder;
  border.received.from.ip = ip::Address::parse("192.0.2.1");
  border.dns.ptr = {*DomainName::parse("a.sender.example")};
  border.dns.forward_confirmed = true;
  CHECK(road_of({border}).find("a.sender.example → mx.rcpt.example  192.0.2.1 ✓\n") !=
        std::string::npos);
  const auto narrow = road_of({border}, 60);
  CHECK(narrow.find("a.sender.example → mx.rcpt.example\n") != std::string::npos);
  CHECK(says(narrow, "mx.rcpt.example 192.0.2.1 ✓"));
}

TEST_CASE("hosts that find no room beside the cells stand below, whole") {
  const auto text = road_of({hop(1, Standing::unverified, "outgoing.mail.sender.example",
                                 "incoming.mail.rcpt.example", 3)},
                            70);
  CHECK(text.find("unverified +3 s\n"
                  "    outgoing.mail.sender.example → incoming.mail.rcpt.example\n") !=
        std::string::npos);
}

TEST_CASE("where hosts stand below those of all hops do, in columns, the addresses above them") {
  auto first = hop(1, Standing::unverified, "outgoing.mail.sender.example", "in.a.example", 3);
  first.received.from.ip = ip::Address::parse("192.0.2.1");
  auto second = hop(2, Standing::border, "in.a.example", "incoming.mail.cloud.rcpt.example", 1);
  second.received.from.ip = ip::Address::parse("192.0.2.2");
  const auto text = road_of({first, second, hop(3, Standing::own, "in", "b.rcpt.example", 2),
                             hop(4, Standing::own, "b", "c.rcpt.example", 1)},
                            72);
  CHECK(text.find("unverified +3 s ▎      192.0.2.1\n"
                  "      outgoing.mail.sender.example → in.a.example\n"
                  "▶   2 border     +1 s ▏      192.0.2.2\n"
                  "      in.a.example                 → incoming.mail.cloud.rcpt.example\n"
                  "  3–4 own        +3 s ▎      2 hops inside rcpt.example\n") !=
        std::string::npos);
}

TEST_CASE("an address that finds no room above the hosts stands below them") {
  auto first =
      hop(1, Standing::unverified, "outgoing.mail.sender.example", "incoming.mail.rcpt.example", 3);
  first.received.from.ip = ip::Address::parse("2001:db8:1234:5678:9abc:def0:1234:5678");
  first.dns.ptr = {*DomainName::parse("another.name.example")};
  CHECK(road_of({first}, 70)
            .find("incoming.mail.rcpt.example\n"
                  "    2001:db8:1234:5678:9abc:def0:1234:5678 is another.name") !=
        std::string::npos);
}

TEST_CASE("what the route stands for and its time are told on a line each where one is too short") {
  trace::Report report = test::sample_report();
  const auto head = [&report](std::size_t width) {
    report::TextPage page({false, width, false});
    report::road_section(page, report);
    return page.take();
  };
  CHECK(head(80).find(" · 1997-03-18 22:36:14Z → 22:39:24Z, 190 s after the Date\n") !=
        std::string::npos);
  CHECK(head(70).find("\n          1997-03-18 22:36:14Z → 22:39:24Z, 190 s after the Date\n") !=
        std::string::npos);
}

TEST_CASE("bars give way where more rows fit into one line without them") {
  auto border = kBorder;
  border.received.from.ip = ip::Address::parse("192.0.2.1");
  border.received.from.helo = "outgoing-number-seven.mail.sender.example";
  CHECK(road_of({border}, 100).find("▎") != std::string::npos);
  CHECK(road_of({border}, 90).find("sender.example → mx.rcpt.example  192.0.2.1\n") !=
        std::string::npos);
  CHECK(road_of({border}, 90).find("▎") == std::string::npos);
}

TEST_CASE("the name of the origin is told once where the client announced none") {
  auto report = test::sample_report();
  report.hops = {kBorder};
  auto& border = report.hops[0];
  border.received.from.helo = "[192.168.1.2]";
  border.received.from.ip = ip::Address::parse("192.0.2.1");
  border.dns.ptr = {*DomainName::parse("client.isp.example")};
  border.dns.forward_confirmed = true;
  border.dns.helo_confirmed.reset();
  report.origin.ip = border.received.from.ip;
  report.origin.hop = border.number;
  report.origin.rdns = "client.isp.example";
  const auto road = [&report] {
    report::TextPage page({false, 100, false});
    report::road_section(page, report);
    return page.take();
  };
  CHECK(says(road(), "→ mx.rcpt.example 192.0.2.1 ✓"));
  report.origin.hop = border.number + 1;
  CHECK(says(road(), "192.0.2.1 is client.isp.example ✓"));
  report.origin.hop = border.number;
  border.received.from.helo = "stranger.example";
  CHECK(says(road(), "192.0.2.1 is client.isp.example ✓"));
}

TEST_CASE("a client that DNS knows by another name, or by none, is told so") {
  auto border = kBorder;
  border.received.from.ip = ip::Address::parse("192.0.2.1");
  border.dns.ptr = {*DomainName::parse("other.example")};
  border.dns.forward_confirmed = true;
  border.dns.helo_confirmed = false;
  CHECK(says(road_of({border}), "192.0.2.1 is other.example ✓ ≠ HELO"));
  border.dns.ptr = std::vector<DomainName>{};
  CHECK(says(road_of({border}), "192.0.2.1 has no name"));
}

TEST_CASE("the time from the Date to the last stamp is told, and when it runs backwards") {
  trace::Report report = test::sample_report();
  report::TextPage page({false, 100, false});
  report::road_section(page, report);
  CHECK(says(page.take(), "1997-03-18 22:36:14Z → 22:39:24Z, 190 s after the Date"));
  report.headers.date = parse_date("Tue, 18 Mar 1997 14:49:24 -0800");
  report::TextPage later({false, 100, false});
  report::road_section(later, report);
  CHECK(says(later.take(), "the Date is 10 min 0 s after the last stamp"));
}

TEST_CASE("the registrable domain of a host stands out, of its whole name or a part") {
  trace::Report report;
  report.hops = {hop(1, Standing::border, "mail.sub.example.co.uk", "rcpt.example", 1)};
  report::TextPage page({true, 200, false});
  report::road_section(page, report);
  const std::string text = page.take();
  CHECK(text.find("mail.sub.\x1b[1mexample.co.uk\x1b[0m") != std::string::npos);
  CHECK(text.find("\x1b[1mrcpt.example\x1b[0m") != std::string::npos);
}

TEST_CASE("numbers that follow each other are a range") {
  CHECK(report::number_list({3, 1, 2, 7}) == "1–3, 7");
  CHECK(report::number_list({4}) == "4");
}
