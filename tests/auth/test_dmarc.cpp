#include <set>

#include "auth/dmarc/dmarc.hpp"
#include "support/catch.hpp"
#include "support/faulty_client.hpp"
#include "support/table.hpp"

using emltrace::auth::Alignment;
using emltrace::auth::Result;
using emltrace::dmarc::Mode;
namespace auth = emltrace::auth;
namespace dkim = emltrace::dkim;
namespace dmarc = emltrace::dmarc;
namespace dns = emltrace::dns;
namespace spf = emltrace::spf;
namespace test = emltrace::test;
using test::FaultyClient;

namespace {

spf::Verdict spf_result(const std::string& domain, Result result) {
  spf::Verdict verdict{};
  verdict.identity = spf::Identity::mail_from;
  verdict.domain = domain;
  verdict.result = result;
  return verdict;
}

dkim::Verdict dkim_result(const std::string& domain, Result result) {
  dkim::Verdict verdict{};
  verdict.domain = domain;
  verdict.result = result;
  return verdict;
}

struct Case {
  std::string author;
  std::optional<spf::Verdict> spf{};
  std::vector<dkim::Verdict> dkim{};
  Mode mode = Mode::rfc9989;
};

dmarc::Request request_of(const Case& c) {
  dmarc::Request request;
  request.mode = c.mode;
  request.author_domains = {c.author};
  request.spf = c.spf ? &*c.spf : nullptr;
  request.dkim = &c.dkim;
  return request;
}

dmarc::Verdict evaluate(const char* zone, const Case& c) {
  const dmarc::Request request = request_of(c);
  return test::settle_with_zone(
      zone, [&](dns::Client& client) { return dmarc::evaluate(client, request); });
}

std::vector<std::string> walked(const dmarc::Verdict& verdict) {
  std::vector<std::string> names;
  for (const auto& step : verdict.walk) names.push_back(step.name + " " + step.outcome);
  return names;
}

}  // namespace

TEST_CASE("a signature and an envelope of another domain fail under the author domain's policy") {
  const auto verdict =
      evaluate(R"(_dmarc.a.com. IN TXT "v=DMARC1; p=reject"
)",
               {"a.com", std::nullopt, {dkim_result("fake.com", Result::permerror)}});
  CHECK(verdict.result == Result::fail);
  CHECK(verdict.author_domain == std::string("a.com"));
  CHECK(verdict.organizational_domain == std::string("a.com"));
  CHECK(verdict.record_domain == std::string("a.com"));
  CHECK(verdict.record == std::string("v=DMARC1; p=reject"));
  CHECK(verdict.policy == std::string("reject"));
  CHECK(verdict.policy_tag == std::string("p"));
  CHECK(verdict.disposition == std::string("reject"));
  CHECK_FALSE(verdict.spf_aligned.has_value());
  CHECK(verdict.dkim_aligned == false);
  CHECK(verdict.dkim_alignment == std::vector<Alignment>{Alignment::none});
  CHECK(walked(verdict) ==
        std::vector<std::string>{"_dmarc.a.com record", "_dmarc.com no-such-name"});
}

