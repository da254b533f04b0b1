// What a signature leaves open behind l= (RFC 6376 8.2).

#include "support/catch.hpp"
#include "support/route_text.hpp"
#include "support/sign.hpp"
#include "trace/author/coverage.hpp"

using namespace emltrace;
using namespace emltrace::trace;
using test::severity_of;

namespace {

const std::string kSigned = "We meet on Monday.\r\n";
const std::string kFooter =
    "_______________________________________________\r\nList mailing list\r\n"
    "https://lists.example.org/listinfo/list\r\n";

struct Sent {
  std::string added;  // behind the part that is signed
  bool content_type_signed = true;
  bool list = false;
  std::optional<std::uint64_t> length = kSigned.size();
};

Report trace_sent(const Sent& sent) {
  test::SignOptions options;
  options.headers = {"From", "Subject", "Date"};
  if (sent.content_type_signed) options.headers.emplace_back("Content-Type");
  options.length = sent.length;
  const std::string head =
      "From: joe@example.org\r\nSubject: Meeting\r\nDate: Thu, 29 Oct 2026 09:41:10 +0200\r\n"
      "Message-ID: <1@example.org>\r\nContent-Type: text/plain\r\n";
  const auto& key = test::SigningKey::rsa(2048);
  std::string message = test::sign_message(head + "\r\n" + kSigned, key, options) + sent.added;
  if (sent.list) message = "List-Id: <list.lists.example.org>\r\n" + message;
  const std::string zone = test::key_line(key, options) +
                           test::txt_line("_dmarc.example.org", "v=DMARC1; p=reject") +
                           "out.sender.example. A 81.187.42.20\n"
                           "20.42.187.81.in-addr.arpa. PTR out.sender.example.\n";
  std::string line =
      test::received("out.sender.example (out.sender.example [81.187.42.20])", "mx.corp.example");
  std::string crlf;
  for (const char c : line) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return test::trace_message(crlf + message, zone);
}

}  // namespace

TEST_CASE("text behind l= makes the message suspicious, and nothing is vouched for") {
  const Report report = trace_sent({"Pay to this account: 12345.\r\n"});
  REQUIRE(report.dkim.size() == 1);
  CHECK(report.dkim[0].result == auth::Result::pass);
  CHECK(report.dmarc.result == auth::Result::pass);
  CHECK(report.dkim[0].unsigned_bytes == 29);
  CHECK(severity_of(report, "dkim-length-tag") == "medium");
  CHECK(report.verdict.level == Level::suspicious);
  CHECK(report.verdict.author == AuthorState::unauthenticated);
  CHECK(report.verdict.summary.find("example.org signed a part of it, and not the whole text") !=
        std::string::npos);
}

TEST_CASE("l= without anything behind it is a signature like any other") {
  for (const bool content_type : {true, false}) {
    CAPTURE(content_type);
    const Report report = trace_sent({"", content_type});
    CHECK(report.dkim[0].unsigned_bytes == 0);
    CHECK(severity_of(report, "dkim-length-tag").empty());
    CHECK(report.verdict.author == AuthorState::authenticated);
    CHECK(report.verdict.level == Level::clean);
  }
}

TEST_CASE("what a list adds behind l= is no text of a stranger") {
  const Report of_list = trace_sent({kFooter, true, true});
  CHECK(severity_of(of_list, "dkim-length-tag") == "low");
  CHECK(of_list.verdict.author == AuthorState::authenticated);
  // Nobody but a list adds it.
  const Report alone = trace_sent({kFooter, true, false});
  CHECK(severity_of(alone, "dkim-length-tag") == "medium");
  // Another Content-Type would show it as something else.
  const Report open = trace_sent({kFooter, false, true});
  CHECK(severity_of(open, "dkim-length-tag") == "medium");
  CHECK(open.verdict.author == AuthorState::unauthenticated);
}

TEST_CASE("blank lines behind l= are none of the body (RFC 6376 3.4.4)") {
  for (const bool content_type : {true, false}) {
    const Report report = trace_sent({" \r\n \r\n", content_type});
    CHECK(report.dkim[0].unsigned_bytes == 0);
    CHECK(report.verdict.author == AuthorState::authenticated);
  }
}
