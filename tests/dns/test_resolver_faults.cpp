#include "dns/ask.hpp"
#include "dns/resolver.hpp"
#include "support/catch.hpp"
#include "support/faulty_dns.hpp"

namespace dns = emltrace::dns;
using dns::Answer;
using dns::Resolver;
using dns::Source;
using dns::Status;
using dns::Type;
using namespace emltrace::test;
using namespace std::chrono_literals;

TEST_CASE("a forged reply is passed over and the right one waited for") {
  const Fault fault = GENERATE(Fault::stray_id, Fault::stray_question, Fault::stray_port);
  CAPTURE(static_cast<int>(fault));
  FaultyDns server(kZone);
  server.otherwise(fault);
  Resolver resolver(options({server.server()}));
  const Answer answer = ask(resolver, "a.example", Type::a);
  CHECK(answer.status == Status::ok);
  CHECK(first_address(answer) == "192.0.2.1");
  CHECK(server.asked().size() == 1);
}

TEST_CASE("a server that fails in any way gives way to the next one") {
  const Fault fault = GENERATE(Fault::servfail, Fault::refused, Fault::notimp, Fault::broken_record,
                               Fault::tcp_closed, Fault::tcp_cut_short, Fault::referral);
  CAPTURE(static_cast<int>(fault));
  FaultyDns bad(kZone);
  bad.otherwise(fault);
  FaultyDns good(kZone);
  Resolver resolver(options({bad.server(), good.server()}));
  const Answer answer = ask(resolver, "a.example", Type::a);
  CHECK(first_address(answer) == "192.0.2.1");
  CHECK(answer.server == good.server());
}

TEST_CASE("a silent server, and one that sends garbage, give way when their share of time is up") {
  const Fault fault = GENERATE(Fault::silence, Fault::garbage);
  FaultyDns bad(kZone);
  bad.otherwise(fault);
  FaultyDns good(kZone);
  Resolver resolver(options({bad.server(), good.server()}, 2000ms));
  CHECK(first_address(ask(resolver, "a.example", Type::a)) == "192.0.2.1");
  // The server that answered is asked first from then on.
  CHECK(first_address(ask(resolver, "b.example", Type::a)) == "192.0.2.2");
  CHECK(bad.asked().size() == 1);
}

TEST_CASE("a closed port gives way at once") {
  FaultyDns good(kZone);
  Resolver resolver(options({closed_port(), good.server()}));
  CHECK(first_address(ask(resolver, "a.example", Type::a)) == "192.0.2.1");
}

TEST_CASE("what no server can answer is told by status and reason") {
  struct Row {
    Fault fault;
    Status status;
    std::string_view reason;  // in front of the server
    std::string_view rest;    // behind it
  };
  const Row row = GENERATE(
      Row{Fault::servfail, Status::failed, "SERVFAIL from ", ""},
      Row{Fault::refused, Status::refused, "REFUSED from ", ""},
      Row{Fault::notimp, Status::failed, "NOTIMP from ", ""},
      Row{Fault::silence, Status::timed_out, "no answer from ", ""},
      Row{Fault::garbage, Status::timed_out, "no answer from ", ""},
      Row{Fault::tcp_closed, Status::failed, "", ": closed the connection without a whole reply"},
      Row{Fault::tcp_cut_short, Status::failed, "",
          ": closed the connection without a whole reply"},
      Row{Fault::referral, Status::failed, "", " refers to other servers: it does not resolve"});
  CAPTURE(row.reason, row.rest);
  FaultyDns server(kZone);
  server.otherwise(row.fault);
  const bool waits = row.status == Status::timed_out;
  Resolver resolver(options({server.server()}, waits ? kShort : kLong));
  const Answer answer = ask(resolver, "a.example", Type::a);
  CHECK(answer.status == row.status);
  CHECK(answer.reason == std::string(row.reason) + server.server() + std::string(row.rest));
  CHECK(answer.records.empty());
}

TEST_CASE("a malformed reply and a closed port are failures with their reason") {
  FaultyDns server(kZone);
  server.otherwise(Fault::broken_record);
  Resolver resolver(options({server.server()}));
  const Answer malformed = ask(resolver, "a.example", Type::a);
  CHECK(malformed.status == Status::failed);
  CHECK(malformed.reason.starts_with("malformed reply: "));

  const std::string nobody = closed_port();
  Resolver alone(options({nobody}));
  const Answer answer = ask(alone, "a.example", Type::a);
  CHECK(answer.status == Status::failed);
  CHECK(answer.reason == nobody + ": Connection refused");
}