TEST_CASE("RFC 9989 4.4: identifier alignment, relaxed and strict") {
  struct Row {
    const char* what;
    const char* tags;
    Case c;
    Result result;
    std::optional<bool> spf;
    std::optional<bool> dkim;
  };
  const auto pass_spf = [](const char* domain) { return spf_result(domain, Result::pass); };
  const auto pass_dkim = [](const char* domain) {
    return std::vector{dkim_result(domain, Result::pass)};
  };
  const Row rows[] = {
      {"SPF, the same domain",
       "",
       {"example.com", pass_spf("example.com")},
       Result::pass,
       true,
       false},
      {"SPF, a subdomain",
       "",
       {"example.com", pass_spf("bounce.example.com")},
       Result::pass,
       true,
       false},
      {"SPF, from a subdomain author",
       "",
       {"news.example.com", pass_spf("example.com")},
       Result::pass,
       true,
       false},
      {"SPF, siblings",
       "",
       {"news.example.com", pass_spf("bounce.example.com")},
       Result::pass,
       true,
       false},
      {"SPF, another domain",
       "",
       {"example.com", pass_spf("example.net")},
       Result::fail,
       false,
       false},
      {"SPF, a name that only ends alike",
       "",
       {"example.com", pass_spf("badexample.com")},
       Result::fail,
       false,
       false},
      {"SPF, softfail is no pass",
       "",
       {"example.com", spf_result("example.com", Result::softfail)},
       Result::fail,
       false,
       false},
      {"SPF, strict, the same",
       "aspf=s",
       {"example.com", pass_spf("example.com")},
       Result::pass,
       true,
       false},
      {"SPF, strict, a subdomain",
       "aspf=s",
       {"example.com", pass_spf("a.example.com")},
       Result::fail,
       false,
       false},
      {"DKIM, the same domain",
       "",
       {"example.com", {}, pass_dkim("example.com")},
       Result::pass,
       std::nullopt,
       true},
      {"DKIM, a parent",
       "",
       {"a.b.example.com", {}, pass_dkim("example.com")},
       Result::pass,
       std::nullopt,
       true},
      {"DKIM, strict",
       "adkim=s",
       {"a.example.com", {}, pass_dkim("example.com")},
       Result::fail,
       std::nullopt,
       false},
      {"DKIM, strict does not touch SPF",
       "adkim=s",
       {"example.com", pass_spf("a.example.com"), pass_dkim("b.example.com")},
       Result::pass,
       true,
       false},
      {"DKIM, one of several",
       "",
       {"example.com",
        {},
        {dkim_result("esp.example.net", Result::pass), dkim_result("example.com", Result::fail),
         dkim_result("a.example.com", Result::pass)}},
       Result::pass,
       std::nullopt,
       true},
      {"DKIM, a signature that fails",
       "",
       {"example.com", {}, {dkim_result("example.com", Result::fail)}},
       Result::fail,
       std::nullopt,
       false},
      {"letters' case does not matter",
       "aspf=s",
       {"Example.COM", pass_spf("eXample.com")},
       Result::pass,
       true,
       false},
      {"nothing authenticated",
       "",
       {"example.com", spf_result("", Result::none)},
       Result::fail,
       false,
       false},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    const std::string zone =
        std::string("_dmarc.example.com. IN TXT \"v=DMARC1; p=reject; ") + row.tags + "\"\n";
    const auto verdict = evaluate(zone.c_str(), row.c);
    CHECK(verdict.result == row.result);
    CHECK(verdict.spf_aligned == row.spf);
    CHECK(verdict.dkim_aligned == row.dkim);
    CHECK(verdict.disposition == std::string(row.result == Result::pass ? "none" : "reject"));
  }
}

TEST_CASE("RFC 9989 4.4: the alignment of each signature is told whatever its result") {
  const auto verdict = evaluate(
      "_dmarc.example.com. IN TXT \"v=DMARC1; p=none\"\n",
      {"mail.example.com",
       spf_result("other.example.com", Result::fail),
       {dkim_result("mail.example.com", Result::fail),
        dkim_result("example.com", Result::permerror), dkim_result("example.org", Result::pass),
        dkim_result("not a domain", Result::permerror)}});
  CHECK(verdict.dkim_alignment == std::vector<Alignment>{Alignment::strict, Alignment::relaxed,
                                                         Alignment::none, Alignment::none});
  CHECK(verdict.spf_alignment == Alignment::relaxed);
  CHECK(verdict.result == Result::fail);
  CHECK(verdict.disposition == std::string("none"));
}

TEST_CASE("RFC 9989 4.4.2: SPF counts with the MAIL FROM identity alone") {
  Case c{"example.com", spf_result("example.com", Result::pass)};
  c.spf->identity = spf::Identity::helo;
  const auto verdict = evaluate("_dmarc.example.com. IN TXT \"v=DMARC1; p=reject\"\n", c);
  CHECK(verdict.result == Result::fail);
  CHECK_FALSE(verdict.spf_aligned.has_value());
}

