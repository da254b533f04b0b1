#include <string>
#include <vector>

#include "auth/spf/spf.hpp"
#include "support/catch.hpp"
#include "support/spf_world.hpp"

namespace emltrace::spf {
namespace {

using auth::Result;
using test::SpfWorld;

// What the records of the table refer to. The record under test is that of s.example.
const std::string kZone = R"(
$ORIGIN example.
s            A 192.0.2.10
s            AAAA 2001:db8::10
s            MX 10 a1
host.s       A 192.0.2.1
fake.s       A 203.0.113.5
host7.s      A 192.0.2.7
host9.s      A 192.0.2.9
a1           A 192.0.2.1
a1           AAAA 2001:db8::1
two          A 192.0.2.5
two          A 192.0.2.6
v4only       A 192.0.2.4
v4b          A 192.0.2.14
v4c          A 192.0.2.24
v6only       AAAA 2001:db8::4
alias        CNAME two
mx1          MX 20 two
mx1          MX 10 a1
mx4          MX 10 v4only
mx4          MX 20 v4b
mx4          MX 30 v4c
nullmx       MX 0 .
deadmx       MX 10 gone1
deadmx       MX 20 gone2
halfdead     MX 10 gone1
halfdead     MX 20 a1
mxtimeout    MX 10 timeout
mxlate       MX 10 a1
mxlate       MX 20 timeout
rootalias    CNAME .
rootmx       MX 10 .
rootmx       MX 20 a1
deeproot     MX 10 rootalias
textonly     TXT "just text"
pass         TXT "v=spf1 ip4:192.0.2.0/24 -all"
soft         TXT "v=spf1 ~all"
neutral      TXT "v=spf1 ?all"
empty        TXT "v=spf1"
bad          TXT "v=spf1 foo"
twice        TXT "v=spf1 -all"
twice        TXT "V=SPF1 +all"
nested       TXT "v=spf1 include:pass.example -all"
viaA         TXT "v=spf1 a -all"
viaA         A 192.0.2.77
chain        TXT "v=spf1 redirect=pass.example"
alice.inc    TXT "v=spf1 +all"
n1           TXT "v=spf1 include:%{d}.n2.example -all"
n1.example.n2 TXT "v=spf1 ip4:192.0.2.1 -all"
n3           TXT "v=spf1 include:%{o}.n2.example -all"
s.example.n2 TXT "v=spf1 +all"
l1           TXT "v=spf1 include:l2.example"
l2           TXT "v=spf1 include:l1.example"
voids2       TXT "v=spf1 a:gone.example a:gone2.example ?all"
five         TXT "v=spf1 a a a a a ?all"
five         A 192.0.2.55
tempinc      TXT "v=spf1 a:timeout.example -all"
1.2.0.192.bl A 127.0.0.2
alice.u      A 127.0.0.2
host.s.example.p A 127.0.0.2
a1.example.q A 127.0.0.2
unknown.p    A 127.0.0.2
in-addr.192.0.2.1.v A 127.0.0.2
1.2.0.192.in-addr.arpa.  PTR fake.s
1.2.0.192.in-addr.arpa.  PTR a1
1.2.0.192.in-addr.arpa.  PTR host.s
2.2.0.192.in-addr.arpa.  PTR fake.s
7.2.0.192.in-addr.arpa.  PTR timeout.s
7.2.0.192.in-addr.arpa.  PTR host7.s
1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. PTR a1
)";

std::string many_names() {
  std::string zone = "$ORIGIN example.\n";
  for (int i = 1; i <= 10; ++i) {
    const std::string n = std::to_string(i);
    zone += "mx10 MX " + n + " m" + n + "\nmx11 MX " + n + " m" + n + "\n";
    zone += "m" + n + " A 192.0.2." + std::to_string(30 + i) + "\n";
    zone += "9.2.0.192.in-addr.arpa. PTR p" + n + "\np" + n + " A 192.0.2.9\n";
  }
  return zone + "mx11 MX 11 a1\n9.2.0.192.in-addr.arpa. PTR host9.s\n";
}

// One character-string holds 255 octets at most.
std::string txt(const std::string& owner, const std::string& text) {
  std::string line = owner + " TXT";
  for (std::size_t at = 0; at == 0 || at < text.size(); at += 255) {
    line += " \"" + text.substr(at, 255) + "\"";
  }
  return line + "\n";
}

SpfWorld world_with(const std::string& record) {
  return SpfWorld(kZone + many_names() + txt("s.example.", record));
}

Request request_from(std::string_view client, std::string mail_from = "alice@s.example") {
  Request request;
  request.client = *ip::Address::parse(client);
  request.helo = "a1.example";
  request.mail_from = std::move(mail_from);
  request.now = Instant{std::chrono::seconds{1136073600}};
  return request;
}

struct Row {
  std::string_view record;
  std::string_view client;
  Result result;
  const char* mechanism;  ///< nullptr: none
  int lookups;
  int voids;
  std::string_view problem = "";  ///< a part of it
};

void check_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    INFO(row.record << " from " << row.client);
    const auto verdict = world_with(std::string(row.record)).check(request_from(row.client));
    const std::string problem = verdict.problem.value_or("");
    INFO(auth::to_string(verdict.result) << ", " << problem);
    CHECK(verdict.result == row.result);
    CHECK(verdict.mechanism.value_or("(none)") == (row.mechanism ? row.mechanism : "(none)"));
    CHECK(verdict.lookups == row.lookups);
    CHECK(verdict.void_lookups == row.voids);
    CHECK(problem.empty() == row.problem.empty());
    CHECK(problem.find(row.problem) != std::string::npos);
  }
}

