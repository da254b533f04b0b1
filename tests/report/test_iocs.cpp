#include <string>

#include "report/exchange/iocs.hpp"
#include "support/catch.hpp"
#include "support/sample_report.hpp"

using namespace emltrace;

namespace {

report::Iocs iocs_of(const trace::Report& report, const std::string& message) {
  intake::Item item;
  item.original = item.text = message;
  return report::to_iocs(report, item);
}

bool has(const std::string& lines, const std::string& line) {
  return ('\n' + lines).find('\n' + line + '\n') != std::string::npos;
}

trace::Report signed_report(auth::Result result, auth::Alignment alignment) {
  trace::Report report;
  dkim::Verdict verdict;
  verdict.result = result;
  verdict.domain = "Sender.example";
  verdict.selector = "s1";
  verdict.signed_headers = {"from", "reply-to", "message-id"};
  report.dkim = {verdict};
  report.dmarc.dkim_alignment = {alignment};
  return report;
}

}  // namespace

TEST_CASE("each line is type, value, role and standing") {
  const auto lines = iocs_of(test::sample_report(), "Subject: x\n\n").lines;
  for (const char* line :
       {"ip\t202.99.11.120\torigin\tborder", "domain\tlinuxaid.com.cn\torigin\tborder",
        "ip\t203.0.113.7\tclaimed-origin\tdiscarded", "ip\t202.99.11.120\tclient\tborder",
        "domain\tlinuxaid.com.cn\tclient\tborder", "domain\tgalangal.org\thelo\tunverified",
        "domain\tmail.alpha.com.cn\tborder\tborder",
        "email\tforged-address@galangal.org\tenvelope-sender\tunverified",
        "domain\tgalangal.org\tenvelope-sender\tunverified",
        "email\tanother@mail.lemongrass.org\tauthor\tcontradicted",
        "domain\tmail.lemongrass.org\tauthor\tcontradicted",
        "email\ttmh@zky.ac.cn\trecipient\tunverified",
        "message-id\t<1@lemongrass.org>\tmessage\tunverified",
        "domain\tlemongrass.org\tsigner\tunverified",
        "dkim-selector\ts1._domainkey.lemongrass.org\tsigner\tunverified",
        "domain\tlist.example\tsealer\tcorroborated"}) {
    CAPTURE(line);
    CHECK(has(lines, line));
  }
  // The names of the discarded hop are no host names.
  CHECK(lines.find("nowhere") == std::string::npos);
}

TEST_CASE("a line that is there already is not repeated") {
  const auto lines = iocs_of(trace::Report(),
                             "Content-Type: text/plain\n\nhttp://a.example/x HTTP://A.example/x "
                             "http://a.example/y\n")
                         .lines;
  CHECK(lines ==
        "url\thttp://a.example/x\tlink\tunverified\n"
        "domain\ta.example\tlink\tunverified\n"
        "url\thttp://a.example/y\tlink\tunverified\n");
}

TEST_CASE("what a passing signature of the author covers is corroborated, and nothing else") {
  const std::string message =
      "Subject: x\nReply-To: b@c.example\nMessage-ID: <1@a.example>\n\nhttp://a.example/\n";
  using auth::Alignment;
  using auth::Result;
  const char* line = "url\thttp://a.example/\tlink\tcorroborated";
  auto report = signed_report(Result::pass, Alignment::relaxed);
  report.headers.reply_to = parse_addresses("b@c.example").mailboxes;
  report.headers.message_id = "<1@a.example>";
  const auto lines = iocs_of(report, message).lines;
  CHECK(has(lines, line));
  CHECK(has(lines, "email\tb@c.example\treply-to\tcorroborated"));
  CHECK(has(lines, "domain\tc.example\treply-to\tcorroborated"));
  CHECK(has(lines, "message-id\t<1@a.example>\tmessage\tcorroborated"));
  CHECK(has(lines, "domain\tsender.example\tsigner\tcorroborated"));
  CHECK_FALSE(has(iocs_of(signed_report(Result::pass, Alignment::none), message).lines, line));
  CHECK_FALSE(has(iocs_of(signed_report(Result::fail, Alignment::relaxed), message).lines, line));
  report.dkim[0].unsigned_bytes = 1;
  CHECK_FALSE(has(iocs_of(report, message).lines, line));
  report.dkim[0].unsigned_bytes = 0;
  CHECK(has(iocs_of(report, "Reply-To: x@d.example\n" + message).lines,
            "email\tb@c.example\treply-to\tunverified"));
  report.partial = {true};
  CHECK_FALSE(has(iocs_of(report, message).lines, line));
}