TEST_CASE("RFC 9989 4.10: the walk asks at most eight names and keeps seven labels of long ones") {
  const auto verdict = evaluate("x. IN TXT \"unrelated\"\n", {"a.b.c.d.e.f.g.h.i.j.example.com"});
  CHECK(walked(verdict) ==
        std::vector<std::string>{
            "_dmarc.a.b.c.d.e.f.g.h.i.j.example.com no-such-name",
            "_dmarc.f.g.h.i.j.example.com no-such-name", "_dmarc.g.h.i.j.example.com no-such-name",
            "_dmarc.h.i.j.example.com no-such-name", "_dmarc.i.j.example.com no-such-name",
            "_dmarc.j.example.com no-such-name", "_dmarc.example.com no-such-name",
            "_dmarc.com no-such-name"});
  CHECK(verdict.result == Result::none);
  CHECK(verdict.organizational_domain == std::string("a.b.c.d.e.f.g.h.i.j.example.com"));

  const auto eight = evaluate("x. IN TXT \"unrelated\"\n", {"a.b.c.d.e.f.g.com"});
  REQUIRE(eight.walk.size() == 8);
  CHECK(eight.walk[1].name == "_dmarc.b.c.d.e.f.g.com");
}

TEST_CASE("RFC 9989 4.10: the walk stops at psd=n and psd=y, and at nothing else") {
  const auto at_n = evaluate(R"(
_dmarc.b.example.com. IN TXT "v=DMARC1; p=reject; psd=n"
_dmarc.example.com.   IN TXT "v=DMARC1; p=none"
)",
                             {"a.b.example.com"});
  CHECK(walked(at_n) == std::vector<std::string>{"_dmarc.a.b.example.com no-such-name",
                                                 "_dmarc.b.example.com record"});
  const auto at_u = evaluate(R"(
_dmarc.b.example.com. IN TXT "v=DMARC1; p=reject; psd=u"
_dmarc.example.com.   IN TXT "v=DMARC1; p=none"
)",
                             {"a.b.example.com"});
  CHECK(at_u.walk.size() == 4);
}

TEST_CASE("RFC 9989 4.10.2: the organizational domain") {
  struct Row {
    const char* what;
    const char* zone;
    const char* author;
    const char* organization;
  };
  const Row rows[] = {
      {"the record with the fewest labels",
       "_dmarc.mail.example.com. TXT \"v=DMARC1; p=none\"\n_dmarc.example.com. TXT \"v=DMARC1; "
       "p=none\"\n",
       "a.mail.example.com", "example.com"},
      {"psd=n ends the search",
       "_dmarc.mail.example.com. TXT \"v=DMARC1; psd=n\"\n_dmarc.example.com. TXT \"v=DMARC1; "
       "p=none\"\n",
       "a.mail.example.com", "mail.example.com"},
      {"one label below psd=y", "_dmarc.com. TXT \"v=DMARC1; p=reject; psd=y\"\n",
       "a.mail.example.com", "example.com"},
      {"psd=y above a record between",
       "_dmarc.mail.example.com. TXT \"v=DMARC1; p=none\"\n_dmarc.com. TXT \"v=DMARC1; psd=y\"\n",
       "a.mail.example.com", "example.com"},
      {"psd=y at the starting point does not count",
       "_dmarc.gov.example. TXT \"v=DMARC1; p=reject; psd=y\"\n", "gov.example", "gov.example"},
      {"psd=n at the starting point",
       "_dmarc.a.example.com. TXT \"v=DMARC1; p=none; psd=n\"\n"
       "_dmarc.example.com. TXT \"v=DMARC1; p=none\"\n",
       "a.example.com", "a.example.com"},
      {"no record: the starting point", "x. TXT \"none\"\n", "a.example.com", "a.example.com"},
      {"several records at one name are none",
       "_dmarc.example.com. TXT \"v=DMARC1; p=none\"\n_dmarc.example.com. TXT \"v=DMARC1; "
       "p=reject\"\n_dmarc.a.example.com. TXT \"v=DMARC1; p=none\"\n",
       "b.a.example.com", "a.example.com"},
      {"other texts at the name do not matter",
       "_dmarc.example.com. TXT \"v=DMARC1; p=none\"\n_dmarc.example.com. TXT \"something else\"\n",
       "a.example.com", "example.com"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(evaluate(row.zone, {row.author}).organizational_domain == std::string(row.organization));
  }
}

TEST_CASE("RFC 9989 4.10.2: each domain has a walk of its own") {
  // The subsidiary says psd=n: it is an organization by itself, though below the parent.
  const char* zone = R"(
_dmarc.example.com.     IN TXT "v=DMARC1; p=reject"
_dmarc.sub.example.com. IN TXT "v=DMARC1; p=none; psd=n"
)";
  CHECK(evaluate(zone, {"example.com", spf_result("sub.example.com", Result::pass)}).result ==
        Result::fail);
  CHECK(evaluate(zone, {"example.com", spf_result("other.example.com", Result::pass)}).result ==
        Result::pass);
  CHECK(
      evaluate(zone, {"a.sub.example.com", spf_result("b.sub.example.com", Result::pass)}).result ==
      Result::pass);
  CHECK(evaluate(zone, {"a.sub.example.com", spf_result("example.com", Result::pass)}).result ==
        Result::fail);
}