TEST_CASE("4.5 to 4.7: which record is used, faults before evaluation, the default result") {
  const std::string_view ip = "192.0.2.1";
  check_rows({
      {"v=spf1", ip, Result::neutral, "default", 0, 0},
      {"V=SPF1 -all", ip, Result::fail, "-all", 0, 0},
      {"v=spf1 -all ", ip, Result::fail, "-all", 0, 0},
      {"v=spf1   ip4:192.0.2.1   -all", ip, Result::pass, "ip4:192.0.2.1", 0, 0},
      {"v=spf10 -all", ip, Result::none, nullptr, 0, 0, "no SPF record at s.example"},
      {"spf2.0/pra -all", ip, Result::none, nullptr, 0, 0, "no SPF record at s.example"},
      {"v=spf1 ip4:192.0.2.1 -all moo", ip, Result::permerror, nullptr, 0, 0,
       "syntax error at 27: unknown mechanism"},
      {"v=spf1 foo", ip, Result::permerror, nullptr, 0, 0, "syntax error at 8: unknown mechanism"},
      {"v=spf1 a:a1.example exp=", ip, Result::permerror, nullptr, 0, 0, "syntax error at 25"},
      {"v=spf1 ip4:203.0.113.1", ip, Result::neutral, "default", 0, 0},
      {"v=spf1 x=y", ip, Result::neutral, "default", 0, 0},
      {"v=spf1 default=pass", ip, Result::neutral, "default", 0, 0},
      {"v=spf1 moo.cow-far_out=man:dog/cat ip4:192.0.2.1 -all", ip, Result::pass, "ip4:192.0.2.1",
       0, 0},
  });
}

TEST_CASE("5.1: all always matches, and what stands after it does not count") {
  const std::string_view ip = "192.0.2.1";
  check_rows({
      {"v=spf1 all", ip, Result::pass, "all", 0, 0},
      {"v=spf1 +all", ip, Result::pass, "+all", 0, 0},
      {"v=spf1 ?all", ip, Result::neutral, "?all", 0, 0},
      {"v=spf1 ~ALL", ip, Result::softfail, "~ALL", 0, 0},
      {"v=spf1 all -all", ip, Result::pass, "all", 0, 0},
      {"v=spf1 -all a:timeout.example", ip, Result::fail, "-all", 0, 0},
      {"v=spf1 redirect=pass.example -all", ip, Result::fail, "-all", 0, 0},
  });
}

TEST_CASE("5.2: include matches on pass alone and hands errors up") {
  const std::string_view ip = "192.0.2.1";
  const std::string_view other = "203.0.113.1";
  check_rows({
      {"v=spf1 include:pass.example -all", ip, Result::pass, "include:pass.example", 1, 0},
      {"v=spf1 ?include:pass.example -all", ip, Result::neutral, "?include:pass.example", 1, 0},
      {"v=spf1 -include:pass.example all", ip, Result::fail, "-include:pass.example", 1, 0},
      {"v=spf1 include:pass.example. -all", ip, Result::pass, "include:pass.example.", 1, 0},
      {"v=spf1 include:pass.example ~all", other, Result::softfail, "~all", 1, 0},
      {"v=spf1 include:soft.example -all", ip, Result::fail, "-all", 1, 0},
      {"v=spf1 include:neutral.example -all", ip, Result::fail, "-all", 1, 0},
      {"v=spf1 include:empty.example -all", ip, Result::fail, "-all", 1, 0},
      {"v=spf1 include:textonly.example all", ip, Result::permerror, "include:textonly.example", 1,
       0, "no SPF record at textonly.example"},
      {"v=spf1 include:v4only.example all", ip, Result::permerror, "include:v4only.example", 1, 1,
       "no SPF record at v4only.example"},
      {"v=spf1 include:gone.example all", ip, Result::permerror, "include:gone.example", 1, 1,
       "gone.example does not exist"},
      {"v=spf1 include:bad.example all", ip, Result::permerror, "include:bad.example", 1, 0,
       "syntax error at 8: unknown mechanism \"foo\" (record of bad.example)"},
      {"v=spf1 include:twice.example all", ip, Result::permerror, "include:twice.example", 1, 0,
       "2 SPF records at twice.example"},
      {"v=spf1 include:timeout.example all", ip, Result::temperror, "include:timeout.example", 1, 0,
       "timeout.example TXT timed out"},
      {"v=spf1 include:servfail.example all", ip, Result::temperror, "include:servfail.example", 1,
       0, "servfail.example TXT failed: SERVFAIL"},
      {"v=spf1 include:tempinc.example all", ip, Result::temperror, "include:tempinc.example", 2, 0,
       "timeout.example A timed out"},
      {"v=spf1 include:nested.example -all", ip, Result::pass, "include:nested.example", 2, 0},
      {"v=spf1 include:nested.example ?all", other, Result::neutral, "?all", 2, 0},
      {"v=spf1 include:chain.example -all", ip, Result::pass, "include:chain.example", 2, 0},
      {"v=spf1 include:%{l}.inc.example -all", ip, Result::pass, "include:%{l}.inc.example", 1, 0},
      {"v=spf1 include:n1.example -all", ip, Result::pass, "include:n1.example", 2, 0},
      {"v=spf1 include:n3.example -all", ip, Result::pass, "include:n3.example", 2, 0},
      {"v=spf1 include:%{l} all", ip, Result::permerror, "include:%{l}", 1, 0,
       "no SPF record at alice"},
      {"v=spf1 include:a..example all", ip, Result::permerror, "include:a..example", 1, 0,
       "leads to no domain name"},
      {"v=spf1 include:s.example -all", ip, Result::permerror, "include:s.example", 11, 0,
       "too many DNS look-ups (11, limit 10)"},
  });
}

