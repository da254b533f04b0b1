#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "dns/resolver.hpp"
#include "dns/settle.hpp"
#include "dns/tape.hpp"
#include "dns/zone.hpp"
#include "support/catch.hpp"
#include "support/faulty_dns.hpp"

namespace dns = emltrace::dns;
namespace fs = std::filesystem;
using dns::Answer;
using dns::Client;
using dns::Known;
using dns::Question;
using dns::Source;
using dns::Status;
using dns::Type;
using emltrace::DomainName;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

constexpr std::string_view kHead =
    R"({"schema":"emltrace.recording/1","tool":{"name":"emltrace","version":"0.1.0"},)"
    R"("inputs":["00ff"],"servers":["127.0.0.1:53"],"now":"2026-05-01T12:00:00Z"})"
    "\n";

Question question(std::string_view name, Type type) {
  return {*DomainName::parse(name), type};
}

dns::TapeHead head_of(const Source& source) {
  return {"0.1.0", {"00ff"}, source.servers(), emltrace::parse_instant("2026-05-01T12:00:00Z")};
}

Answer fetch(Source& source, const Question& asked) {
  Answer got;
  source.fetch(asked, Source::Clock::now() + 10s, [&](Answer answer) { got = std::move(answer); });
  source.run();
  return got;
}

dns::Replay replay_of(const std::string& text) {
  auto replay = dns::Replay::parse(text, "a.jsonl");
  INFO((replay ? "" : replay.error()));
  REQUIRE(replay);
  return *replay;
}

/// Of one message.
dns::Recording recording_of(const Known& known) {
  dns::Recording recording;
  for (const auto& [question, answer] : known.answers()) recording.add(0, question, answer);
  return recording;
}

Answer with(Status status, std::string reason) {
  Answer answer;
  answer.status = status;
  answer.reason = std::move(reason);
  return answer;
}

/// An evaluation whose next question depends on answers, as SPF's do.
std::vector<Answer> evaluate(Client& client) {
  std::vector<Answer> seen;
  for (const char* name : {"a.example", "gone.example", "broken.example", "mute.example"}) {
    seen.push_back(client.ask(question(name, Type::txt)));
  }
  for (const Answer& mx = client.ask(question("a.example", Type::mx));
       const auto& exchange : mx.exchanges()) {
    seen.push_back(mx);
    if (exchange.exchange) seen.push_back(client.ask({*exchange.exchange, Type::a}));
  }
  return seen;
}

constexpr std::string_view kZone = R"(
a.example   300 TXT "v=spf1 mx -all" "\255\000bytes"
a.example   60  MX 10 mx1.example
a.example   60  MX 5 mx2.example
a.example   60  MX 20 .
mx1.example CNAME host.example
host.example A 192.0.2.1
mx2.example A 192.0.2.2
)";

}  // namespace

TEST_CASE("the same evaluation over a recording gives the same answers, errors included") {
  emltrace::test::FaultyDns server(kZone);
  server.on("broken.example", emltrace::test::Fault::servfail);
  server.on("mute.example", emltrace::test::Fault::silence);
  server.vouch(true);
  dns::Resolver resolver({{*dns::parse_server(server.server())}, 400ms, 2, 16, 100});

  Known live;
  const auto recorded = dns::settle(live, resolver, Source::Clock::now() + 10s, evaluate);
  auto replay = replay_of(recording_of(live).text(head_of(resolver)));
  Known again;
  const auto replayed = dns::settle(again, replay, Source::Clock::now() + 10s, evaluate);

  CHECK(recorded == replayed);
  CHECK(live.answers() == again.answers());
  CHECK(replay.mode() == "replay");
  CHECK(replay.servers() == resolver.servers());
  CHECK(replay.head().version == "0.1.0");
  CHECK(replay.head().inputs == std::vector<std::string>{"00ff"});
  CHECK(replay.head().now == emltrace::parse_instant("2026-05-01T12:00:00Z"));

  REQUIRE(recorded.size() >= 4);
  CHECK(replayed[0].authenticated);
  CHECK(replayed[0].texts()[0] == "v=spf1 mx -all\xFF\0bytes"s);
  CHECK(replayed[0].time);
  CHECK(replayed[1].status == Status::no_such_name);
  CHECK(replayed[2].status == Status::failed);
  CHECK(replayed[3].status == Status::timed_out);
  CHECK(replayed[3].reason == recorded[3].reason);
}

TEST_CASE("every line of a recording is one JSON object, the head first") {
  dns::Zone zone;
  REQUIRE(zone.add_text("a.example 300 MX 10 mx.example\n", "test.zone"));
  dns::Recording recording;
  const Question asked = question("a.example", Type::mx);
  recording.add(0, asked, fetch(zone, asked));
  dns::TapeHead head = head_of(zone);
  CHECK(recording.text(head) ==
        R"({"schema":"emltrace.recording/1","tool":{"name":"emltrace","version":"0.1.0"},)"
        R"("inputs":["00ff"],"servers":[],"now":"2026-05-01T12:00:00Z"})"
        "\n"
        R"({"name":"a.example","type":"MX","status":"ok","ad":false,"server":null,"time":null,)"
        R"("reason":null,"records":[{"owner":"a.example","type":"MX","ttl":300,)"
        R"("data":{"preference":10,"exchange":"mx.example"}}]})"
        "\n");
}