TEST_CASE("a question that is lost once is asked again") {
  FaultyDns server(kZone);
  server.on("a.example", Fault::silence, 1);
  server.on("b.example", Fault::servfail, 1);
  Resolver resolver(options({server.server()}, 2000ms));
  CHECK(first_address(ask(resolver, "a.example", Type::a)) == "192.0.2.1");
  CHECK(first_address(ask(resolver, "b.example", Type::a)) == "192.0.2.2");
  CHECK(server.asked().size() == 4);
}

TEST_CASE("a late reply to the first try is taken, though the server was asked again") {
  FaultyDns server(kZone);
  server.delay(kLateBy);
  // Two tries of 500 ms each: the first reply comes after the second question.
  Resolver resolver(options({server.server()}, 1000ms));
  CHECK(first_address(ask(resolver, "a.example", Type::a)) == "192.0.2.1");
  const auto asked = server.asked();
  REQUIRE(asked.size() == 2);
  CHECK(asked[0].source_port != asked[1].source_port);
  CHECK(asked[0].id != asked[1].id);
}

TEST_CASE("a late reply of the first server is taken while the second one is silent") {
  FaultyDns slow(kZone);
  slow.delay(kLateBy);
  FaultyDns mute(kZone);
  mute.otherwise(Fault::silence);
  // Four tries of 250 ms each.
  Resolver resolver(options({slow.server(), mute.server()}, 1000ms));
  const Answer answer = ask(resolver, "a.example", Type::a);
  CHECK(first_address(answer) == "192.0.2.1");
  CHECK(answer.server == slow.server());
  CHECK_FALSE(mute.asked().empty());
}

TEST_CASE("a reply that comes after the question's time is no answer") {
  FaultyDns server(kZone);
  server.delay(kLateBy);
  Resolver resolver(options({server.server()}, kShort));
  CHECK(ask(resolver, "a.example", Type::a).status == Status::timed_out);
}

TEST_CASE("a failure of the second server does not end the wait for the first one") {
  FaultyDns slow(kZone);
  slow.delay(kLateBy);
  FaultyDns bad(kZone);
  bad.otherwise(Fault::servfail);
  Resolver resolver(options({slow.server(), bad.server()}, 1000ms));
  CHECK(first_address(ask(resolver, "a.example", Type::a)) == "192.0.2.1");
}

TEST_CASE("with one socket the earlier try is closed: its late reply is lost") {
  FaultyDns server(kZone);
  server.delay(kLateBy);
  auto narrow = options({server.server()}, 1000ms);
  narrow.max_sockets = 1;
  Resolver resolver(narrow);
  CHECK(ask(resolver, "a.example", Type::a).status == Status::timed_out);
  CHECK(server.asked().size() == 2);
}

TEST_CASE("the AD bit is one server's word: two that tell parts of an answer have none") {
  const std::string zone = std::string(kZone) + "alias.a.example 300 A 192.0.2.9\n";
  FaultyDns one(zone);
  one.vouch(true);
  one.on("a.example", Fault::alias_alone);
  FaultyDns two(zone);
  two.vouch(true);
  Resolver first(options({one.server(), two.server()}));
  const Answer whole = ask(first, "a.example", Type::a);
  CHECK(first_address(whole) == "192.0.2.9");
  CHECK(whole.authenticated);
  one.on("alias.a.example", Fault::servfail);
  Resolver second(options({one.server(), two.server()}));
  const Answer shared = ask(second, "a.example", Type::a);
  CHECK(first_address(shared) == "192.0.2.9");
  CHECK(shared.server == two.server());
  CHECK_FALSE(shared.authenticated);
}

TEST_CASE("a truncated reply is fetched over TCP, in pieces too") {
  const Fault fault = GENERATE(Fault::truncated, Fault::tcp_in_pieces);
  FaultyDns server(kZone);
  server.otherwise(fault);
  Resolver resolver(options({server.server()}));
  CHECK(first_address(ask(resolver, "a.example", Type::a)) == "192.0.2.1");
  const auto asked = server.asked();
  REQUIRE(asked.size() == 2);
  CHECK_FALSE(asked[0].tcp);
  CHECK(asked[1].tcp);
}

TEST_CASE("a reply of 60,000 bytes over TCP is read whole") {
  std::string zone;
  for (int i = 0; i < 250; ++i) {
    zone += "big.example TXT \"" + std::string(220, 'x') + std::to_string(i) + "\"\n";
  }
  FaultyDns server(zone);
  Resolver resolver(options({server.server()}));
  CHECK(ask(resolver, "big.example", Type::txt).records.size() == 250);
}

