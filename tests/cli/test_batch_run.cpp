#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "command.hpp"
#include "support/batch_mail.hpp"
#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/faulty_dns.hpp"
#include "support/paths.hpp"

using namespace emltrace;
using test::batch_mailbox;
using test::batch_zone;
using test::Child;
using test::TemporaryDirectory;
using Arguments = std::vector<std::string>;
using Clock = std::chrono::steady_clock;
using Json = nlohmann::ordered_json;
using namespace std::chrono_literals;

namespace {

Arguments operator+(Arguments a, const Arguments& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

const Arguments kClock{"--now", "2026-06-01T12:00:00Z"};

/// Without the one value that no two runs share.
std::string timeless(std::string text) {
  static constexpr std::string_view kName = "\"elapsed_ms\":";
  for (auto at = text.find(kName); at != std::string::npos; at = text.find(kName, at + 1)) {
    const auto from = at + kName.size();
    text.replace(from, text.find_first_of("}]\n", from) - from, "0");
  }
  return text;
}

std::string output_of(const Arguments& arguments) {
  const auto outcome = test::emltrace_with(arguments);
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  return timeless(outcome.out);
}

std::vector<std::string> sorted_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t from = 0;
  for (auto to = text.find('\n'); to != std::string::npos; to = text.find('\n', from)) {
    lines.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  std::ranges::sort(lines);
  return lines;
}

std::string nth_line(const std::string& text, int number) {
  std::size_t from = 0;
  for (int i = 0; i < number; ++i) from = text.find('\n', from) + 1;
  return text.substr(from, text.find('\n', from) - from);
}

/// Every sample of the project, with the DNS of all of them.
Arguments samples() {
  Arguments out;
  for (const auto& entry : std::filesystem::directory_iterator(test::source_dir() + "/samples")) {
    const std::string path = entry.path().string();
    if (path.ends_with(".eml")) out.push_back(path);
    if (path.ends_with(".zone")) out = Arguments{"--zone", path} + out;
  }
  std::ranges::sort(std::find_if(out.begin(), out.end(),
                                 [](const std::string& text) { return text.ends_with(".eml"); }),
                    out.end());
  return out;
}

/// Messages of a mailbox that is read on while its end has not come: a part of it is looked at
/// first.
constexpr std::size_t kFed = 2'000;

std::size_t count_of(const test::FaultyDns& server) {
  return server.asked().size();
}

}  // namespace

TEST_CASE("however many threads trace a batch, its reports are the same bytes in the same order") {
  const TemporaryDirectory dir;
  const std::string box = dir.write("box", batch_mailbox(500, 100));
  const std::string zone = dir.write("zone", batch_zone(90));
  const bool of_samples = GENERATE(true, false);
  const Arguments given = (of_samples ? samples() : Arguments{"--zone", zone, box}) + kClock;
  for (const Arguments& format :
       std::vector<Arguments>{{"-v"}, {"-f", "json"}, {"-f", "html"}, {"-f", "authres"}}) {
    CAPTURE(format);
    const std::string one = output_of(given + format + Arguments{"-j", "1"});
    CHECK(one == output_of(given + format + Arguments{"-j", "8"}));
    CHECK(one == output_of(given + format + Arguments{"-j", "3", "--in-flight", "1"}));
  }
  const Arguments lines = given + Arguments{"-f", "ndjson"};
  CHECK(sorted_lines(output_of(lines + Arguments{"-j", "1"})) ==
        sorted_lines(output_of(lines + Arguments{"-j", "8", "--unordered"})));
}

TEST_CASE(
    "a recording of a batch is the same from one thread and from eight, and so is its replay") {
  const TemporaryDirectory dir;
  const std::string box = dir.write("box", batch_mailbox(60, 20));
  const std::string zone = dir.write("zone", batch_zone(15));
  const bool offline = GENERATE(true, false);
  const Arguments from = offline ? Arguments{"--offline"} : Arguments{"--zone", zone};
  Arguments tapes;
  std::vector<std::string> reports;
  for (const char* jobs : {"1", "8"}) {
    tapes.push_back(dir.file(std::string("tape") + jobs));
    reports.push_back(
        output_of(from + kClock + Arguments{"-j", jobs, "--record", tapes.back(), box}));
  }
  CHECK(reports[0] == reports[1]);
  CHECK(timeless(test::slurp(tapes[0])) == timeless(test::slurp(tapes[1])));
  for (const char* jobs : {"1", "8"})
    CHECK(output_of({"-j", jobs, "--replay", tapes[0], box}) == reports[0]);
}

TEST_CASE("a live batch that is recorded is replayed byte for byte, whoever waited for whom") {
  test::FaultyDns server(batch_zone(8));
  server.delay(20ms);
  server.on("_dmarc.s3.example", test::Fault::servfail);
  const TemporaryDirectory dir;
  const std::string box = dir.write("box", batch_mailbox(64, 9));
  const std::string tape = dir.file("tape");
  const std::string live =
      output_of({"--resolver", server.server(), "-j", "4", "--record", tape, "-f", "text", box});
  CHECK(output_of({"--replay", tape, "-j", "4", box}) == live);
  CHECK(output_of({"--replay", tape, "-j", "1", box}) == live);

  // One message of the batch, alone, is told what it was told in the batch.
  const std::string whole = output_of({"--replay", tape, "-f", "ndjson", box});
  const std::string alone = dir.write("alone", test::batch_message(40, 9));
  const Json one = Json::parse(output_of({"--replay", tape, "-f", "json", alone}));
  const Json same = Json::parse(nth_line(whole, 40));
  CHECK(one["dns"]["questions"] == same["dns"]["questions"]);
  CHECK(one["spf"] == same["spf"]);
}

TEST_CASE("a question that many messages ask at once is sent once") {
  test::FaultyDns server(batch_zone(1));
  server.delay(60ms);
  const TemporaryDirectory dir;
  const std::string box = dir.write("box", batch_mailbox(80, 1));
  output_of({"--resolver", server.server(), "-j", "4", "-f", "ndjson", box});
  std::map<std::pair<std::string, dns::Type>, int> times;
  for (const auto& asked : server.asked()) ++times[{asked.name, asked.type}];
  CHECK(times.size() > 5);
  for (const auto& [question, count] : times) {
    CAPTURE(question.first);
    CHECK(count == 1);
  }
}

TEST_CASE("messages of different domains wait on DNS together") {
  test::FaultyDns server(batch_zone(150));
  server.delay(100ms);
  const TemporaryDirectory dir;
  const std::string box = dir.write("box", batch_mailbox(150, 150));
  const auto start = Clock::now();
  const std::string out =
      output_of({"--resolver", server.server(), "-j", "1", "-f", "ndjson", box});
  const auto took = Clock::now() - start;
  CHECK(test::lines_of(out) == 150);
  CHECK_FALSE(test::contains(out, "\"level\":\"forged\""));
  CHECK(count_of(server) > 600);
  // One after the other they wait three rounds each, 45 s.
  CHECK(took < 20s);
}

TEST_CASE("a message that is alone is traced without a thread") {
  test::FaultyDns server;
  server.otherwise(test::Fault::silence);
  const TemporaryDirectory dir;
  const std::string path = dir.write("a.eml", test::kMessage);
  Child child(test::command(), {"--resolver", server.server(), "--deadline", "5", path});
  for (int i = 0; i < 500 && count_of(server) == 0; ++i) std::this_thread::sleep_for(10ms);
  REQUIRE(count_of(server) > 0);
  CHECK(child.threads() == 1);
}

TEST_CASE(
    "faults stand on standard error in the order of the inputs, whole lines, and stop nothing") {
  const TemporaryDirectory dir;
  Arguments paths;
  for (int i = 0; i < 40; ++i) {
    const std::string name = "m" + std::to_string(i);
    paths.push_back(i % 2 == 0 ? dir.write(name, test::batch_message(7, 8)) : dir.file(name));
  }
  const auto outcome =
      test::emltrace_with(Arguments{"--offline", "-j", "4", "-f", "ndjson"} + paths);
  CHECK(outcome.status == 3);
  CHECK(test::lines_of(outcome.out) == 20);
  std::string expected;
  for (int i = 1; i < 40; i += 2) {
    expected += "emltrace: " + dir.file("m" + std::to_string(i)) + ": No such file or directory\n";
  }
  CHECK(outcome.err == expected);
}

TEST_CASE(
    "an interrupted batch ends with what is done: 130, whole reports, one line that says so") {
  const TemporaryDirectory dir;
  const std::string zone = dir.write("zone", batch_zone(8));
  const std::string tape = dir.file("tape");
  const int signal = GENERATE(SIGINT, SIGTERM);
  Child child(test::command(), {"--zone", zone, "--record", tape, "-j", "2", "-f", "ndjson", "-"});
  child.feed(batch_mailbox(kFed, 8));
  REQUIRE(child.prints_lines(50));
  child.signal(signal);
  CHECK(child.wait() == 130);
  const std::string out = child.out();
  const auto lines = test::lines_of(out);
  CHECK(lines >= 50);
  CHECK(lines < kFed);
  CHECK(out.back() == '\n');
  CHECK(child.err() == "emltrace: interrupted; messages traced: " + std::to_string(lines) + "\n");
  const std::string head = test::slurp(tape).substr(0, test::slurp(tape).find('\n'));
  CHECK(Json::parse(head)["inputs"].size() == lines);
}

TEST_CASE("an interrupted batch leaves an output file as it was: it would not be whole") {
  const TemporaryDirectory dir;
  const std::string zone = dir.write("zone", batch_zone(8));
  const std::string out = dir.write("out", "before");
  const std::string tape = dir.file("tape");
  {
    Child child(test::command(), {"--zone", zone, "-o", out, "--record", tape, "-"});
    child.feed(batch_mailbox(kFed, 8));
    std::this_thread::sleep_for(500ms);
    child.signal(SIGINT);
    CHECK(child.wait() == 130);
  }
  CHECK(test::slurp(out) == "before");
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(dir.file("")))
    names.push_back(entry.path().filename());
  std::ranges::sort(names);
  CHECK(names == std::vector<std::string>{"out", "tape", "zone"});
}

