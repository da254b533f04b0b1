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

TEST_CASE("a reply that comes too late is not taken for that of the next try") {
  FaultyDns server(kZone);
  server.on("a.example", Fault::late, 1);
  // Two tries of half the time each: the late reply finds its port closed.
  Resolver resolver(options({server.server()}, 2 * emltrace::test::kLateBy - 200ms));
  CHECK(first_address(ask(resolver, "a.example", Type::a)) == "192.0.2.1");
  const auto asked = server.asked();
  REQUIRE(asked.size() == 2);
  CHECK(asked[0].source_port != asked[1].source_port);
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