TEST_CASE("a link through a filter stands beside the place that it leads to") {
  const auto lines =
      iocs_of(trace::Report(),
              "Content-Type: text/html\n\n<a href=\"https://eur01.safelinks.protection."
              "outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttp%253A%252F"
              "%252Fevil.example%252Fx&amp;data=0\">")
          .lines;
  CHECK(has(lines, "url\thttp://evil.example/x\tlink\tunverified"));
  CHECK(has(lines, "domain\tevil.example\tlink\tunverified"));
  CHECK(has(lines, "domain\twww.google.com\tredirector\tunverified"));
  CHECK(has(lines, "domain\teur01.safelinks.protection.outlook.com\tlink-filter\tunverified"));
  CHECK_FALSE(has(lines, "domain\twww.google.com\tlink\tunverified"));
}

TEST_CASE("an address in an odd form is told as written and as what it means") {
  const auto lines =
      iocs_of(trace::Report(), "Subject: x\n\nhttp://bank.example@3405803785/x\n").lines;
  CHECK(lines ==
        "url\thttp://bank.example@203.0.113.9/x\tlink\tunverified\n"
        "url\thttp://bank.example@3405803785/x\tlink\tunverified\n"
        "ip\t203.0.113.9\tlink\tunverified\n");
}

TEST_CASE("the text of a link that leads elsewhere is no link") {
  const auto lines = iocs_of(trace::Report(),
                             "Content-Type: text/html\n\n<a href=http://evil.example/>"
                             "https://bank.example/</a>")
                         .lines;
  CHECK(has(lines, "domain\tbank.example\tlink-text\tunverified"));
  CHECK(has(lines, "domain\tevil.example\tlink\tunverified"));
}

TEST_CASE("an attachment: type, size, SHA-256 and name; and the SHA-256 alone") {
  const auto lines = iocs_of(trace::Report(),
                             "Content-Type: application/pdf; name=\"a\tb.pdf\"\n"
                             "Content-Transfer-Encoding: base64\n\nYWJj\n")
                         .lines;
  const std::string hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  CHECK(lines == "attachment\tapplication/pdf 3 " + hash +
                     " a\\x09b.pdf\tattachment\tunverified\n" + "sha256\t" + hash +
                     "\tattachment\tunverified\n");
}

TEST_CASE("no value ends its line or its column, or obeys a terminal") {
  auto report = test::sample_report();
  report.headers.message_id = "<a\tb\nc\x1b[2J\xE2\x80\xAE@x>";
  const auto lines = iocs_of(report, "Subject: x\n\n").lines;
  CHECK(has(lines, "message-id\t<a\\x09b\\x0ac\\x1b[2J\\u202e@x>\tmessage\tunverified"));
}

TEST_CASE("the addresses of private networks are none that somebody could look for") {
  trace::Report report;
  for (const char* address : {"10.1.2.3", "127.0.0.1", "192.168.1.1", "fe80::1", "100.64.0.1"}) {
    trace::TracedHop hop;
    hop.received.from.ip = ip::Address::parse(address);
    report.hops.push_back(hop);
  }
  CHECK(iocs_of(report, "Subject: x\n\n").lines.empty());
}

TEST_CASE("the links of List-Unsubscribe") {
  const auto lines =
      iocs_of(
          trace::Report(),
          "List-Unsubscribe: <mailto:leave@list.example?subject=x>,\n <https://u.example/1>\n\n")
          .lines;
  CHECK(lines ==
        "email\tleave@list.example\tunsubscribe\tunverified\n"
        "url\thttps://u.example/1\tunsubscribe\tunverified\n"
        "domain\tu.example\tunsubscribe\tunverified\n");
}

TEST_CASE("what was left out is told beside the lines") {
  std::string message = "Subject: x\n\n";
  for (std::size_t i = 0; i <= 10'000; ++i)
    message += "http://a.example/" + std::to_string(i) + "\n";
  const auto iocs = iocs_of(trace::Report(), message);
  CHECK(iocs.left_out == std::vector<std::string>{"links beyond the first 10000 in the body"});
}
