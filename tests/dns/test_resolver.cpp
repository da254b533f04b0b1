#include <set>

#include "dns/ask.hpp"
#include "dns/resolver.hpp"
#include "support/catch.hpp"
#include "support/faulty_dns.hpp"
#include "support/nsd.hpp"

namespace dns = emltrace::dns;
using dns::Answer;
using dns::Resolver;
using dns::Source;
using dns::Status;
using dns::Type;
using emltrace::DomainName;
using namespace emltrace::test;
using namespace std::chrono_literals;

TEST_CASE("a real nsd: every kind of record and of absence") {
  std::string big;
  for (int i = 0; i < 10; ++i) big += " \"" + std::string(200, static_cast<char>('a' + i)) + "\"";
  const Nsd nsd({{"example.org",
                  "@ TXT \"v=spf1 -all\"\n@ MX 20 mx2\n@ MX 10 mx1\n"
                  "mx1 A 192.0.2.1\nmx1 AAAA 2001:db8::1\n"
                  "null MX 0 .\nbig TXT" +
                      big +
                      "\n"
                      "www CNAME mx1\nempty.below A 192.0.2.9\n"
                      "*.wild TXT \"w\"\ndangling CNAME nowhere\n"
                      "out CNAME host.example.net.\nstrange CNAME www.example.com.\n"
                      "a\\032b A 192.0.2.8\n"
                      "child NS ns.child\nns.child A 192.0.2.53\n"},
                 {"example.net", "host A 192.0.2.7\n"},
                 {"2.0.192.in-addr.arpa",
                  "1 PTR mx1.example.org.\n2 PTR a\\.b.example.org.\n"
                  "3 CNAME 3.0-7\n3.0-7 PTR three.example.org.\n"}});
  Resolver resolver(options({nsd.server()}));

  SECTION("records") {
    const Answer txt = ask(resolver, "Example.ORG.", Type::txt);
    CHECK(txt.status == Status::ok);
    CHECK(txt.texts() == std::vector<std::string>{"v=spf1 -all"});
    CHECK(txt.records[0].ttl == 300);
    CHECK(txt.server == nsd.server());
    CHECK(txt.time);
    CHECK_FALSE(txt.authenticated);
    const auto mx = ask(resolver, "example.org", Type::mx).exchanges();
    REQUIRE(mx.size() == 2);
    CHECK(mx[0].exchange->text() == "mx1.example.org");
    CHECK_FALSE(ask(resolver, "null.example.org", Type::mx).exchanges().at(0).exchange);
    CHECK(first_address(ask(resolver, "mx1.example.org", Type::a)) == "192.0.2.1");
    CHECK(first_address(ask(resolver, "mx1.example.org", Type::aaaa)) == "2001:db8::1");
    CHECK(ask(resolver, "a.b.wild.example.org", Type::txt).texts().at(0) == "w");
  }
  SECTION("a TXT record above 1232 bytes comes over TCP") {
    const auto texts = ask(resolver, "big.example.org", Type::txt).texts();
    REQUIRE(texts.size() == 1);
    CHECK(texts[0].size() == 2000);
    CHECK(texts[0].ends_with("jjj"));
  }
  SECTION("absence") {
    CHECK(ask(resolver, "absent.example.org", Type::a).status == Status::no_such_name);
    CHECK(ask(resolver, "mx1.example.org", Type::mx).status == Status::no_data);
    CHECK(ask(resolver, "below.example.org", Type::a).status == Status::no_data);
  }
  SECTION("aliases") {
    const Answer www = ask(resolver, "www.example.org", Type::a);
    REQUIRE(www.records.size() == 2);
    CHECK(www.records[0].type == Type::cname);
    CHECK(first_address(www) == "192.0.2.1");
    CHECK(ask(resolver, "www.example.org", Type::mx).status == Status::no_data);
    CHECK(ask(resolver, "dangling.example.org", Type::a).status == Status::no_such_name);
    CHECK(first_address(ask(resolver, "out.example.org", Type::a)) == "192.0.2.7");
    CHECK(ask(resolver, "strange.example.org", Type::a).status == Status::refused);
  }
  SECTION("a zone that is not there is refused, with the server named") {
    const Answer answer = ask(resolver, "example.com", Type::a);
    CHECK(answer.status == Status::refused);
    CHECK(answer.reason == "REFUSED (Not Authoritative) from " + nsd.server());
  }
  SECTION("a delegation is no answer: the server does not resolve") {
    const Answer answer = ask(resolver, "x.child.example.org", Type::a);
    CHECK(answer.status == Status::failed);
    CHECK(answer.reason == nsd.server() + " refers to other servers: it does not resolve");
  }
  SECTION("PTR") {
    CHECK(ask(resolver, "1.2.0.192.in-addr.arpa", Type::ptr).names().at(0).text() ==
          "mx1.example.org");
    CHECK(ask(resolver, "3.2.0.192.in-addr.arpa", Type::ptr).names().at(0).text() ==
          "three.example.org");
    const Answer odd = ask(resolver, "2.2.0.192.in-addr.arpa", Type::ptr);
    CHECK(odd.status == Status::no_data);
  }
  SECTION("over IPv6") {
    if (emltrace::test::has_ipv6_loopback()) {
      Resolver six(options({nsd.server_v6()}));
      CHECK(first_address(ask(six, "mx1.example.org", Type::a)) == "192.0.2.1");
      CHECK(ask(six, "big.example.org", Type::txt).texts().at(0).size() == 2000);
      CHECK(six.servers() == std::vector<std::string>{nsd.server_v6()});
    }
  }
  SECTION("names with octets that no host name has") {
    CHECK(ask(resolver, "a\\b.\"q\"._x.example.org", Type::a).status == Status::no_such_name);
    Answer spaced;
    resolver.fetch({*DomainName::parse_octets("a b.example.org"), Type::a},
                   Source::Clock::now() + kLong,
                   [&](Answer answer) { spaced = std::move(answer); });
    resolver.run();
    CHECK(first_address(spaced) == "192.0.2.8");
  }
}