TEST_CASE("a server that does not know EDNS is asked again without, and remembered") {
  FaultyDns server(kZone);
  server.otherwise(Fault::formerr_to_edns);
  Resolver resolver(options({server.server()}));
  CHECK(first_address(ask(resolver, "a.example", Type::a)) == "192.0.2.1");
  CHECK(first_address(ask(resolver, "b.example", Type::a)) == "192.0.2.2");
  const auto asked = server.asked();
  REQUIRE(asked.size() == 3);
  CHECK(asked[0].edns_payload == 1232);
  CHECK(asked[1].edns_payload == 0);
  CHECK(asked[2].edns_payload == 0);
}

TEST_CASE("a server that drops EDNS, or says NOTIMP to it, is asked without, and remembered") {
  const Fault fault = GENERATE(Fault::silent_to_edns, Fault::notimp_to_edns);
  FaultyDns server(kZone);
  server.otherwise(fault);
  Resolver resolver(options({server.server()}, 1000ms));
  CHECK(first_address(ask(resolver, "a.example", Type::a)) == "192.0.2.1");
  CHECK(first_address(ask(resolver, "b.example", Type::a)) == "192.0.2.2");
  const auto asked = server.asked();
  REQUIRE(asked.size() == 3);
  CHECK(asked[0].edns_payload == 1232);
  CHECK(asked[1].edns_payload == 0);
  CHECK(asked[2].edns_payload == 0);
}

TEST_CASE("a server that drops EDNS is asked without where there is one round only") {
  FaultyDns server(kZone);
  server.otherwise(Fault::silent_to_edns);
  auto once = options({server.server()}, 1000ms);
  once.attempts = 1;
  Resolver resolver(once);
  CHECK(first_address(ask(resolver, "a.example", Type::a)) == "192.0.2.1");
}

TEST_CASE("a server that has answered a query with EDNS is asked with EDNS again after silence") {
  FaultyDns server(kZone);
  server.on("b.example", Fault::silence, 1);
  Resolver resolver(options({server.server()}, 1000ms));
  CHECK(first_address(ask(resolver, "a.example", Type::a)) == "192.0.2.1");
  CHECK(first_address(ask(resolver, "b.example", Type::a)) == "192.0.2.2");
  const auto asked = server.asked();
  REQUIRE(asked.size() == 3);
  CHECK(asked[2].edns_payload == 1232);
}

TEST_CASE("a server that fails with and without EDNS is not held to dislike it") {
  FaultyDns server(kZone);
  server.on("a.example", Fault::notimp);
  Resolver resolver(options({server.server()}));
  CHECK(ask(resolver, "a.example", Type::a).status == Status::failed);
  CHECK(first_address(ask(resolver, "b.example", Type::a)) == "192.0.2.2");
  CHECK(server.asked().back().edns_payload == 1232);
}

TEST_CASE("a server that fails without a word of EDNS is asked again without it") {
  FaultyDns server(kZone);
  server.on("a.example", Fault::servfail, 1);
  Resolver resolver(options({server.server()}));
  CHECK(first_address(ask(resolver, "a.example", Type::a)) == "192.0.2.1");
  REQUIRE(server.asked().size() == 2);
  CHECK(server.asked()[0].edns_payload == 1232);
  CHECK(server.asked()[1].edns_payload == 0);
}

TEST_CASE("an extended error is told in the reason, and the next server asked (RFC 8914)") {
  FaultyDns bad(kZone);
  bad.otherwise(Fault::bogus);
  Resolver alone(options({bad.server()}));
  const Answer answer = ask(alone, "a.example", Type::a);
  CHECK(answer.status == Status::failed);
  CHECK(answer.reason ==
        "SERVFAIL (DNSSEC Bogus: " + std::string(kExtraText) + ") from " + bad.server());
  // It knows EDNS: a failure is no reason to ask without.
  REQUIRE(bad.asked().size() == 2);
  CHECK(bad.asked()[1].edns_payload == 1232);
  FaultyDns good(kZone);
  Resolver both(options({bad.server(), good.server()}));
  CHECK(first_address(ask(both, "a.example", Type::a)) == "192.0.2.1");
}

TEST_CASE("a name that a policy of the server hides is not known, which is not absence") {
  FaultyDns server(kZone);
  server.on("a.example", Fault::filtered);
  Resolver resolver(options({server.server()}));
  const Answer hidden = ask(resolver, "a.example", Type::a);
  CHECK(hidden.status == Status::failed);
  CHECK(hidden.reason == "NXDOMAIN (Filtered) from " + server.server());
  CHECK(ask(resolver, "absent.example", Type::a).status == Status::no_such_name);
}

