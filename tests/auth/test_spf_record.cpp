#include <string>
#include <vector>

#include "auth/spf/record.hpp"
#include "support/catch.hpp"

namespace emltrace::spf {
namespace {

Record read(std::string_view text) {
  INFO(text);
  REQUIRE(is_record(text));
  const auto parsed = parse_record(text);
  if (const auto* error = std::get_if<SyntaxError>(&parsed)) {
    INFO(error->what);
    REQUIRE(false);
  }
  return std::get<Record>(parsed);
}

TEST_CASE("an SPF record is v=spf1 in any case, alone or with a space after it") {
  CHECK(is_record("v=spf1"));
  CHECK(is_record("v=spf1 "));
  CHECK(is_record("V=sPf1 -all"));
  CHECK(!is_record(""));
  CHECK(!is_record("v=spf"));
  CHECK(!is_record("v=spf10"));
  CHECK(!is_record("v=spf1\t-all"));
  CHECK(!is_record("v=spf1,-all"));
  CHECK(!is_record(" v=spf1 -all"));
  CHECK(!is_record("\"v=spf1 -all\""));
}

TEST_CASE("terms are read in order, with qualifiers, as written") {
  const Record record =
      read("v=spf1  +A ?mx/24 ~iNclude:a.example -ptr:%{d} exists:%{i}.b.example ALL  ");
  REQUIRE(record.directives.size() == 6);
  const std::vector<Mechanism> mechanisms{Mechanism::a,   Mechanism::mx,     Mechanism::include,
                                          Mechanism::ptr, Mechanism::exists, Mechanism::all};
  const std::vector<auth::Result> results{auth::Result::pass,     auth::Result::neutral,
                                          auth::Result::softfail, auth::Result::fail,
                                          auth::Result::pass,     auth::Result::pass};
  const std::vector<std::string> terms{
      "+A", "?mx/24", "~iNclude:a.example", "-ptr:%{d}", "exists:%{i}.b.example", "ALL"};
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(record.directives[i].mechanism == mechanisms[i]);
    CHECK(record.directives[i].qualifier == results[i]);
    CHECK(record.directives[i].term == terms[i]);
  }
  CHECK(!record.redirect);
  CHECK(!record.explanation);
}

TEST_CASE("modifiers stand anywhere, unknown ones are passed over") {
  const Record record = read(
      "v=spf1 exp=e.example a moo.cow-far_out=man:dog/cat REDIRECT=%{d}.r.example x= default=+");
  CHECK(record.directives.size() == 1);
  REQUIRE(record.redirect);
  CHECK(record.redirect->term == "REDIRECT=%{d}.r.example");
  REQUIRE(record.explanation);
  CHECK(record.explanation->term == "exp=e.example");
}

struct Cidr {
  std::string_view term;
  unsigned prefix4;
  unsigned prefix6;
  bool has_target;
};

TEST_CASE("a and mx take one or both prefix lengths, with and without a domain") {
  const std::vector<Cidr> rows{
      {"a", 32, 128, false},
      {"a/0", 0, 128, false},
      {"a//0", 32, 0, false},
      {"a/24//64", 24, 64, false},
      {"mx/32//128", 32, 128, false},
      {"a:b.example/8", 8, 128, true},
      {"a:b.example//8", 32, 8, true},
      {"mx:b.example/16//48", 16, 48, true},
      {"a:%{d}/16", 16, 128, true},
      {"a:foo:bar/baz.example", 32, 128, true},
      {"a:b/24.example/9", 9, 128, true},
  };
  for (const auto& row : rows) {
    const Record record = read("v=spf1 " + std::string(row.term));
    INFO(row.term);
    REQUIRE(record.directives.size() == 1);
    CHECK(record.directives[0].prefix4 == row.prefix4);
    CHECK(record.directives[0].prefix6 == row.prefix6);
    CHECK(record.directives[0].target.has_value() == row.has_target);
  }
}

TEST_CASE("networks of ip4 and ip6") {
  const auto network = [](std::string_view term) {
    return *read("v=spf1 " + std::string(term)).directives.at(0).network;
  };
  const auto at = [](std::string_view text) { return *ip::Address::parse(text); };
  CHECK(network("ip4:192.0.2.1").contains(at("192.0.2.1")));
  CHECK(!network("ip4:192.0.2.1").contains(at("192.0.2.2")));
  CHECK(network("ip4:192.0.2.1/24").contains(at("192.0.2.200")));
  CHECK(network("IP4:192.0.2.1/0").contains(at("203.0.113.9")));
  CHECK(network("ip6:2001:db8::1").contains(at("2001:db8::1")));
  CHECK(network("ip6:2001:db8::1/32").contains(at("2001:db8:ffff::")));
  CHECK(!network("ip6:2001:db8::1/33").contains(at("2001:db8:ffff::")));
  CHECK(network("ip6:::1.1.1.1/0").contains(at("2001:db8::1")));
  CHECK(network("ip6:::ffff:192.0.2.1/0").contains(at("2001:db8::1")));
  CHECK(network("ip6:::ffff:192.0.2.1/64").contains(at("::1")));
  CHECK(!network("ip6:::ffff:192.0.2.1/64").contains(at("2001:db8::1")));
  CHECK(!network("ip6:::ffff:192.0.2.1/128").contains(at("::c000:201")));
  CHECK(network("ip6:::ffff:192.0.2.1").text() == "192.0.2.1/32");
  CHECK(network("ip6:::ffff:192.0.2.1/112").text() == "192.0.0.0/16");
  CHECK(network("ip6:::ffff:192.0.2.1/112").contains(at("192.0.7.7")));
  CHECK(network("ip6:::ffff:192.0.2.1/96").text() == "0.0.0.0/0");
  CHECK(network("ip6:::ffff:192.0.2.1/95").text() == "::fffe:0:0/95");
}

struct Fault {
  std::string_view text;
  std::size_t at;
  std::string_view says;
};

// RFC 7208 4.6, 5, 6, 12: each breaks the grammar at the octet given.
const std::vector<Fault> kFaults{
    {"v=spf1 ip4:1.2.3.4 -all moo", 24, "unknown mechanism \"moo\""},
    {"v=spf1 foo -all", 7, "unknown mechanism \"foo\""},
    {"v=spf1 -all.", 8, "unknown mechanism \"all.\""},
    {"v=spf1 -all:foobar", 11, "takes no argument"},
    {"v=spf1 -all/8", 11, "takes no argument"},
    {"v=spf1 -", 8, "neither a mechanism nor a modifier"},
    {"v=spf1 --all", 8, "neither a mechanism nor a modifier"},
    {"v=spf1 1up=foo", 7, "neither a mechanism nor a modifier"},
    {"v=spf1 =all", 7, "neither a mechanism nor a modifier"},
    {"v=spf1 ,a", 7, "neither a mechanism nor a modifier"},
    {"v=spf1 -redirect=a.example", 7, "with a qualifier"},
    {"v=spf1 +x=y", 7, "with a qualifier"},
    {"v=spf1 moo.cow/far=man", 7, "unknown mechanism \"moo.cow\""},
    {"v=spf1 redirect:a.example", 7, "unknown mechanism \"redirect\""},
    {"v=spf1 spf2.0/pra", 7, "unknown mechanism \"spf2.0\""},
    {"v=spf1 a:foo-bar -all", 9, "top-level domain"},
    {"v=spf1 a:", 9, "a domain name is missing"},
    {"v=spf1 a:/24", 9, "a domain name is missing"},
    {"v=spf1 a/", 8, "cannot stand here"},
    {"v=spf1 a//", 8, "cannot stand here"},
    {"v=spf1 a/33", 9, "prefix length 33 is above 32"},
    {"v=spf1 a//129", 10, "prefix length 129 is above 128"},
    {"v=spf1 a/24/64", 12, "prefix length 64 is above 32"},
    {"v=spf1 a/24/16", 8, "cannot stand here"},
    {"v=spf1 a/024", 9, "no prefix length"},
    {"v=spf1 a//00", 10, "no prefix length"},
    {"v=spf1 a/99999999999999999999", 9, "no prefix length"},
    {"v=spf1 a:111.222.33.44", 9, "is an address, not a domain name"},
    {"v=spf1 mx:2001:db8::1", 10, "is an address, not a domain name"},
    {"v=spf1 a:1.2.3.4/24", 9, "is an address, not a domain name"},
    {"v=spf1 a:abc.123", 13, "no top-level domain"},
    {"v=spf1 a:museum", 9, "does not end in a top-level domain"},
    {"v=spf1 a:example.com:8080", 17, "no top-level domain"},
    {"v=spf1 a:e.example/24/24", 11, "no top-level domain"},
    {"v=spf1 a=b.example c:", 19, "unknown mechanism \"c\""},
    {"v=spf1 include", 14, "without a domain name"},
    {"v=spf1 include:", 15, "a domain name is missing"},
    {"v=spf1 include:a.example/24", 17, "no top-level domain"},
    {"v=spf1 include/24", 14, "cannot stand here"},
    {"v=spf1 exists", 13, "without a domain name"},
    {"v=spf1 exists:", 14, "a domain name is missing"},
    {"v=spf1 exists:%(ir).a.example", 14, "\"%\" without"},
    {"v=spf1 exists:%{x}.a.example", 14, "unknown macro"},
    {"v=spf1 ptr/0", 10, "cannot stand here"},
    {"v=spf1 ptr:", 11, "a domain name is missing"},
    {"v=spf1 ip4", 10, "without a network"},
    {"v=spf1 ip4:", 10, "without a network"},
    {"v=spf1 ip4/24", 10, "without a network"},
    {"v=spf1 ip4:1.2.3", 11, "is no IPv4 address"},
    {"v=spf1 ip4:1.2.3.4.5", 11, "is no IPv4 address"},
    {"v=spf1 ip4:1.2.3.256", 11, "is no IPv4 address"},
    {"v=spf1 ip4:01.2.3.4", 11, "is no IPv4 address"},
    {"v=spf1 ip4:1.2.3.4:8080", 11, "is no IPv4 address"},
    {"v=spf1 ip4:a.example", 11, "is no IPv4 address"},
    {"v=spf1 ip4:2001:db8::1", 11, "is no IPv4 address"},
    {"v=spf1 ip4:::ffff:1.2.3.4", 11, "is no IPv4 address"},
    {"v=spf1 ip4:1.2.3.4//32", 19, "no prefix length"},
    {"v=spf1 ip4:1.2.3.4/", 19, "no prefix length"},
    {"v=spf1 ip4:1.2.3.4/33", 19, "prefix length 33 is above 32"},
    {"v=spf1 ip4:1.2.3.4/032", 19, "no prefix length"},
    {"v=spf1 ip4:1.2.3.4/+8", 19, "no prefix length"},
    {"v=spf1 -all ip6", 15, "without a network"},
    {"v=spf1 ip6:1.2.3.4", 11, "is no IPv6 address"},
    {"v=spf1 ip6::CAFE::BABE", 11, "is no IPv6 address"},
    {"v=spf1 ip6:fe80::1%eth0", 11, "is no IPv6 address"},
    {"v=spf1 ip6:::1.1.1.1/129", 21, "prefix length 129 is above 128"},
    {"v=spf1 ip6:::1.1.1.1//33", 21, "no prefix length"},
    {"v=spf1 exp=", 11, "a domain name is missing"},
    {"v=spf1 exp=-all", 11, "top-level domain"},
    {"v=spf1 -all exp=%{r}.a.example", 16, "for explanation texts only"},
    {"v=spf1 redirect=", 16, "a domain name is missing"},
    {"v=spf1 redirect=-all ?all", 16, "top-level domain"},
    {"v=spf1 exp=a.example -all exp=b.example", 26, "a second \"exp\""},
    {"v=spf1 redirect=a.example Redirect=a.example", 26, "a second \"redirect\""},
    {"v=spf1 -all foo=%abc", 16, "\"%\" without"},
    {"v=spf1 -all foo=%{d", 16, "closing"},
    {"v=spf1 a:ctrl.example\rptr -all", 21, "octet 0x0D"},
    {"v=spf1 ip4:192.0.2.5\n ~all", 20, "octet 0x0A"},
    {"v=spf1 a\t-all", 8, "octet 0x09"},
    {"v=spf1 a:\xEF\xBB\xBFgarbage.example -all", 9, "octet 0xEF"},
    {"v=spf1 \x80"
     "a:a.example -all",
     7, "octet 0x80"},
    {"v=spf1 a:a.example \x96"
     "all",
     19, "octet 0x96"},
};

TEST_CASE("a fault anywhere in the record is told with its place") {
  for (const auto& row : kFaults) {
    INFO(row.text);
    REQUIRE(is_record(row.text));
    const auto parsed = parse_record(row.text);
    REQUIRE(std::holds_alternative<SyntaxError>(parsed));
    const auto& error = std::get<SyntaxError>(parsed);
    INFO(error.what);
    CHECK(error.at == row.at);
    CHECK(error.what.find(row.says) != std::string::npos);
  }
}

TEST_CASE("a NUL in a record is a fault, not its end") {
  const std::string text("v=spf1 a:foo.example\0 -all", 26);
  const auto parsed = parse_record(text);
  REQUIRE(std::holds_alternative<SyntaxError>(parsed));
  CHECK(std::get<SyntaxError>(parsed).at == 20);
}

TEST_CASE("every prefix of a record is read or refused within its own bytes") {
  const std::string whole =
      "v=spf1 a:%{d2r-}.example/24//64 ip4:192.0.2.0/24 ip6:2001:db8::/32 exp=%{o}.x.example";
  for (std::size_t length = 6; length <= whole.size(); ++length) {
    const std::string text = whole.substr(0, length);
    const auto parsed = parse_record(text);
    if (const auto* error = std::get_if<SyntaxError>(&parsed)) CHECK(error->at <= text.size());
  }
}

TEST_CASE("the terms that ask DNS are include, a, mx, ptr and exists") {
  CHECK(queries_dns(Mechanism::include));
  CHECK(queries_dns(Mechanism::a));
  CHECK(queries_dns(Mechanism::mx));
  CHECK(queries_dns(Mechanism::ptr));
  CHECK(queries_dns(Mechanism::exists));
  CHECK(!queries_dns(Mechanism::all));
  CHECK(!queries_dns(Mechanism::ip4));
  CHECK(!queries_dns(Mechanism::ip6));
}

}  // namespace
}  // namespace emltrace::spf