TEST_CASE("5.3: a compares addresses of the client's family under its prefix length") {
  const std::string_view ip = "192.0.2.1";
  check_rows({
      {"v=spf1 a -all", "192.0.2.10", Result::pass, "a", 1, 0},
      {"v=spf1 A -all", "::ffff:192.0.2.10", Result::pass, "A", 1, 0},
      {"v=spf1 a -all", "192.0.2.11", Result::fail, "-all", 1, 0},
      {"v=spf1 ~a -all", "192.0.2.10", Result::softfail, "~a", 1, 0},
      {"v=spf1 a/28 -all", "192.0.2.11", Result::pass, "a/28", 1, 0},
      {"v=spf1 a/28 -all", "192.0.2.16", Result::fail, "-all", 1, 0},
      {"v=spf1 a/0 -all", "203.0.113.1", Result::pass, "a/0", 1, 0},
      {"v=spf1 a -all", "2001:db8::10", Result::pass, "a", 1, 0},
      {"v=spf1 a//64 -all", "2001:db8::ffff", Result::pass, "a//64", 1, 0},
      {"v=spf1 a/24//64 -all", "192.0.2.99", Result::pass, "a/24//64", 1, 0},
      {"v=spf1 a/24 -all", "2001:db8::11", Result::fail, "-all", 1, 0},
      {"v=spf1 a//0 -all", "192.0.2.11", Result::fail, "-all", 1, 0},
      {"v=spf1 a//0 -all", "2001:db9::1", Result::pass, "a//0", 1, 0},
      {"v=spf1 a:two.example -all", "192.0.2.6", Result::pass, "a:two.example", 1, 0},
      {"v=spf1 a:alias.example -all", "192.0.2.5", Result::pass, "a:alias.example", 1, 0},
      {"v=spf1 a:%{h} -all", ip, Result::pass, "a:%{h}", 1, 0},
      {"v=spf1 a:gone.example/0 -all", ip, Result::fail, "-all", 1, 1},
      {"v=spf1 a:v6only.example -all", ip, Result::fail, "-all", 1, 1},
      {"v=spf1 a:v4only.example -all", "2001:db8::1", Result::fail, "-all", 1, 1},
      {"v=spf1 a:timeout.example all", ip, Result::temperror, "a:timeout.example", 1, 0,
       "timeout.example A timed out"},
      {"v=spf1 a:timeout.example all", "2001:db8::1", Result::temperror, "a:timeout.example", 1, 0,
       "timeout.example AAAA timed out"},
      {"v=spf1 a:refused.example all", ip, Result::temperror, "a:refused.example", 1, 0,
       "refused.example A was refused"},
      {"v=spf1 ip4:192.0.2.1 a:timeout.example", ip, Result::pass, "ip4:192.0.2.1", 0, 0},
      {"v=spf1 a:a..example -all", ip, Result::fail, "-all", 1, 0},
      {"v=spf1 a:aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff1234.example -all", ip,
       Result::fail, "-all", 1, 0},
  });
}

TEST_CASE("5.4: mx asks the exchanges, never the name itself, and at most ten") {
  const std::string_view ip = "192.0.2.1";
  const std::string_view v6 = "2001:db8::99";
  check_rows({
      {"v=spf1 mx -all", ip, Result::pass, "mx", 1, 0},
      {"v=spf1 mx -all", "192.0.2.10", Result::fail, "-all", 1, 0},
      {"v=spf1 mx:mx1.example -all", "192.0.2.6", Result::pass, "mx:mx1.example", 1, 0},
      {"v=spf1 mx:mx1.example/24 -all", "192.0.2.99", Result::pass, "mx:mx1.example/24", 1, 0},
      {"v=spf1 mx//64 -all", v6, Result::pass, "mx//64", 1, 0},
      {"v=spf1 mx/0 -all", v6, Result::fail, "-all", 1, 0},
      {"v=spf1 mx:a1.example -all", ip, Result::fail, "-all", 1, 1},
      {"v=spf1 mx:nullmx.example -all", ip, Result::fail, "-all", 1, 0},
      {"v=spf1 mx:gone.example -all", ip, Result::fail, "-all", 1, 1},
      {"v=spf1 mx:deadmx.example -all", ip, Result::fail, "-all", 1, 1},
      {"v=spf1 mx:halfdead.example -all", ip, Result::pass, "mx:halfdead.example", 1, 0},
      {"v=spf1 mx:mx4.example -all", v6, Result::fail, "-all", 1, 0},
      {"v=spf1 mx:mx4.example mx:mx4.example mx:mx4.example ip6:2001:db8::/64 -all", v6,
       Result::pass, "ip6:2001:db8::/64", 3, 0},
      {"v=spf1 mx:mx10.example -all", "192.0.2.40", Result::pass, "mx:mx10.example", 1, 0},
      {"v=spf1 mx:mx11.example -all", ip, Result::permerror, "mx:mx11.example", 1, 0,
       "too many MX names at mx11.example (11, limit 10)"},
      {"v=spf1 mx:mx11.example -all", "192.0.2.31", Result::permerror, "mx:mx11.example", 1, 0,
       "too many MX names"},
      {"v=spf1 mx:timeout.example all", ip, Result::temperror, "mx:timeout.example", 1, 0,
       "timeout.example MX timed out"},
      {"v=spf1 mx:mxtimeout.example all", ip, Result::temperror, "mx:mxtimeout.example", 1, 0,
       "timeout.example A timed out"},
      {"v=spf1 mx:mxlate.example -all", ip, Result::pass, "mx:mxlate.example", 1, 0},
      {"v=spf1 mx:%{o} -all", ip, Result::pass, "mx:%{o}", 1, 0},
  });
}