TEST_CASE("what a replay needs beside the answers is kept: clock, trust, mode, time, left out") {
  dns::Recording recording;
  Answer unheld = with(Status::no_such_name, "");
  unheld.unheld = true;
  recording.add(0, question("a.example", Type::a), unheld);
  dns::TapeHead head{"0.1.0", {"00ff"}, {}, emltrace::parse_instant("2026-05-01T12:00:00Z")};
  head.now_given = true;
  head.trust_ad = true;
  head.mode = "zone";
  head.zone_skipped = 2;
  head.elapsed_ms = {84};
  CHECK(recording.text(head) ==
        R"({"schema":"emltrace.recording/1","tool":{"name":"emltrace","version":"0.1.0"},)"
        R"("inputs":["00ff"],"servers":[],"now":"2026-05-01T12:00:00Z","now_given":true,)"
        R"("trust_ad":true,"mode":"zone","zone_skipped":2,"elapsed_ms":[84]})"
        "\n"
        R"({"name":"a.example","type":"A","status":"no-such-name","ad":false,"server":null,)"
        R"("time":null,"reason":null,"unheld":true,"records":[]})"
        "\n");
  auto replay = replay_of(recording.text(head));
  CHECK(replay.head().now_given);
  CHECK(replay.head().trust_ad);
  CHECK(replay.head().mode == "zone");
  CHECK(replay.head().zone_skipped == 2);
  CHECK(replay.head().elapsed_ms == std::vector<std::int64_t>{84});
  CHECK(fetch(replay, question("a.example", Type::a)).unheld);
  const auto older = replay_of(std::string(kHead));
  CHECK_FALSE(older.head().now_given);
  CHECK_FALSE(older.head().trust_ad);
  CHECK(older.head().mode.empty());
  CHECK_FALSE(older.head().zone_skipped);
  CHECK(older.head().elapsed_ms.empty());
}

TEST_CASE("what the recording lacks is refused with that reason") {
  auto replay = replay_of(std::string(kHead));
  const Answer answer = fetch(replay, question("absent.example", Type::a));
  CHECK(answer.status == Status::refused);
  CHECK(answer.reason == "not in the recording");
}

TEST_CASE("an answer that holds for later messages is told once, and is cached for them") {
  const Question asked = question("a.example", Type::a);
  dns::Recording recording;
  CHECK(recording.add(0, asked, with(Status::no_data, "")));
  Answer again = with(Status::no_data, "");
  again.cached = true;
  CHECK_FALSE(recording.add(1, asked, again));
  CHECK_FALSE(recording.add(2, asked, with(Status::no_data, "")));
  const std::string text = recording.text({});
  CHECK(std::count(text.begin(), text.end(), '\n') == 2);
  auto replay = replay_of(text);
  CHECK(fetch(replay, asked) == with(Status::no_data, ""));
  for (const std::size_t input : {1U, 2U, 900U}) {
    CAPTURE(input);
    auto later = replay.of_input(input);
    CHECK(fetch(later, asked) == again);
  }
}

TEST_CASE("who of several waiting messages asked first is not told: the first in order did") {
  const Question asked = question("a.example", Type::a);
  Answer shared = with(Status::no_such_name, "");
  shared.cached = true;
  dns::Recording recording;
  CHECK(recording.add(0, asked, shared));
  auto replay = replay_of(recording.text({}));
  CHECK_FALSE(fetch(replay, asked).cached);
}

TEST_CASE("answers that differ from message to message are told for each, and replayed for each") {
  const Question asked = question("a.example", Type::a);
  const std::vector<Answer> told{with(Status::timed_out, "no answer"),
                                 with(Status::failed, "SERVFAIL"), with(Status::no_data, ""),
                                 with(Status::no_data, ""), with(Status::timed_out, "no answer")};
  dns::Recording recording;
  for (std::size_t i = 0; i < told.size(); ++i) recording.add(i, asked, told[i]);
  const auto replay = replay_of(recording.text({}));
  // In whatever order the messages come.
  for (const std::size_t input : {4U, 0U, 3U, 1U, 2U}) {
    CAPTURE(input);
    auto own = replay.of_input(input);
    Answer expected = told[input];
    expected.cached = input == 3;
    CHECK(fetch(own, asked) == expected);
  }
}

TEST_CASE("a recorded message is found by its place, else by its hash") {
  dns::TapeHead head;
  head.inputs = {"aa", "bb", "aa"};
  const auto replay = replay_of(dns::Recording().text(head));
  CHECK(replay.find_input("aa", 0) == 0);
  CHECK(replay.find_input("aa", 2) == 2);
  CHECK(replay.find_input("aa", 1) == 0);
  CHECK(replay.find_input("bb", 7) == 1);
  CHECK_FALSE(replay.find_input("cc", 0));
}