TEST_CASE("an interrupted batch waits for no DNS answer, and a second signal ends it at once") {
  test::FaultyDns server;
  server.otherwise(test::Fault::silence);
  const TemporaryDirectory dir;
  const std::string box = dir.write("box", batch_mailbox(20, 20));
  Child child(test::command(), {"--resolver", server.server(), "--timeout", "60", "--deadline",
                                "60", "-f", "ndjson", box});
  for (int i = 0; i < 500 && count_of(server) < 20; ++i) std::this_thread::sleep_for(10ms);
  const auto start = Clock::now();
  child.signal(SIGINT);
  CHECK(child.wait() == 130);
  CHECK(Clock::now() - start < 20s);
  CHECK(child.out().empty());
  CHECK(child.err() == "emltrace: interrupted; messages traced: 0\n");
}

TEST_CASE("the numbers of -j and --in-flight are checked") {
  for (const Arguments& wrong :
       std::vector<Arguments>{{"-j", "0"}, {"--jobs", "x"}, {"--in-flight", "0"}, {"-j", "1025"}}) {
    CAPTURE(wrong);
    const auto outcome = test::emltrace_with(wrong + Arguments{"--offline"}, test::kMessage);
    CHECK(outcome.status == 2);
    CHECK(test::is_one_complaint(outcome.err));
  }
}