TEST_CASE("5.5: ptr takes names that lead back to the client, and only the first ten") {
  const std::string_view ip = "192.0.2.1";
  check_rows({
      {"v=spf1 ptr -all", ip, Result::pass, "ptr", 1, 0},
      {"v=spf1 ptr:a1.example -all", ip, Result::pass, "ptr:a1.example", 1, 0},
      {"v=spf1 ptr:A1.Example. -all", ip, Result::pass, "ptr:A1.Example.", 1, 0},
      {"v=spf1 ptr:fake.s.example -all", ip, Result::fail, "-all", 1, 0},
      {"v=spf1 ptr:1.example -all", ip, Result::fail, "-all", 1, 0},
      {"v=spf1 ptr:a1.example -all", "2001:db8::1", Result::pass, "ptr:a1.example", 1, 0},
      {"v=spf1 ptr -all", "192.0.2.2", Result::fail, "-all", 1, 0},
      {"v=spf1 ptr -all", "192.0.2.3", Result::fail, "-all", 1, 1},
      {"v=spf1 ptr -all", "192.0.2.7", Result::pass, "ptr", 1, 0},
      {"v=spf1 ptr -all", "192.0.2.8", Result::fail, "-all", 1, 0},
      {"v=spf1 ptr -all", "192.0.2.9", Result::fail, "-all", 1, 0},
      {"v=spf1 ptr:p10.example -all", "192.0.2.9", Result::pass, "ptr:p10.example", 1, 0},
      {"v=spf1 ptr:gone.example ptr ptr -all", "192.0.2.3", Result::permerror, "ptr", 3, 3,
       "too many void look-ups (3, limit 2)"},
  });
}

TEST_CASE("5.6: ip4 and ip6 match their own family, a mapped client is IPv4") {
  const std::string_view v4 = "192.0.2.1";
  const std::string_view v6 = "2001:db8::1";
  const std::string_view mapped = "::ffff:192.0.2.1";
  check_rows({
      {"v=spf1 ip4:192.0.2.1 -all", v4, Result::pass, "ip4:192.0.2.1", 0, 0},
      {"v=spf1 ip4:192.0.2.2 -all", v4, Result::fail, "-all", 0, 0},
      {"v=spf1 ip4:192.0.2.0/31 -all", v4, Result::pass, "ip4:192.0.2.0/31", 0, 0},
      {"v=spf1 ip4:192.0.2.2/31 -all", v4, Result::fail, "-all", 0, 0},
      {"v=spf1 ip4:0.0.0.0/0 -all", v4, Result::pass, "ip4:0.0.0.0/0", 0, 0},
      {"v=spf1 ip4:0.0.0.0/0 -all", v6, Result::fail, "-all", 0, 0},
      {"v=spf1 ip6:::/0 -all", v6, Result::pass, "ip6:::/0", 0, 0},
      {"v=spf1 ip6:::/0 -all", v4, Result::fail, "-all", 0, 0},
      {"v=spf1 ip6:::/0 -all", mapped, Result::fail, "-all", 0, 0},
      {"v=spf1 ip6:2001:DB8::1 -all", v6, Result::pass, "ip6:2001:DB8::1", 0, 0},
      {"v=spf1 ip6:2001:db8:8000::/33 -all", v6, Result::fail, "-all", 0, 0},
      {"v=spf1 -ip4:192.0.2.1 ip6:::ffff:192.0.2.1", mapped, Result::fail, "-ip4:192.0.2.1", 0, 0},
      {"v=spf1 ip6:::ffff:192.0.2.1 -all", mapped, Result::fail, "-all", 0, 0},
  });
}

TEST_CASE("5.7: exists asks for an A record whatever the client's family") {
  const std::string_view ip = "192.0.2.1";
  check_rows({
      {"v=spf1 exists:a1.example -all", ip, Result::pass, "exists:a1.example", 1, 0},
      {"v=spf1 exists:a1.example -all", "2001:db8::1", Result::pass, "exists:a1.example", 1, 0},
      {"v=spf1 exists:v6only.example -all", "2001:db8::4", Result::fail, "-all", 1, 1},
      {"v=spf1 exists:alias.example -all", ip, Result::pass, "exists:alias.example", 1, 0},
      {"v=spf1 -exists:%{ir}.bl.example all", ip, Result::fail, "-exists:%{ir}.bl.example", 1, 0},
      {"v=spf1 -exists:%{ir}.bl.example all", "192.0.2.2", Result::pass, "all", 1, 1},
      {"v=spf1 exists:%{l}.u.example -all", ip, Result::pass, "exists:%{l}.u.example", 1, 0},
      {"v=spf1 exists:%{L}.u.example -all", ip, Result::pass, "exists:%{L}.u.example", 1, 0},
      {"v=spf1 exists:%{v}.%{i}.v.example -all", ip, Result::pass, "exists:%{v}.%{i}.v.example", 1,
       0},
      {"v=spf1 exists:%{p}.p.example -all", ip, Result::pass, "exists:%{p}.p.example", 1, 0},
      {"v=spf1 exists:%{p}.p.example -all", "192.0.2.3", Result::pass, "exists:%{p}.p.example", 1,
       0},
      {"v=spf1 exists:%{p}.p.example -all", "192.0.2.8", Result::pass, "exists:%{p}.p.example", 1,
       0},
      {"v=spf1 exists:%{p}.q.example -all", "2001:db8::1", Result::pass, "exists:%{p}.q.example", 1,
       0},
      {"v=spf1 exists:timeout.example all", ip, Result::temperror, "exists:timeout.example", 1, 0,
       "timeout.example A timed out"},
  });
}