TEST_CASE("a target that can never be asked is no data, not a failure of DNS") {
  const Fault fault = GENERATE(Fault::alias_to_root, Fault::target_root, Fault::name_too_long);
  const Type type = GENERATE(Type::ptr, Type::txt, Type::a);
  if (fault == Fault::target_root && type != Type::ptr) return;
  CAPTURE(static_cast<int>(fault), static_cast<int>(type));
  FaultyDns server(kZone);
  server.on("a.example", fault);
  Resolver resolver(options({server.server()}));
  const Answer answer = ask(resolver, "a.example", type);
  CHECK(answer.status == Status::no_data);
  CHECK(answer.records.empty());
  CHECK(server.asked().size() == 1);
}

TEST_CASE("the null MX is an answer (RFC 7505)") {
  FaultyDns server(kZone);
  server.on("a.example", Fault::target_root);
  Resolver resolver(options({server.server()}));
  const auto exchanges = ask(resolver, "a.example", Type::mx).exchanges();
  REQUIRE(exchanges.size() == 1);
  CHECK_FALSE(exchanges[0].exchange);
}

TEST_CASE(
    "rotate begins each question at the next server; without it the last to answer is first") {
  FaultyDns one(kZone);
  FaultyDns two(kZone);
  auto turning = options({one.server(), two.server()});
  turning.rotate = true;
  Resolver resolver(turning);
  for (const char* name : {"a.example", "b.example", "c.example", "www.example"}) {
    CHECK(ask(resolver, name, Type::a).status == Status::ok);
  }
  CHECK(one.asked().size() == 2);
  CHECK(two.asked().size() == 2);
  Resolver steady(options({one.server(), two.server()}));
  for (const char* name : {"a.example", "b.example"}) ask(steady, name, Type::a);
  CHECK(one.asked().size() == 4);
}

TEST_CASE("the time of one try is that of resolv.conf, and each server has its tries") {
  FaultyDns mute(kZone);
  mute.otherwise(Fault::silence);
  FaultyDns good(kZone);
  dns::ResolvConf conf = dns::parse_resolv_conf("options timeout:1 attempts:3 rotate\n");
  conf.servers = {*dns::parse_server(mute.server()), *dns::parse_server(good.server())};
  const Resolver::Options made = Resolver::options_of(conf);
  CHECK(made.servers == conf.servers);
  CHECK(made.attempts == 3);
  CHECK(made.rotate);
  CHECK(made.timeout == 6s);
  CHECK(made.retry_after == 1s);
  Resolver resolver(made);
  const auto start = Source::Clock::now();
  CHECK(first_address(ask(resolver, "a.example", Type::a)) == "192.0.2.1");
  const auto took = Source::Clock::now() - start;
  CHECK(took >= 950ms);
  CHECK(took < 1900ms);
  const Resolver::Options given = Resolver::options_of(conf, 2000ms);
  CHECK(given.timeout == 2s);
  CHECK_FALSE(given.retry_after);
  CHECK(given.attempts == 3);
  const Resolver::Options plain = Resolver::options_of(dns::parse_resolv_conf(""));
  CHECK(plain.timeout == 3s);
  CHECK_FALSE(plain.retry_after);
  CHECK(plain.attempts == 2);
}

TEST_CASE("questions under way at once to a server without EDNS are all answered") {
  FaultyDns server(kZone);
  server.otherwise(Fault::formerr_to_edns);
  Resolver resolver(options({server.server()}));
  int answered = 0;
  for (const char* name : {"a.example", "b.example", "c.example"}) {
    resolver.fetch(question(name, Type::a), Source::Clock::now() + kLong, [&](Answer answer) {
      if (answer.status == Status::ok) ++answered;
    });
  }
  resolver.run();
  CHECK(answered == 3);
}

TEST_CASE("an alias that leads in a circle is a failure") {
  FaultyDns server(kZone);
  server.otherwise(Fault::alias_loop);
  Resolver resolver(options({server.server()}));
  const Answer answer = ask(resolver, "a.example", Type::a);
  CHECK(answer.status == Status::failed);
  CHECK(answer.reason == "an alias loop");
}

TEST_CASE("an empty reply without a SOA is no data (RFC 2308 2.2, type 3)") {
  FaultyDns server(kZone);
  server.otherwise(Fault::no_data_at_all);
  Resolver resolver(options({server.server()}));
  CHECK(ask(resolver, "a.example", Type::a).status == Status::no_data);
}