TEST_CASE("a summary closes the reports: a block of text, an object of JSON, a line of NDJSON") {
  const TemporaryDirectory dir;
  const std::string zone = dir.write("zone", batch_zone(3));
  const std::string box = dir.write("box", batch_mailbox(6, 3) + batch_mailbox(2, 3));
  const Arguments given = Arguments{"--zone", zone, "--summary", box} + kClock;
  const Json json = Json::parse(nth_line(output_of(given + Arguments{"-f", "ndjson"}), 8));
  CHECK(json["schema"] == "emltrace.summary/1");
  CHECK(json["messages"] == 8);
  CHECK(json["origins"]["distinct"] == 3);
  CHECK(json["origins"]["top"][0] ==
        Json({{"ip", "124.211.0.0"}, {"messages", 3}, {"messages_at_least", 3}}));
  CHECK(json["author_domains"]["top"][1]["domain"] == "s1.example");
  // The same order of the same person from the same network: three domains, three campaigns.
  REQUIRE(json["campaigns"]["top"].size() == 3);
  CHECK(json["campaigns"]["top"][0]["subject_shape"] == "order # for <name>");
  CHECK(json["repeated"]["top"].size() == 2);
  CHECK(json["repeated"]["top"][0]["first"] == Json({{"path", box}, {"index", 1}}));

  const std::string text = output_of(given);
  const auto at = text.find("\n\nSummary of 8 messages\n");
  REQUIRE(at != std::string::npos);
  CHECK(output_of(given + Arguments{"-q"}) == text.substr(at + 2));
  CHECK(test::contains(text.substr(at), "124.211.0.0"));
  const std::string defanged = output_of(given + Arguments{"-q", "--defang"});
  CHECK(test::contains(defanged, "124[.]211[.]0[.]0"));
  CHECK_FALSE(test::contains(defanged, "124.211.0.0"));
  const std::string indented = output_of(given + Arguments{"-q", "-f", "json", "-j", "4"});
  CHECK(Json::parse(indented) == json);
  CHECK(test::lines_of(indented) > 20);
}

TEST_CASE("a summary counts inputs that were not read, and is refused where it has no form") {
  const TemporaryDirectory dir;
  const auto outcome = test::emltrace_with(
      {"--offline", "--summary", "-q", "-f", "ndjson", dir.file("absent"), dir.file("missing")});
  CHECK(outcome.status == 3);
  const Json json = Json::parse(outcome.out);
  CHECK(json["messages"] == 0);
  CHECK(json["unread"] == 2);
  for (const char* format : {"html", "authres", "arf", "xarf", "iocs", "annotated"}) {
    const auto refused =
        test::emltrace_with({"--offline", "--summary", "-f", format, "-"}, test::kMessage);
    CHECK(refused.status == 2);
    CHECK(refused.err == "emltrace: --summary: is for the formats text, json and ndjson\n");
  }
}