TEST_CASE("6.1: redirect takes over where nothing matched, and needs a record") {
  const std::string_view ip = "192.0.2.1";
  check_rows({
      {"v=spf1 redirect=pass.example", ip, Result::pass, "ip4:192.0.2.0/24", 1, 0},
      {"v=spf1 redirect=pass.example", "203.0.113.1", Result::fail, "-all", 1, 0},
      {"v=spf1 redirect=pass.example ip4:192.0.2.1", ip, Result::pass, "ip4:192.0.2.1", 0, 0},
      {"v=spf1 redirect=empty.example", ip, Result::neutral, "default", 1, 0},
      {"v=spf1 redirect=chain.example", ip, Result::pass, "ip4:192.0.2.0/24", 2, 0},
      {"v=spf1 redirect=viaA.example", "192.0.2.77", Result::pass, "a", 2, 0},
      {"v=spf1 redirect=viaA.example", "192.0.2.10", Result::fail, "-all", 2, 0},
      {"v=spf1 redirect=%{l}.inc.example", ip, Result::pass, "+all", 1, 0},
      {"v=spf1 redirect=textonly.example", ip, Result::permerror, "redirect=textonly.example", 1, 0,
       "no SPF record at textonly.example"},
      {"v=spf1 redirect=gone.example", ip, Result::permerror, "redirect=gone.example", 1, 1,
       "gone.example does not exist"},
      {"v=spf1 redirect=bad.example", ip, Result::permerror, "redirect=bad.example", 1, 0,
       "(record of bad.example)"},
      {"v=spf1 redirect=timeout.example", ip, Result::temperror, "redirect=timeout.example", 1, 0,
       "timeout.example TXT timed out"},
      {"v=spf1 redirect=a..example", ip, Result::permerror, "redirect=a..example", 1, 0,
       "leads to no domain name"},
      {"v=spf1 redirect=s.example", ip, Result::permerror, "redirect=s.example", 11, 0,
       "too many DNS look-ups (11, limit 10)"},
      {"v=spf1 ip4:192.0.2.1 redirect=gone.example", ip, Result::pass, "ip4:192.0.2.1", 0, 0},
  });
}

TEST_CASE("4.6.4: ten terms that ask, two void ones, over all records together") {
  const std::string_view ip = "203.0.113.1";
  check_rows({
      {"v=spf1 a a a a a a a a a a ip4:203.0.113.1 -all", ip, Result::pass, "ip4:203.0.113.1", 10,
       0},
      {"v=spf1 a a a a a a a a a a a ip4:203.0.113.1 -all", ip, Result::permerror, "a", 11, 0,
       "too many DNS look-ups (11, limit 10)"},
      {"v=spf1 ip4:203.0.113.1 a a a a a a a a a a a -all", ip, Result::pass, "ip4:203.0.113.1", 0,
       0},
      {"v=spf1 include:five.example a a a a -all", ip, Result::fail, "-all", 10, 0},
      {"v=spf1 include:five.example a a a a a -all", ip, Result::permerror, "a", 11, 0,
       "too many DNS look-ups (11, limit 10)"},
      {"v=spf1 include:five.example include:five.example -all", ip, Result::permerror,
       "include:five.example", 11, 0, "too many DNS look-ups (11, limit 10)"},
      {"v=spf1 include:l1.example -all", ip, Result::permerror, "include:l1.example", 11, 0,
       "too many DNS look-ups (11, limit 10)"},
      {"v=spf1 a:gone.example exists:gone2.example ?all", ip, Result::neutral, "?all", 2, 2},
      {"v=spf1 a:gone.example mx:gone.example exists:gone2.example ?all", ip, Result::permerror,
       "exists:gone2.example", 3, 3, "too many void look-ups (3, limit 2)"},
      {"v=spf1 include:voids2.example -all", ip, Result::fail, "-all", 3, 2},
      {"v=spf1 include:voids2.example a:gone3.example -all", ip, Result::permerror,
       "a:gone3.example", 4, 3, "too many void look-ups (3, limit 2)"},
      {"v=spf1 a:gone.example a:gone2.example exp=gone3.example -all", ip, Result::fail, "-all", 2,
       2},
  });
}

struct IdentityRow {
  Identity identity;
  std::string_view mail_from;
  std::string_view helo;
  Result result;
  std::string_view domain;
  std::string_view problem = "";
};

