#include "base/text.hpp"
#include "message/message.hpp"
#include "message/results/auth_results.hpp"
#include "report/exchange/authres.hpp"
#include "support/catch.hpp"
#include "support/sample_report.hpp"

using namespace emltrace;

namespace {

AuthResults read_back(const std::string& field) {
  const Message message = Message::parse(field);
  REQUIRE(message.fields().size() == 1);
  CHECK(message.fields()[0].name == "Authentication-Results");
  return parse_auth_results(message.fields()[0].body);
}

}  // namespace

TEST_CASE("the field states the results of the re-run with the registered properties") {
  CHECK(report::to_authres(test::sample_report(), "check.example") ==
        "Authentication-Results: check.example;\n"
        "    spf=softfail smtp.mailfrom=forged-address@galangal.org;\n"
        "    dkim=fail header.d=lemongrass.org header.i=@lemongrass.org header.s=s1\n"
        "    header.a=rsa-sha256;\n"
        "    dmarc=fail header.from=mail.lemongrass.org polrec.p=reject\n"
        "    polrec.domain=lemongrass.org;\n"
        "    arc=pass header.oldest-pass=0 smtp.remote-ip=202.99.11.120\n");
}

TEST_CASE("a reader of RFC 8601 reads the same results back") {
  const auto results = read_back(report::to_authres(test::sample_report(), "check.example"));
  CHECK(results.authserv_id == "check.example");
  REQUIRE(results.methods.size() == 4);
  CHECK(results.methods[0].method == "spf");
  CHECK(results.methods[0].result == "softfail");
  CHECK(results.methods[1].property("header.d") == "lemongrass.org");
  CHECK(results.methods[2].property("header.from") == "mail.lemongrass.org");
  CHECK_FALSE(results.unread);
}

TEST_CASE("nothing checked is said as none") {
  trace::Report report;
  CHECK(report::to_authres(report, "check.example") ==
        "Authentication-Results: check.example;\n    dkim=none;\n    dmarc=none;\n    arc=none\n");
}

TEST_CASE("a null reverse-path is named by the domain that was checked") {
  auto report = test::sample_report();
  report.envelope.mail_from = "";
  report.spf[0].domain = "helo.example";
  const auto field = report::to_authres(report, "check.example");
  CHECK(field.find("spf=softfail smtp.mailfrom=helo.example;") != std::string::npos);
}

TEST_CASE("ARC whose check failed for DNS is left out: RFC 8617 has no word for it") {
  auto report = test::sample_report();
  report.arc.result = auth::Result::temperror;
  CHECK(report::to_authres(report, "check.example").find(" arc=") == std::string::npos);
}

TEST_CASE("hostile values neither end the field nor add a result to it") {
  auto report = test::sample_report();
  report.envelope.mail_from = "a\"; dmarc=pass\r\n\r\nbody@galangal.org";
  report.dkim[0].domain = "x.example; spf=pass";
  report.dkim[0].selector = std::string(5'000, 's') + " ";
  const auto field = report::to_authres(report, "check.example");
  const auto results = read_back(field);
  REQUIRE(results.methods.size() == 4);
  CHECK(results.methods[1].property("header.d") == "x.example; spf=pass");
  CHECK_FALSE(results.methods[1].property("header.s"));
  for (const auto line : text::split(field, '\n')) CHECK(line.size() <= 998);
}

TEST_CASE("lines stay below 78 columns where values allow it") {
  for (const auto line :
       text::split(report::to_authres(test::sample_report(), "check.example"), '\n')) {
    CHECK(line.size() < 78);
  }
}