TEST_CASE("a query asks for recursion and the AD bit, with EDNS of 1232 bytes, over UDP first") {
  FaultyDns server(kZone);
  Resolver resolver(options({server.server()}));
  ask(resolver, "a.example", Type::a);
  REQUIRE(server.asked().size() == 1);
  const Asked asked = server.asked()[0];
  CHECK(asked.recursion_desired);
  CHECK(asked.authentic_data);
  CHECK(asked.edns_payload == 1232);
  CHECK_FALSE(asked.tcp);
}

TEST_CASE("ids and source ports of queries cannot be foreseen (RFC 5452)") {
  FaultyDns server(kZone);
  Resolver resolver(options({server.server()}));
  constexpr int kQueries = 64;
  for (int i = 0; i < kQueries; ++i) {
    ask(resolver, "n" + std::to_string(i) + ".example", Type::a);
  }
  std::set<std::uint16_t> ids;
  std::set<std::uint16_t> ports;
  int neighbours = 0;
  std::uint16_t last = 0;
  for (const Asked& asked : server.asked()) {
    ids.insert(asked.id);
    ports.insert(asked.source_port);
    if (asked.id == last + 1) ++neighbours;
    last = asked.id;
  }
  // 64 draws out of 65,536 and out of the ephemeral range: a few may coincide.
  CHECK(ids.size() > kQueries - 8);
  CHECK(ports.size() > kQueries - 8);
  CHECK(neighbours < 4);
}

TEST_CASE("the AD bit of the reply is told") {
  FaultyDns server(kZone);
  server.vouch(true);
  Resolver resolver(options({server.server()}));
  CHECK(ask(resolver, "a.example", Type::a).authenticated);
  server.vouch(false);
  CHECK_FALSE(ask(resolver, "b.example", Type::a).authenticated);
}

TEST_CASE("at the message's deadline what is not answered has timed out, queued questions too") {
  FaultyDns server(kZone);
  server.otherwise(Fault::silence);
  auto narrow = options({server.server()});
  narrow.max_sockets = 1;
  Resolver resolver(narrow);
  const auto deadline = Source::Clock::now() + kShort;
  std::vector<Answer> answers;
  for (const char* name : {"a.example", "b.example", "c.example"}) {
    resolver.fetch(question(name, Type::a), deadline,
                   [&](Answer answer) { answers.push_back(std::move(answer)); });
  }
  resolver.run();
  REQUIRE(answers.size() == 3);
  for (const Answer& answer : answers) {
    CHECK(answer.status == Status::timed_out);
    CHECK(answer.reason == "the time for DNS was used up");
  }
  CHECK(server.asked().size() == 1);
}