TEST_CASE("what leads to the root is no data: void, never an error of DNS") {
  const std::string_view ip = "192.0.2.1";
  check_rows({
      {"v=spf1 a:rootalias.example -all", ip, Result::fail, "-all", 1, 1},
      {"v=spf1 exists:rootalias.example -all", ip, Result::fail, "-all", 1, 1},
      {"v=spf1 mx:rootalias.example -all", ip, Result::fail, "-all", 1, 1},
      {"v=spf1 mx:nullmx.example -all", ip, Result::fail, "-all", 1, 0},
      {"v=spf1 mx:rootmx.example -all", ip, Result::pass, "mx:rootmx.example", 1, 0},
      {"v=spf1 mx:deeproot.example -all", ip, Result::fail, "-all", 1, 0},
      {"v=spf1 include:rootalias.example -all", ip, Result::permerror, "include:rootalias.example",
       1, 1, "no SPF record at rootalias.example"},
      {"v=spf1 redirect=rootalias.example", ip, Result::permerror, "redirect=rootalias.example", 1,
       1, "no SPF record at rootalias.example"},
  });
}

TEST_CASE("2.3, 2.4 and 4.3: what is checked as whom") {
  SpfWorld world(R"(
s.example. TXT "v=spf1 ip4:192.0.2.1 -all"
h.example. TXT "v=spf1 exists:%{l}.%{o}.who.example ~all"
postmaster.h.example.who.example. A 127.0.0.2
xn--bcher-kva.example. TXT "v=spf1 exists:%{d}.who.example -all"
xn--bcher-kva.example.who.example. A 127.0.0.2
)");
  const auto mail_from = Identity::mail_from;
  const std::string long_label(64, 'a');
  const std::vector<IdentityRow> rows{
      {mail_from, "a@s.example", "h.example", Result::pass, "s.example"},
      {mail_from, "<a@S.Example.>", "h.example", Result::pass, "s.example"},
      {mail_from, "\"a@b\"@s.example", "h.example", Result::pass, "s.example"},
      {mail_from, "", "h.example", Result::pass, "h.example"},
      {mail_from, "<>", "h.example", Result::pass, "h.example"},
      {mail_from, "@h.example", "x", Result::pass, "h.example"},
      {mail_from, "h.example", "x", Result::pass, "h.example"},
      {mail_from, "other@h.example", "x", Result::softfail, "h.example"},
      {Identity::helo, "a@s.example", "h.example", Result::pass, "h.example"},
      {Identity::helo, "a@s.example", "H.EXAMPLE.", Result::pass, "h.example"},
      {mail_from,
       "a@b\xC3\xBC"
       "cher.example",
       "x", Result::pass, "xn--bcher-kva.example"},
      {mail_from, "a@xn--bcher-kva.example", "x", Result::pass, "xn--bcher-kva.example"},
      {mail_from, "a@gone.example", "x", Result::none, "gone.example", "does not exist"},
      {mail_from, "a@timeout.example", "x", Result::temperror, "timeout.example", "timed out"},
      {mail_from, "a@localhost", "x", Result::none, "localhost", "is a single label"},
      {mail_from, "root", "x", Result::none, "root", "is a single label"},
      {mail_from, "a@[192.0.2.1]", "x", Result::none, "[192.0.2.1]", "is an address"},
      {mail_from, "a@192.0.2.1", "x", Result::none, "192.0.2.1", "is an address"},
      {mail_from, "a@b..example", "x", Result::none, "b..example", "is no domain name"},
      {mail_from, "a@.example", "x", Result::none, ".example", "is no domain name"},
      {mail_from, "a@b c.example", "x", Result::none, "b c.example", "is no domain name"},
      {mail_from, "a@", "x", Result::none, "", "there is no domain"},
      {mail_from, "", "", Result::none, "", "there is no domain"},
      {Identity::helo, "a@s.example", "[192.0.2.1]", Result::none, "[192.0.2.1]", "an address"},
      {Identity::helo, "a@s.example", "192.0.2.1", Result::none, "192.0.2.1", "an address"},
      {Identity::helo, "a@s.example", "OEMCOMPUTER", Result::none, "OEMCOMPUTER", "single label"},
      {Identity::helo, "a@s.example", "", Result::none, "", "there is no domain"},
  };
  for (const auto& row : rows) {
    INFO(row.mail_from << " / " << row.helo);
    Request request = request_from("192.0.2.1", std::string(row.mail_from));
    request.identity = row.identity;
    request.helo = row.helo;
    const auto verdict = world.check(request);
    CHECK(verdict.identity == row.identity);
    CHECK(verdict.result == row.result);
    CHECK(verdict.domain == row.domain);
    CHECK(verdict.problem.has_value() == !row.problem.empty());
    CHECK(verdict.problem.value_or("").find(row.problem) != std::string::npos);
  }
}

TEST_CASE("a domain that is no domain is never asked for") {
  SpfWorld world("s.example. TXT \"v=spf1 -all\"\n");
  for (const auto* path : {"a@localhost", "a@[192.0.2.1]", "a@b..example", "a@10.0.0.1"}) {
    CHECK(world.check(request_from("192.0.2.1", path)).result == Result::none);
    CHECK(world.rounds().empty());
  }
}

struct ExplanationRow {
  std::string_view record;
  std::string_view expected;  ///< empty: none
};