TEST_CASE("RFC 9989 4.10.2: two customers of one public suffix are not one organization") {
  const char* zone = R"(
_dmarc.host.example.     IN TXT "v=DMARC1; p=reject; psd=y"
_dmarc.one.host.example. IN TXT "v=DMARC1; p=reject"
)";
  const auto verdict =
      evaluate(zone, {"one.host.example", spf_result("two.host.example", Result::pass)});
  CHECK(verdict.result == Result::fail);
  CHECK(verdict.organizational_domain == std::string("one.host.example"));
}

TEST_CASE("RFC 9989 4.10.1: where the policy comes from, and which tag applies") {
  struct Row {
    const char* what;
    const char* zone;
    const char* author;
    const char* from;
    const char* tag;
    const char* policy;
  };
  const Row rows[] = {
      {"the author domain's own record",
       "_dmarc.a.example.com. TXT \"v=DMARC1; p=quarantine; sp=none\"\n_dmarc.example.com. TXT "
       "\"v=DMARC1; p=reject\"\n",
       "a.example.com", "a.example.com", "p", "quarantine"},
      {"the organizational domain's p where it has no sp",
       "_dmarc.example.com. TXT \"v=DMARC1; p=reject\"\na.example.com. A 192.0.2.1\n",
       "a.example.com", "example.com", "p", "reject"},
      {"the organizational domain's sp",
       "_dmarc.example.com. TXT \"v=DMARC1; p=reject; sp=quarantine\"\na.example.com. A "
       "192.0.2.1\n",
       "a.example.com", "example.com", "sp", "quarantine"},
      {"np for a name that does not exist",
       "_dmarc.example.com. TXT \"v=DMARC1; p=none; sp=quarantine; np=reject\"\n", "a.example.com",
       "example.com", "np", "reject"},
      {"sp for a name that exists without an address",
       "_dmarc.example.com. TXT \"v=DMARC1; p=none; sp=quarantine; np=reject\"\na.example.com. TXT "
       "\"here\"\n",
       "a.example.com", "example.com", "sp", "quarantine"},
      {"sp for a name that exists by a name below it",
       "_dmarc.example.com. TXT \"v=DMARC1; p=none; sp=quarantine; np=reject\"\nx.a.example.com. A "
       "192.0.2.1\n",
       "a.example.com", "example.com", "sp", "quarantine"},
      {"sp for a name that does not exist, where np is missing",
       "_dmarc.example.com. TXT \"v=DMARC1; p=none; sp=quarantine\"\n", "a.example.com",
       "example.com", "sp", "quarantine"},
      {"p for a name that exists, where sp is missing",
       "_dmarc.example.com. TXT \"v=DMARC1; p=none; np=reject\"\na.example.com. MX 10 m.example.\n",
       "a.example.com", "example.com", "p", "none"},
      {"the organizational domain's record before one between",
       "_dmarc.b.example.com. TXT \"v=DMARC1; p=none\"\n_dmarc.example.com. TXT \"v=DMARC1; "
       "p=reject\"\n",
       "a.b.example.com", "example.com", "p", "reject"},
      {"the public suffix domain's record, last",
       "_dmarc.bank. TXT \"v=DMARC1; p=none; sp=quarantine; np=reject; psd=y\"\nmy.bank. A "
       "192.0.2.1\n",
       "my.bank", "bank", "sp", "quarantine"},
      {"the public suffix domain's np",
       "_dmarc.bank. TXT \"v=DMARC1; p=none; sp=quarantine; np=reject; psd=y\"\n", "no.my.bank",
       "bank", "np", "reject"},
      {"several own records are discarded, the walk goes on",
       "_dmarc.a.example.com. TXT \"v=DMARC1; p=none\"\n_dmarc.a.example.com. TXT \"v=DMARC1; "
       "p=none\"\n_dmarc.example.com. TXT \"v=DMARC1; p=reject\"\n",
       "a.example.com", "example.com", "p", "reject"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    const auto verdict = evaluate(row.zone, {row.author});
    CHECK(verdict.record_domain == std::string(row.from));
    CHECK(verdict.policy_tag == std::string(row.tag));
    CHECK(verdict.policy == std::string(row.policy));
    CHECK(verdict.result == Result::fail);
    CHECK(verdict.disposition == std::string(row.policy));
  }
}

TEST_CASE("RFC 9989 4.7: t=y lowers what is asked for by one level") {
  struct Row {
    const char* policy;
    const char* asked;
  };
  for (const Row& row :
       {Row{"reject", "quarantine"}, Row{"quarantine", "none"}, Row{"none", "none"}}) {
    CAPTURE(row.policy);
    const std::string zone =
        std::string("_dmarc.a.example. TXT \"v=DMARC1; t=y; p=") + row.policy + "\"\n";
    const auto verdict = evaluate(zone.c_str(), {"a.example"});
    CHECK(verdict.testing);
    CHECK(verdict.policy == std::string(row.policy));
    CHECK(verdict.disposition == std::string(row.asked));
  }
}

TEST_CASE("RFC 9989 4.10.1: without a record, or with a useless one, DMARC does not apply") {
  const Case authenticated{"a.example", spf_result("a.example", Result::pass)};
  const auto without = evaluate("a.example. A 192.0.2.1\n", authenticated);
  CHECK(without.result == Result::none);
  CHECK(without.spf_aligned == true);
  CHECK_FALSE(without.policy);
  CHECK_FALSE(without.disposition);

  const auto useless = evaluate("_dmarc.a.example. TXT \"v=DMARC1; p=rejected\"\n", authenticated);
  CHECK(useless.result == Result::none);
  CHECK(useless.record == std::string("v=DMARC1; p=rejected"));
  REQUIRE(useless.problem);
  CHECK_FALSE(useless.policy);

  const auto wrong = evaluate("_dmarc.a.example. TXT \"v=dmarc1; p=reject\"\n", authenticated);
  CHECK(wrong.result == Result::none);
  REQUIRE(wrong.walk.size() == 2);
  CHECK(wrong.walk[0].outcome == "invalid-record");
  REQUIRE(wrong.warnings.size() == 1);
}

TEST_CASE("RFC 9989 4.7: report addresses are shown") {
  const auto verdict = evaluate(
      "_dmarc.a.example. TXT \"v=DMARC1; p=none; rua=mailto:r@a.example;\" "
      "\"ruf=mailto:f@a.example\"\n",
      {"a.example"});
  CHECK(verdict.aggregate_reports == std::vector<std::string>{"mailto:r@a.example"});
  CHECK(verdict.failure_reports == std::vector<std::string>{"mailto:f@a.example"});
}

TEST_CASE("RFC 9989 5.3.1: no author domain or several cannot be evaluated") {
  dns::Known known;
  for (const std::vector<std::string>& domains :
       {std::vector<std::string>{}, std::vector<std::string>{"a.example", "b.example"},
        std::vector<std::string>{"[192.0.2.1] x"}, std::vector<std::string>{"a..example"}}) {
    dmarc::Request request;
    request.author_domains = domains;
    const auto verdict = dmarc::evaluate(known, request);
    CHECK(verdict.result == Result::permerror);
    CHECK(verdict.problem.has_value());
    CHECK_FALSE(verdict.author_domain);
  }
  CHECK(known.take_missing().empty());
}

TEST_CASE("U-labels compare as A-labels") {
  const char* zone = "_dmarc.xn--bcher-kva.example. IN TXT \"v=DMARC1; p=reject; aspf=s\"\n";
  const auto verdict = evaluate(zone, {"b\xc3\xbc"
                                       "cher.example",
                                       spf_result("xn--bcher-kva.example", Result::pass)});
  CHECK(verdict.result == Result::pass);
  CHECK(verdict.author_domain == std::string("xn--bcher-kva.example"));
  // Two spellings of one author domain are one domain.
  dmarc::Request request;
  request.author_domains = {
      "B\xc3\xbc"
      "cher.example",
      "xn--bcher-kva.example"};
  const auto twice = test::settle_with_zone(
      zone, [&](dns::Client& client) { return dmarc::evaluate(client, request); });
  CHECK(twice.result == Result::fail);
}

TEST_CASE("a DNS error is neither pass nor fail") {
  const std::map<std::string, std::string> records{{"_dmarc.a.example", "v=DMARC1; p=reject"}};
  const auto run = [&](std::set<std::string> failing, const Case& c) {
    FaultyClient client(std::move(failing), records);
    return dmarc::evaluate(client, request_of(c));
  };
  SECTION("of the author's policy: temperror even with an aligned pass") {
    const auto verdict =
        run({"_dmarc.a.example"}, {"a.example", spf_result("a.example", Result::pass)});
    CHECK(verdict.result == Result::temperror);
    CHECK(verdict.problem == std::string("_dmarc.a.example: no answer in time"));
    CHECK(verdict.spf_aligned == true);
    CHECK_FALSE(verdict.disposition);
  }
  SECTION("of a name above: the policy stands, a strict alignment too") {
    const auto verdict =
        run({"_dmarc.example"}, {"a.example", spf_result("a.example", Result::pass)});
    CHECK(verdict.result == Result::pass);
    CHECK(verdict.policy == std::string("reject"));
    CHECK_FALSE(verdict.organizational_domain);
  }
  SECTION("of a name above: a relaxed alignment is open") {
    const auto verdict =
        run({"_dmarc.example"}, {"a.example", spf_result("b.a.example", Result::pass)});
    CHECK(verdict.result == Result::temperror);
    CHECK_FALSE(verdict.spf_aligned.has_value());
  }
  SECTION("of a name above: a domain that shares no label is none of the organization's") {
    const auto verdict = run({"_dmarc.example"}, {"a.example", spf_result("b.test", Result::pass)});
    CHECK(verdict.result == Result::fail);
    CHECK(verdict.spf_aligned == false);
  }
  SECTION("of an aligned SPF or DKIM check") {
    CHECK(run({}, {"a.example", spf_result("a.example", Result::temperror)}).result ==
          Result::temperror);
    CHECK(run({}, {"a.example", {}, {dkim_result("a.example", Result::temperror)}}).result ==
          Result::temperror);
    CHECK(run({}, {"a.example",
                   {},
                   {dkim_result("a.example", Result::temperror),
                    dkim_result("a.example", Result::pass)}})
              .result == Result::pass);
  }
  SECTION("of a check that is not aligned: it would not have counted") {
    CHECK(run({}, {"a.example", spf_result("b.example", Result::temperror)}).result ==
          Result::fail);
  }
  SECTION("of the signer's walk") {
    const auto verdict =
        run({"_dmarc.b.a.example"}, {"a.example", {}, {dkim_result("b.a.example", Result::pass)}});
    CHECK(verdict.result == Result::temperror);
    CHECK_FALSE(verdict.dkim_aligned.has_value());
  }
}

TEST_CASE("the AD bit of the policy's answer is told") {
  FaultyClient client({}, {{"_dmarc.a.example", "v=DMARC1; p=reject"}});
  const Case c{"a.example"};
  CHECK(dmarc::evaluate(client, request_of(c)).authenticated_data);
}

TEST_CASE("a signature that cannot be judged without the body leaves DMARC open") {
  const char* zone = "_dmarc.a.example. IN TXT \"v=DMARC1; p=reject\"\n";
  dkim::Verdict headers_only = dkim_result("a.example", Result::neutral);
  headers_only.problem = dkim::Problem::body_absent;
  headers_only.signature = dkim::Check::match;
  const auto open = evaluate(zone, {"a.example", {}, {headers_only}});
  CHECK(open.result == Result::permerror);
  CHECK_FALSE(open.dkim_aligned.has_value());
  CHECK_FALSE(open.disposition);
  CHECK(
      evaluate(zone, {"a.example", spf_result("a.example", Result::pass), {headers_only}}).result ==
      Result::pass);
  // A signature that does not match over the header alone cannot be mended by a body.
  headers_only.signature = dkim::Check::mismatch;
  CHECK(evaluate(zone, {"a.example", {}, {headers_only}}).result == Result::fail);
}

TEST_CASE("all names of a walk are asked in one round, and no foreign domain is walked") {
  dns::Known known;
  const Case c{"a.b.example.com",
               spf_result("example.net", Result::pass),
               {dkim_result("esp.example.org", Result::pass)}};
  const dmarc::Request request = request_of(c);
  static_cast<void>(dmarc::evaluate(known, request));
  std::vector<std::string> names;
  for (const auto& question : known.take_missing()) names.push_back(question.name.text());
  CHECK(names == std::vector<std::string>{"_dmarc.a.b.example.com", "_dmarc.b.example.com",
                                          "_dmarc.example.com", "_dmarc.com"});

  FaultyClient client({}, {{"_dmarc.example.com", "v=DMARC1; p=reject"}});
  static_cast<void>(dmarc::evaluate(client, request));
  CHECK(client.asked == std::set<std::string>{"_dmarc.a.b.example.com", "_dmarc.b.example.com",
                                              "_dmarc.example.com", "_dmarc.com"});
}

TEST_CASE(
    "RFC 7489 3.2, 6.6.3: the organizational domain by the public suffix list, one fallback") {
  struct Row {
    const char* what;
    const char* zone;
    Case c;
    Result result;
    const char* from;
    const char* tag;
    std::size_t queries;
  };
  const auto spf = [](const char* domain) { return spf_result(domain, Result::pass); };
  const char* org = "_dmarc.example.co.uk. TXT \"v=DMARC1; p=reject; sp=quarantine\"\n";
  const Row rows[] = {
      {"own record",
       org,
       {"example.co.uk", spf("a.example.co.uk"), {}, Mode::rfc7489},
       Result::pass,
       "example.co.uk",
       "p",
       1},
      {"fallback",
       org,
       {"a.b.example.co.uk", spf("c.example.co.uk"), {}, Mode::rfc7489},
       Result::pass,
       "example.co.uk",
       "sp",
       2},
      {"another registrant",
       org,
       {"example.co.uk", spf("other.co.uk"), {}, Mode::rfc7489},
       Result::fail,
       "example.co.uk",
       "p",
       1},
      {"no record between counts",
       "_dmarc.b.example.co.uk. TXT \"v=DMARC1; p=reject\"\n",
       {"a.b.example.co.uk", spf("a.b.example.co.uk"), {}, Mode::rfc7489},
       Result::none,
       nullptr,
       nullptr,
       2},
      {"no record of the public suffix counts",
       "_dmarc.co.uk. TXT \"v=DMARC1; p=reject\"\n",
       {"example.co.uk", spf("example.co.uk"), {}, Mode::rfc7489},
       Result::none,
       nullptr,
       nullptr,
       1},
      {"several records end the search",
       "_dmarc.a.example.co.uk. TXT \"v=DMARC1; p=none\"\n_dmarc.a.example.co.uk. TXT \"v=DMARC1; "
       "p=none\"\n_dmarc.example.co.uk. TXT \"v=DMARC1; p=reject\"\n",
       {"a.example.co.uk", spf("a.example.co.uk"), {}, Mode::rfc7489},
       Result::none,
       nullptr,
       nullptr,
       1},
      {"np is unknown",
       "_dmarc.example.co.uk. TXT \"v=DMARC1; p=reject; np=none\"\n",
       {"no.example.co.uk", {}, {}, Mode::rfc7489},
       Result::fail,
       "example.co.uk",
       "p",
       2},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    const auto verdict = evaluate(row.zone, row.c);
    CHECK(verdict.result == row.result);
    CHECK(verdict.organizational_domain == std::string("example.co.uk"));
    CHECK(verdict.record_domain.value_or("-") == std::string(row.from ? row.from : "-"));
    CHECK(verdict.policy_tag.value_or("-") == std::string(row.tag ? row.tag : "-"));
    CHECK(verdict.walk.size() == row.queries);
  }
}

TEST_CASE("RFC 7489 6.6.4: pct leaves messages out of the policy") {
  struct Row {
    const char* tags;
    const char* asked;
    std::size_t warnings;
  };
  for (const Row& row :
       {Row{"p=reject; pct=0", "quarantine", 0}, Row{"p=quarantine; pct=0", "none", 0},
        Row{"p=reject; pct=100", "reject", 0}, Row{"p=reject; pct=30", "reject", 1}}) {
    CAPTURE(row.tags);
    const std::string zone =
        std::string("_dmarc.example.com. TXT \"v=DMARC1; ") + row.tags + "\"\n";
    const auto verdict = evaluate(zone.c_str(), {"example.com", {}, {}, Mode::rfc7489});
    CHECK(verdict.result == Result::fail);
    CHECK(verdict.disposition == std::string(row.asked));
    CHECK(verdict.warnings.size() == row.warnings);
  }
}

TEST_CASE("a failure names the other rules, where the message passes under those") {
  const auto dkim = [](const char* domain, Result result = Result::pass) {
    return std::vector{dkim_result(domain, result)};
  };
  // The record stands below the registrable domain: the walk makes `a` an organization of its own,
  // the public suffix list knows example.com alone.
  const char* below = "_dmarc.a.example.com. TXT \"v=DMARC1; p=reject\"\n";
  const auto by_walk = evaluate(below, {"a.example.com", {}, dkim("b.example.com")});
  CHECK(by_walk.result == Result::fail);
  CHECK(by_walk.passes_under == Mode::rfc7489);
  const auto by_list = evaluate(below, {"a.example.com", {}, dkim("b.example.com"), Mode::rfc7489});
  CHECK(by_list.result == Result::pass);
  CHECK_FALSE(by_list.passes_under);

  // github.io is a public suffix by the list; by the walk its own record joins what is below.
  const char* above =
      "_dmarc.github.io. TXT \"v=DMARC1; p=reject\"\n"
      "_dmarc.one.github.io. TXT \"v=DMARC1; p=reject\"\n";
  const auto apart = evaluate(above, {"one.github.io", {}, dkim("two.github.io"), Mode::rfc7489});
  CHECK(apart.result == Result::fail);
  CHECK(apart.passes_under == Mode::rfc9989);

  // Guilty under both, and nothing that passes: no other rules.
  CHECK_FALSE(evaluate(below, {"a.example.com", {}, dkim("evil.example")}).passes_under);
  CHECK_FALSE(
      evaluate(below, {"a.example.com", {}, dkim("b.example.com", Result::fail)}).passes_under);
}