TEST_CASE("after the deadline nothing is asked, but what is known is told") {
  FaultyDns server(kZone);
  Resolver resolver(options({server.server()}));
  ask(resolver, "a.example", Type::a);
  CHECK(ask(resolver, "a.example", Type::a, -1ms).status == Status::ok);
  CHECK(ask(resolver, "b.example", Type::a, -1ms).status == Status::timed_out);
  CHECK(server.asked().size() == 1);
}

TEST_CASE("the same question of two messages is asked once, each with its own deadline") {
  FaultyDns server(kZone);
  server.on("a.example", Fault::late);
  Resolver resolver(options({server.server()}, kLong));
  std::vector<Answer> answers(3);
  const auto fetch = [&](std::size_t i, std::chrono::milliseconds time) {
    resolver.fetch(question("a.example", Type::a), Source::Clock::now() + time,
                   [&answers, i](Answer answer) { answers[i] = std::move(answer); });
  };
  fetch(0, kLong);
  fetch(1, 100ms);
  fetch(2, kLong);
  resolver.run();
  CHECK(first_address(answers[0]) == "192.0.2.1");
  CHECK(answers[1].status == Status::timed_out);
  CHECK(first_address(answers[2]) == "192.0.2.1");
  CHECK_FALSE(answers[0].cached);
  CHECK(answers[2].cached);
  CHECK(server.asked().size() == 1);
}

TEST_CASE("an answer is kept for later messages, within the capacity") {
  FaultyDns server(kZone);
  auto two = options({server.server()});
  two.max_cached = 2;
  Resolver resolver(two);
  const Answer first = ask(resolver, "a.example", Type::a);
  const Answer second = ask(resolver, "a.example", Type::a);
  CHECK_FALSE(first.cached);
  CHECK(second.cached);
  CHECK(second.time == first.time);
  CHECK(second.records == first.records);
  ask(resolver, "absent.example", Type::a);
  CHECK(ask(resolver, "absent.example", Type::a).cached);
  ask(resolver, "c.example", Type::a);
  CHECK_FALSE(ask(resolver, "a.example", Type::a).cached);
  CHECK(server.asked().size() == 4);
}

TEST_CASE("a question may be asked from within an answer, and run ends when all is answered") {
  FaultyDns server(kZone);
  Resolver resolver(options({server.server()}));
  const auto deadline = Source::Clock::now() + kLong;
  std::vector<std::string> addresses;
  resolver.fetch(question("a.example", Type::a), deadline, [&](Answer first) {
    addresses.push_back(first_address(first));
    resolver.fetch(question("b.example", Type::a), deadline, [&](Answer second) {
      addresses.push_back(first_address(second));
      resolver.fetch(question("a.example", Type::a), deadline,
                     [&](Answer third) { addresses.push_back(first_address(third)); });
    });
  });
  resolver.run();
  CHECK(addresses == std::vector<std::string>{"192.0.2.1", "192.0.2.2", "192.0.2.1"});
  CHECK(first_address(ask(resolver, "c.example", Type::a)) == "192.0.2.3");
}

TEST_CASE("a thousand questions go through few sockets") {
  FaultyDns server(kZone);
  auto narrow = options({server.server()}, 60000ms);
  narrow.max_sockets = 8;
  Resolver resolver(narrow);
  int absent = 0;
  for (int i = 0; i < 1000; ++i) {
    resolver.fetch(question("n" + std::to_string(i) + ".example", Type::a),
                   Source::Clock::now() + 60s,
                   [&](Answer answer) { absent += answer.status == Status::no_such_name ? 1 : 0; });
  }
  resolver.run();
  CHECK(absent == 1000);
}

TEST_CASE("without a server every question fails, with the reason") {
  Resolver resolver(options({}));
  const Answer answer = ask(resolver, "a.example", Type::a);
  CHECK(answer.status == Status::failed);
  CHECK(answer.reason == "no DNS server is known");
}

TEST_CASE("a resolver may end while questions are under way") {
  FaultyDns server(kZone);
  server.otherwise(Fault::silence);
  bool called = false;
  {
    Resolver resolver(options({server.server()}));
    resolver.fetch(question("a.example", Type::a), Source::Clock::now() + kLong,
                   [&](const Answer&) { called = true; });
  }
  CHECK_FALSE(called);
}