TEST_CASE("6.2: the explanation of the record that says fail, or none") {
  const std::string zone = R"(
$ORIGIN example.
plain.e      TXT "Not from here."
dots.e       TXT "%{d} says no to %{s}. "
macros.e     TXT "%{c} as %{i} is not %{o}; %{h} %{r} %{t} %{p} %{v}"
url.e        TXT "http://%{d}/?s=%{S}&l=%%"
parts.e      TXT "in two " "parts"
two.e        TXT "one"
two.e        TXT "two"
fault.e      TXT "%{x}"
octets.e     TXT "\195\188ber"
192.0.2.99.e TXT "you are %{i}"
no-exp       TXT "v=spf1 -all"
own-exp      TXT "v=spf1 -all exp=%{d}.e.example"
own-exp.example.e TXT "own %{d}"
soft-exp     TXT "v=spf1 ~all exp=plain.e.example"
)";
  const std::vector<ExplanationRow> rows{
      {"v=spf1 -all exp=plain.e.example", "Not from here."},
      {"v=spf1 exp=plain.e.example -all", "Not from here."},
      {"v=spf1 exp=plain.e.example -ip4:192.0.2.99", "Not from here."},
      {"v=spf1 exp=dots.e.example -all", "s.example says no to alice@s.example. "},
      {"v=spf1 exp=macros.e.example -all",
       "192.0.2.99 as 192.0.2.99 is not s.example; a1.example unknown 1136073600 unknown in-addr"},
      {"v=spf1 exp=url.e.example -all", "http://s.example/?s=alice%40s.example&l=%"},
      {"v=spf1 exp=parts.e.example -all", "in two parts"},
      {"v=spf1 exp=%{i}.e.example -all", "you are 192.0.2.99"},
      {"v=spf1 exp=two.e.example -all", ""},
      {"v=spf1 exp=fault.e.example -all", ""},
      {"v=spf1 exp=octets.e.example -all", ""},
      {"v=spf1 exp=a..example -all", ""},
      {"v=spf1 exp=gone.example -all", ""},
      {"v=spf1 exp=timeout.example -all", ""},
      {"v=spf1 exp=plain.e.example ~all", ""},
      {"v=spf1 exp=plain.e.example", ""},
      {"v=spf1 exp=plain.e.example redirect=no-exp.example", ""},
      {"v=spf1 exp=plain.e.example redirect=own-exp.example", "own own-exp.example"},
      {"v=spf1 redirect=own-exp.example", "own own-exp.example"},
      {"v=spf1 include:own-exp.example -all", ""},
      {"v=spf1 include:own-exp.example -all exp=plain.e.example", "Not from here."},
      {"v=spf1 -include:soft-exp.example -all exp=plain.e.example", "Not from here."},
  };
  for (const auto& row : rows) {
    INFO(row.record);
    SpfWorld world(zone + "s TXT \"" + std::string(row.record) + "\"\n");
    const auto verdict = world.check(request_from("192.0.2.99"));
    CHECK(verdict.explanation.value_or("") == row.expected);
  }
}

TEST_CASE("RFC 7208 11.5.2: an explanation is cut at its bound") {
  const auto explanation = [](std::size_t size) {
    std::string zone = "$ORIGIN example.\ns TXT \"v=spf1 -all exp=e.example\"\ne TXT";
    for (std::size_t left = size; left > 0; left -= std::min<std::size_t>(left, 255)) {
      zone += " \"" + std::string(std::min<std::size_t>(left, 255), 'x') + "\"";
    }
    SpfWorld world(zone + "\n");
    return world.check(request_from("192.0.2.99")).explanation.value_or("");
  };
  CHECK(explanation(kMaxExplanation) == std::string(kMaxExplanation, 'x'));
  CHECK(explanation(kMaxExplanation + 1) == std::string(kMaxExplanation, 'x') + "…");
}

TEST_CASE("a non-ASCII local part never matches a target made of it") {
  // RFC 8616 4
  SpfWorld world(R"(
s.example. TXT "v=spf1 include:%{l}.example exists:%{s}.example a:%{l}.example ~all"
r.example. TXT "v=spf1 redirect=%{l}.example"
)");
  const auto verdict = world.check(request_from("192.0.2.1", "\xC3\xBC@s.example"));
  CHECK(verdict.result == Result::softfail);
  CHECK(verdict.lookups == 3);
  CHECK(world.rounds().size() == 1);
  CHECK(world.check(request_from("192.0.2.1", "\xC3\xBC@r.example")).result == Result::permerror);
}

TEST_CASE("the trail tells each term with its depth, its record's domain and its outcome") {
  const auto verdict = world_with("v=spf1 a include:nested.example redirect=chain.example")
                           .check(request_from("203.0.113.1"));
  const std::vector<Step> expected{
      {0, "s.example", "a", "no-match"},
      {0, "s.example", "include:nested.example", "no-match"},
      {1, "nested.example", "include:pass.example", "no-match"},
      {2, "pass.example", "ip4:192.0.2.0/24", "no-match"},
      {2, "pass.example", "-all", "match"},
      {1, "nested.example", "-all", "match"},
      {0, "s.example", "redirect=chain.example", "fail"},
      {1, "chain.example", "redirect=pass.example", "fail"},
      {2, "pass.example", "ip4:192.0.2.0/24", "no-match"},
      {2, "pass.example", "-all", "match"},
  };
  REQUIRE(verdict.trail.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CAPTURE(i);
    CHECK(verdict.trail[i].depth == expected[i].depth);
    CHECK(verdict.trail[i].domain == expected[i].domain);
    CHECK(verdict.trail[i].term == expected[i].term);
    CHECK(verdict.trail[i].outcome == expected[i].outcome);
  }
  CHECK(verdict.result == Result::fail);
  CHECK(verdict.mechanism.value_or("") == "-all");
  CHECK(verdict.record.value_or("") == "v=spf1 a include:nested.example redirect=chain.example");
}

