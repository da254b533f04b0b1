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
        "    dkim=fail reason=\"the body was changed\" header.d=lemongrass.org\n"
        "    header.i=@lemongrass.org header.s=s1 header.a=rsa-sha256\n"
        "    header.b=dzdVyOfA;\n"
        "    dmarc=fail header.from=mail.lemongrass.org polrec.p=reject\n"
        "    polrec.domain=lemongrass.org;\n"
        "    arc=pass header.oldest-pass=0 smtp.remote-ip=202.99.11.120;\n"
        "    dkim2=fail (i=1 d2.example pass, i=2 l2.example pass, DKIM2-Signature\n"
        "    i=2 RCPT TO <\\(v\\)@v.example> did not match) header.d=d2.example\n"
        "    header.i=2\n");
}

TEST_CASE("a reader of RFC 8601 reads the same results back") {
  const auto results = read_back(report::to_authres(test::sample_report(), "check.example"));
  CHECK(results.authserv_id == "check.example");
  REQUIRE(results.methods.size() == 5);
  CHECK(results.methods[0].method == "spf");
  CHECK(results.methods[0].result == "softfail");
  CHECK(results.methods[1].property("header.d") == "lemongrass.org");
  CHECK(results.methods[2].property("header.from") == "mail.lemongrass.org");
  CHECK(results.methods[4].method == "dkim2");
  CHECK(results.methods[4].result == "fail");
  CHECK(results.methods[4].property("header.d") == "d2.example");
  CHECK_FALSE(results.unread);
}

TEST_CASE(
    "RFC 6008: header.b tells the signatures of a message apart, by eight characters or more") {
  auto report = test::sample_report();
  const auto b_of = [&](std::size_t signature) {
    const auto results = read_back(report::to_authres(report, "check.example"));
    return std::string(results.methods.at(1 + signature).property("header.b").value_or("-"));
  };
  report.dkim.push_back(report.dkim[0]);
  report.dkim[0].signature_text = "dzdVyOfAKCdLXdJOc9G2q8LoXSlEniSb";
  report.dkim[1].signature_text = "Avyuu4tz0WWIrSwl8gJYtQ==";
  CHECK(b_of(0) == "dzdVyOfA");
  CHECK(b_of(1) == "Avyuu4tz");
  report.dkim[1].signature_text = "dzdVyOfAKCdMXdJO";
  CHECK(b_of(0) == "dzdVyOfAKCdL");
  CHECK(b_of(1) == "dzdVyOfAKCdM");
  report.dkim[1].signature_text = report.dkim[0].signature_text;  // one field twice
  CHECK(b_of(1) == "dzdVyOfA");
  report.dkim[1].signature_text = "dzd";
  CHECK(b_of(1) == "dzd");
  report.dkim[1].signature_text.clear();
  CHECK(b_of(1) == "-");
}

TEST_CASE("a reason stands with what is no pass, where one is known") {
  auto report = test::sample_report();
  report.dkim[0].detail = "the key \"s1\" is gone";
  report.spf[0].problem = "too many look-ups";
  const auto results = read_back(report::to_authres(report, "check.example"));
  CHECK(results.methods[0].reason == "too many look-ups");
  CHECK(results.methods[1].reason == "the key \"s1\" is gone");
  CHECK_FALSE(results.methods[2].reason);
  report.dkim[0].result = auth::Result::pass;
  CHECK_FALSE(read_back(report::to_authres(report, "check.example")).methods[1].reason);
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
  report.dkim2.detail = "a) dmarc=pass \\\r\n\r\nbody";
  report.dkim[0].selector = std::string(5'000, 's') + " ";
  const auto field = report::to_authres(report, "check.example");
  const auto results = read_back(field);
  REQUIRE(results.methods.size() == 5);
  CHECK(results.methods[1].property("header.d") == "x.example; spf=pass");
  CHECK_FALSE(results.methods[1].property("header.s"));
  for (const auto line : text::split(field, '\n')) CHECK(line.size() <= 998);
}

TEST_CASE("lines stay below 78 columns where values allow it") {
  const std::string field = report::to_authres(test::sample_report(), "check.example");
  for (const auto line : text::split(field, '\n')) CHECK(line.size() < 78);
}
