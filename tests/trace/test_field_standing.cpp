// How far who wrote a field of a traced message can be believed.

#include <string>

#include "support/catch.hpp"
#include "support/route_text.hpp"
#include "support/sign.hpp"
#include "trace/field_standing.hpp"

using namespace emltrace;
using trace::FieldStanding;
using trace::Standing;

namespace {

std::string line(const std::string& name, const std::string& address, const std::string& by) {
  return "Received: from " + name + " (" + name + " [" + address + "])\r\n\tby " + by +
         " with ESMTP id x9;\r\n\tThu, 29 Oct 2026 09:41:14 +0200\r\n";
}
const std::string kBorder = line("out.sender.example", "81.187.42.20", "mx.corp.example");
const std::string kBelow = line("pc.sender.example", "81.5.5.5", "relay.elsewhere.example");
const std::string kFrom = "From: a@example.org\r\n";
const std::string kField = "X-PHP-Script: www.customer.example/x.php\r\n";

// The standing of the first field of that name.
std::string standing(const std::string& message, const trace::Report& report,
                     const char* name = "X-PHP-Script") {
  const Message parsed = Message::parse(message);
  return std::string(to_string(FieldStanding(report, parsed).of(*parsed.find(name))));
}
std::string standing(const std::string& message) {
  return standing(message, test::trace_offline(message));
}

// `message` signed by example.org over those fields.
struct SignedMessage {
  SignedMessage(const std::string& message, std::vector<std::string> headers,
                std::optional<std::uint64_t> length = {}, const std::string& behind = {}) {
    test::SignOptions options;
    options.headers = std::move(headers);
    options.length = length;
    const auto& key = test::SigningKey::ed25519();
    options.algorithm = "ed25519-sha256";
    text = kBorder + test::sign_message(message, key, options) + behind;
    report = test::trace_message(text, test::key_line(key, options));
  }
  [[nodiscard]] bool covers(const char* name) const {
    const Message parsed = Message::parse(text);
    return FieldStanding(report, parsed).is_signed(name);
  }
  std::string text;
  trace::Report report;
};

}  // namespace

TEST_CASE("a field above the border's line is own, one below it the next lower host's") {
  CHECK(standing(kField + kBorder + kBelow + kFrom + "\r\nx\r\n") == "own");
  const std::string between = kBorder + kField + kBelow + kFrom + "\r\nx\r\n";
  CHECK(standing(between) == "unverified");
  trace::Report report = test::trace_offline(between);
  report.hops[0].standing = Standing::contradicted;
  CHECK(standing(between, report) == "contradicted");
  SECTION("below all lines nobody is known to have put it there") {
    const std::string below = kBorder + kBelow + kField + kFrom + "\r\nx\r\n";
    report = test::trace_offline(below);
    for (auto& hop : report.hops) hop.standing = Standing::contradicted;
    CHECK(standing(below, report) == "unverified");
  }
}

TEST_CASE("more than place tells who wrote a field") {
  const std::string exchange =
      line("out.sender.example", "81.187.42.20", "AM1.mail.protection.outlook.com");
  const std::string marked = exchange +
                             "X-IncomingTopHeaderMarker: OriginalChecksum:A;Count:1\r\n" + kFrom +
                             "X-IncomingHeaderCount: 1\r\n";
  CHECK(standing(marked + kField + "\r\nx\r\n") == "own");
  CHECK(standing(exchange + kField + kFrom + "\r\nx\r\n") == "unverified");
}

TEST_CASE("what a valid signature covers is corroborated, and nothing else") {
  const std::string message = kField + kFrom + "Reply-To: b@c.example\r\n\r\nhello\r\n";
  const SignedMessage covered(message, {"From", "X-PHP-Script"});
  REQUIRE(covered.report.dkim[0].result == auth::Result::pass);
  CHECK(standing(covered.text, covered.report) == "corroborated");
  CHECK(covered.covers("x-php-script"));
  CHECK_FALSE(covered.covers("reply-to"));
  CHECK_FALSE(covered.covers("sender"));
  const SignedMessage left_out(message, {"From"});
  REQUIRE(left_out.report.dkim[0].result == auth::Result::pass);
  CHECK(standing(left_out.text, left_out.report) == "unverified");
  SECTION("a signature that fails covers nothing") {
    const SignedMessage broken(message, {"From", "X-PHP-Script"}, {}, "more\r\n");
    REQUIRE(broken.report.dkim[0].result == auth::Result::fail);
    CHECK(standing(broken.text, broken.report) == "unverified");
    CHECK_FALSE(broken.covers("x-php-script"));
  }
}

TEST_CASE("of a name that stands twice each has to be covered for the name to be") {
  const std::string two =
      "Reply-To: x@stranger.example\r\n" + kFrom + "Reply-To: b@c.example\r\n\r\nhello\r\n";
  CHECK_FALSE(SignedMessage(two, {"From", "Reply-To"}).covers("reply-to"));
  CHECK(SignedMessage(two, {"From", "Reply-To", "Reply-To"}).covers("reply-to"));
}

TEST_CASE("a signature that leaves the text open behind l= vouches for no field") {
  const std::string message = kField + kFrom + "Content-Type: text/plain\r\n\r\nhello\r\n";
  const std::vector<std::string> names = {"From", "X-PHP-Script", "Content-Type"};
  const SignedMessage open(message, names, 7, "Pay to this account: 12345.\r\n");
  REQUIRE(open.report.dkim[0].result == auth::Result::pass);
  CHECK(standing(open.text, open.report) == "unverified");
  CHECK_FALSE(open.covers("x-php-script"));
  const SignedMessage whole(message, names, 7);
  CHECK(standing(whole.text, whole.report) == "corroborated");
}