TEST_CASE("an error closes each step that it went through") {
  const auto verdict =
      world_with("v=spf1 include:tempinc.example all").check(request_from("203.0.113.1"));
  REQUIRE(verdict.trail.size() == 2);
  CHECK(verdict.trail[0].outcome == "temperror");
  CHECK(verdict.trail[1].outcome == "temperror");
}

TEST_CASE("the AD bit of the first record's answer is told") {
  auto world = world_with("v=spf1 -all");
  CHECK(!world.check(request_from("192.0.2.1")).authenticated_data);
  world.vouch();
  CHECK(world.check(request_from("192.0.2.1")).authenticated_data);
  CHECK(!world.check(request_from("192.0.2.1", "a@gone.example")).authenticated_data);
}

TEST_CASE("what the record needs is asked in one round") {
  using Round = std::vector<std::string>;
  auto world = world_with(
      "v=spf1 a:two.example mx include:pass.example exists:v6only.example redirect=chain.example");
  CHECK(world.check(request_from("203.0.113.1")).result == Result::fail);
  REQUIRE(world.rounds().size() >= 2);
  CHECK(world.rounds()[0] == Round{"s.example TXT"});
  CHECK(world.rounds()[1] == Round{"two.example A", "s.example MX", "pass.example TXT",
                                   "v6only.example A", "chain.example TXT"});
}

TEST_CASE("nothing is asked for a term after one that has matched") {
  auto world = world_with("v=spf1 a ip4:192.0.2.1 mx include:pass.example -all");
  CHECK(world.check(request_from("192.0.2.1")).result == Result::pass);
  REQUIRE(world.rounds().size() == 2);
  CHECK(world.rounds()[1] == std::vector<std::string>{"s.example A"});
}

TEST_CASE("an exists that tells of the message is asked only when it is reached") {
  auto world = world_with("v=spf1 a:two.example exists:%{i}.bl.example mx -all");
  CHECK(world.check(request_from("192.0.2.5")).result == Result::pass);
  for (const auto& round : world.rounds()) {
    for (const auto& question : round) CHECK(question.find(".bl.example") == std::string::npos);
  }
  CHECK(world.check(request_from("203.0.113.1")).result == Result::fail);
  REQUIRE(world.rounds().size() >= 3);
  CHECK(world.rounds()[2].front() == "203.0.113.1.bl.example A");
}

TEST_CASE("no more is asked ahead than the limit allows in its turn") {
  std::string record = "v=spf1";
  for (int i = 1; i <= 30; ++i) record += " a:m" + std::to_string(i) + ".example";
  auto world = world_with(record);
  CHECK(world.check(request_from("203.0.113.1")).result == Result::permerror);
  std::size_t asked = 0;
  for (const auto& round : world.rounds()) asked += round.size();
  CHECK(asked == 1 + 10);
}

TEST_CASE("includes that fan out are not all asked ahead") {
  std::string zone = "s.example. TXT \"v=spf1";
  for (int i = 0; i < 10; ++i) zone += " include:f" + std::to_string(i) + ".example";
  zone += "\"\n";
  for (int i = 0; i < 10; ++i) {
    const std::string n = std::to_string(i);
    zone += "f" + n + ".example. TXT \"v=spf1";
    for (int k = 0; k < 9; ++k) zone += " include:g" + n + std::to_string(k) + ".example";
    zone += "\"\n";
  }
  SpfWorld world(zone);
  CHECK(world.check(request_from("203.0.113.1")).result == Result::permerror);
  std::size_t asked = 0;
  for (const auto& round : world.rounds()) asked += round.size();
  CHECK(asked <= 1 + 10 + 10);
}

TEST_CASE("a verdict is a function of the answers alone") {
  auto world = world_with("v=spf1 mx:mx1.example include:n3.example ptr ~all");
  const auto first = world.check(request_from("192.0.2.2"));
  const auto again = world.check(request_from("192.0.2.2"));
  CHECK(first.result == again.result);
  CHECK(first.lookups == again.lookups);
  CHECK(first.trail.size() == again.trail.size());
}

TEST_CASE("hostile lengths stay bounded") {
  std::string record = "v=spf1";
  for (int i = 0; i < 3500; ++i) record += " ip4:203.0.113.1";
  auto world = world_with(record + " -all");
  const auto verdict = world.check(request_from("192.0.2.1"));
  CHECK(verdict.result == Result::fail);
  CHECK(verdict.mechanism.value_or("") == "-all");
  REQUIRE(!verdict.trail.empty());
  CHECK(verdict.trail.size() <= kMaxTrail + 1);
  CHECK(verdict.trail.back().outcome == "match");

  const auto long_path =
      world.check(request_from("192.0.2.1", std::string(100000, 'l') + "@s.example"));
  CHECK(long_path.result == Result::none);
  CHECK(long_path.problem.value_or("") == "the local part has 100000 octets");
  Request request = request_from("192.0.2.1", "");
  request.helo = std::string(100000, 'h');
  CHECK(world.check(request).result == Result::none);
}

TEST_CASE("the identities are named as in reports") {
  CHECK(to_string(Identity::helo) == "helo");
  CHECK(to_string(Identity::mail_from) == "mailfrom");
}

}  // namespace
}  // namespace emltrace::spf
