// g++ 12 takes std::regex for uninitialized where it is optimized and sanitized (GCC bug 105562).
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "command.hpp"
#include "support/catch.hpp"
#include "support/faulty_dns.hpp"
#include "support/paths.hpp"
#include "support/process.hpp"

using namespace emltrace;
using Json = nlohmann::ordered_json;
using test::kMessage;
using test::TemporaryDirectory;

namespace {

const std::string kZone =
    "sender.example. 300 IN TXT \"v=spf1 include:spf.sender.example -all\"\n"
    "spf.sender.example. 300 IN TXT \"v=spf1 ip4:124.211.3.78 -all\"\n"
    "sender.example. 300 IN MX 10 mail.sender.example.\n"
    "mail.sender.example. 300 IN A 124.211.3.78\n"
    "78.3.211.124.in-addr.arpa. 300 IN PTR mail.sender.example.\n"
    "_dmarc.sender.example. 300 IN TXT \"v=DMARC1; p=reject\"\n"
    "mx.recipient.example. 300 IN A 198.18.0.1\n"
    "recipient.example. 300 IN MX 10 mx.recipient.example.\n";

constexpr const char* kVouched = "vouched for by DNSSEC";

using Arguments = std::vector<std::string>;

/// The output of a run over the message, which must succeed.
std::string output_of(Arguments arguments, const std::string& message = kMessage) {
  arguments.emplace_back("-");
  const auto outcome = test::emltrace_with(std::move(arguments), message);
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  return outcome.out;
}

Arguments operator+(Arguments a, const Arguments& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string without_mode(const std::string& json) {
  static const std::regex kMode("\"mode\": ?\"(live|replay|zone|offline)\"");
  return std::regex_replace(json, kMode, "");
}

/// Records a run with `how`, replays it with nothing said again, and compares each format whole.
void check_replays(const Arguments& how) {
  const TemporaryDirectory dir;
  const std::string tape = dir.file("tape");
  for (const Arguments& format :
       std::vector<Arguments>{{"-f", "text"},
                              {"-f", "text", "-v"},
                              {"-f", "json"},
                              {"-f", "ndjson"},
                              {"-f", "authres", "--authserv-id", "here.example"}}) {
    CAPTURE(format);
    const std::string recorded = output_of(how + Arguments{"--record", tape} + format);
    const std::string replayed = output_of(Arguments{"--replay", tape} + format);
    CHECK(without_mode(recorded) == without_mode(replayed));
    if (format[1] == "text") CHECK(recorded == replayed);
    CHECK(output_of(Arguments{"--replay", tape} + format) == replayed);
  }
}

Json json_of(const Arguments& arguments) {
  return Json::parse(output_of(arguments + Arguments{"-f", "json"}));
}

}  // namespace

TEST_CASE("a replay repeats the report: text byte for byte, JSON but for the word of its mode") {
  test::FaultyDns server(kZone);
  server.vouch(true);
  server.on("_dmarc.recipient.example", test::Fault::servfail);
  server.on("11.3.211.124.in-addr.arpa", test::Fault::bogus);
  const Arguments live{"--resolver", server.server()};
  SECTION("at the present time") {
    check_replays(live);
  }
  SECTION("with --now") {
    check_replays(live + Arguments{"--now", "2026-06-01T12:00:00Z"});
  }
  SECTION("after slow answers") {
    server.delay(std::chrono::milliseconds(120));
    check_replays(live + Arguments{"--timeout", "0.4"});
  }
  SECTION("after no answers") {
    server.otherwise(test::Fault::silence);
    check_replays(live + Arguments{"--timeout", "0.1", "--deadline", "0.2"});
  }
}

TEST_CASE("a recording of a zone file, and one made offline, replay as they were") {
  const TemporaryDirectory dir;
  check_replays({"--zone", dir.write("a.zone", kZone + ". IN A 192.0.2.1\n")});
  // Of this file's absences nothing is held against anybody, and so it is in the replay.
  check_replays({"--zone", dir.write("b.zone", "other.example. IN A 192.0.2.1\n")});
  check_replays({"--offline"});
}

TEST_CASE("--now at the replay goes before the clock of the recording") {
  test::FaultyDns server(kZone);
  const TemporaryDirectory dir;
  const std::string tape = dir.file("tape");
  output_of({"--resolver", server.server(), "--record", tape, "--now", "2026-06-01T12:00:00Z"});
  CHECK(json_of({"--replay", tape})["clock"]["at"] == "2026-06-01T12:00:00Z");
  CHECK(json_of({"--replay", tape})["clock"]["source"] == "given");
  const Json other = json_of({"--replay", tape, "--now", "2027-01-01T00:00:00Z"});
  CHECK(other["clock"]["at"] == "2027-01-01T00:00:00Z");
}

TEST_CASE("DNSSEC vouches by a resolver on this machine, and by another where --trust-ad says so") {
  test::FaultyDns server(kZone);
  const TemporaryDirectory dir;
  const std::string tape = dir.file("tape");
  CHECK_FALSE(contains(output_of({"-v", "--resolver", server.server()}), kVouched));
  server.vouch(true);
  CHECK(contains(output_of({"-v", "--resolver", server.server(), "--record", tape}), kVouched));
  CHECK(contains(output_of({"-v", "--replay", tape}), kVouched));

  // The same recording, had it been made by a resolver elsewhere.
  std::string text = test::slurp(tape);
  for (auto at = text.find(server.server()); at != std::string::npos;
       at = text.find(server.server())) {
    text.replace(at, server.server().size(), "192.0.2.53:53");
  }
  const std::string far = dir.write("far", text);
  CHECK_FALSE(contains(output_of({"-v", "--replay", far}), kVouched));
  CHECK(json_of({"--replay", far})["spf"][0]["authenticated_data"] == false);
  CHECK(contains(output_of({"-v", "--replay", far, "--trust-ad"}), kVouched));
  CHECK(json_of({"--replay", far, "--trust-ad"})["spf"][0]["authenticated_data"] == true);

  // Recorded with --trust-ad it says so for itself.
  const std::string trusted = dir.file("trusted");
  output_of({"--replay", far, "--trust-ad", "--record", trusted});
  CHECK(contains(output_of({"-v", "--replay", trusted}), kVouched));
}

TEST_CASE("the text of an extended error reaches the report, and the terminal unharmed") {
  test::FaultyDns server(kZone);
  server.on("sender.example", dns::Type::txt, test::Fault::bogus);
  const std::string text = output_of({"--resolver", server.server()});
  CHECK(contains(text, "SERVFAIL (DNSSEC Bogus: no "));
  CHECK_FALSE(contains(text, "\x1b"));
  const Json json = json_of({"--resolver", server.server()});
  CHECK(json["spf"][0]["result"] == "temperror");
  CHECK(contains(json["dns"]["unanswered"].dump(), "SERVFAIL (DNSSEC Bogus: no "));
}

TEST_CASE("two slow resolvers lose no answer") {
  test::FaultyDns one(kZone);
  test::FaultyDns two(kZone);
  one.delay(std::chrono::milliseconds(800));
  two.delay(std::chrono::milliseconds(800));
  const Json dns = json_of({"--resolver", one.server(), "--resolver", two.server()})["dns"];
  CHECK(dns["questions"] > 10);
  CHECK(dns["failed"] == 0);
}

TEST_CASE("the records of a zone file that were left out are told") {
  const TemporaryDirectory dir;
  const std::string zone = dir.write("a.zone", "\xEF\xBB\xBF" + kZone +
                                                   ". IN A 192.0.2.1\na.example. IN CNAME .\n"
                                                   "b.example. CH TXT \"x\"\n");
  CHECK(json_of({"--zone", zone})["dns"]["zone_skipped"] == 3);
  CHECK(contains(output_of({"--zone", zone, "-v", "--width", "200"}),
                 "3 records of the zone files left out"));
  CHECK_FALSE(contains(output_of({"--zone", zone}), "left out"));
  const std::string whole = dir.write("b.zone", kZone);
  CHECK(json_of({"--zone", whole})["dns"]["zone_skipped"] == 0);
  CHECK_FALSE(contains(output_of({"--zone", whole, "-v"}), "left out"));
  CHECK(json_of({"--offline"})["dns"]["zone_skipped"].is_null());
}