TEST_CASE("an error in a recording names the file, the line and the field") {
  struct Row {
    std::string text;
    std::string_view error;
  };
  const std::string good = R"({"name":"a.example","type":"A","status":"no-data","records":[]})"
                           "\n";
  const std::string head(kHead);
  const Row row = GENERATE_COPY(
      Row{"", "a.jsonl:1: not a recording of DNS answers (emltrace.recording/1)"},
      Row{"\n", "a.jsonl:1: not a recording of DNS answers (emltrace.recording/1)"},
      Row{"{\"schema\":\"emltrace.report/1\"}\n",
          "a.jsonl:1: not a recording of DNS answers (emltrace.recording/1)"},
      Row{R"({"schema":"emltrace.recording/1","tool":{"version":"1"},"inputs":[],"servers":[],)"
          R"("now":null,"elapsed_ms":[-1]})",
          "a.jsonl:1: no or no valid \"elapsed_ms\""},
      Row{R"({"schema":"emltrace.recording/1","tool":{"version":"1"},"inputs":[],"servers":[],)"
          R"("now":null,"now_given":"yes"})",
          "a.jsonl:1: no or no valid \"now_given\""},
      Row{head + good + "{\"name\":", "a.jsonl:3: not a JSON object"},
      Row{head + "[1]\n", "a.jsonl:2: not a JSON object"},
      Row{head + "\n" + R"({"type":"A","status":"ok","records":[]})",
          "a.jsonl:3: no or no valid \"name\""},
      Row{head + R"({"name":"a..b","type":"A"})", "a.jsonl:2: no or no valid \"name\""},
      Row{head + R"({"name":"a.b","type":"LOC"})", "a.jsonl:2: no or no valid \"type\""},
      Row{head + R"({"name":"a.b","type":"A","status":"pending"})",
          "a.jsonl:2: no or no valid \"status\""},
      Row{head + R"({"name":"a.b","type":"A","status":"ok"})",
          "a.jsonl:2: no or no valid \"records\""},
      Row{head + R"({"name":"a.b","type":"A","status":"no-data","records":[],"input":0})",
          "a.jsonl:2: no or no valid \"input\""},
      Row{head + R"({"name":"a.b","type":"A","status":"no-data","records":[],"input":"2"})",
          "a.jsonl:2: no or no valid \"input\""},
      Row{head + R"({"name":"a.b","type":"A","status":"ok","time":"noon","records":[]})",
          "a.jsonl:2: no or no valid \"time\""},
      Row{head + R"({"name":"a.b","type":"A","status":"ok","records":[{"owner":"a.b","type":"A",)" +
              R"("ttl":-1,"data":"192.0.2.1"}]})",
          "a.jsonl:2: no or no valid \"records\""},
      Row{head + R"({"name":"a.b","type":"A","status":"ok","records":[{"owner":"a.b","type":"A",)" +
              R"("ttl":1,"data":"192.0.2.999"}]})",
          "a.jsonl:2: no or no valid \"records\""},
      Row{head + R"({"name":"a.b","type":"TXT","status":"ok","records":[{"owner":"a.b",)" +
              R"("type":"TXT","ttl":1,"data":[{"base64":"*"}]}]})",
          "a.jsonl:2: no or no valid \"records\""});
  CAPTURE(row.text);
  const auto replay = dns::Replay::parse(row.text, "a.jsonl");
  REQUIRE_FALSE(replay);
  CHECK(replay.error() == row.error);
}

TEST_CASE("deep nesting in a recording is an error, not a crash") {
  const auto replay = dns::Replay::parse(std::string(kHead) + std::string(200000, '['), "a.jsonl");
  REQUIRE_FALSE(replay);
  CHECK(replay.error() == "a.jsonl:2: not a JSON object");
}

TEST_CASE("a recording is written whole, or not at all") {
  const fs::path folder =
      fs::temp_directory_path() / ("emltrace-tape-" + std::to_string(::getpid()));
  fs::create_directory(folder);
  const std::string path = (folder / "a.jsonl").string();
  dns::Recording recording;
  recording.add(0, question("a.example", Type::a), with(Status::no_data, ""));
  CHECK(recording.write(path, {}));
  CHECK(std::distance(fs::directory_iterator(folder), {}) == 1);
  auto replay = dns::Replay::open(path);
  REQUIRE(replay);
  CHECK(fetch(*replay, question("a.example", Type::a)).status == Status::no_data);

  const std::string nowhere = (folder / "absent" / "a.jsonl").string();
  const auto written = recording.write(nowhere, {});
  REQUIRE_FALSE(written);
  CHECK(written.error() == nowhere + ": No such file or directory");
  CHECK(dns::Replay::open(nowhere).error() == nowhere + ": No such file or directory");
  fs::remove_all(folder);
}
