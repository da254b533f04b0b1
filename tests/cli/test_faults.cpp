// What the world around the command does wrong, and what becomes of the run.

#include <filesystem>
#include <string>

#include "command.hpp"
#include "support/catch.hpp"
#include "support/faulty_dns.hpp"
#include "support/outlook_file.hpp"

using namespace emltrace;
using test::contains;
using test::is_one_complaint;
using test::kMessage;
using test::kZone;
using test::Outcome;
using test::slurp;
using test::TemporaryDirectory;

namespace {

// AddressSanitizer reserves terabytes of addresses and wants to be loaded first;
// UndefinedBehaviorSanitizer looks at memory through a pipe, and takes what it cannot look at for
// wrong.
#ifdef __SANITIZE_ADDRESS__
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

/// In front of a command: what it may take of addresses, where that can be limited.
std::string within(std::size_t kibibytes) {
  return kSanitized ? "" : "ulimit -v " + std::to_string(kibibytes) + "; ";
}

/// A message and a zone in a folder of their own, and commands of a shell that stands in it; `$E`
/// is the command. Nothing is open but input, output and errors.
struct Place {
  TemporaryDirectory dir;
  std::string message = dir.write("a.eml", kMessage);
  std::string zone = dir.write("a.zone", kZone);

  [[nodiscard]] Outcome run(const std::string& script) const {
    return test::run("/bin/bash", {{"-c", "cd \"$0\"; E=$1; exec 3<&- 4>&- 5>&-; " + script,
                                    dir.file(""), test::command()},
                                   "",
                                   {},
                                   ""});
  }
  /// KiB of addresses with which the small message is read: what the program itself needs before it
  /// reads anything is not known here.
  [[nodiscard]] std::size_t enough() const {
    std::size_t kibibytes = 8 << 10;
    while (run(within(kibibytes) + "exec \"$E\" --offline a.eml").status != 0) {
      kibibytes += 2 << 10;
      REQUIRE(kibibytes < (2 << 20));
    }
    return kibibytes;
  }
  [[nodiscard]] std::size_t files() const {
    const std::filesystem::directory_iterator entries(dir.file(""));
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
  }
};

void check_fault(const Outcome& outcome, int status, std::string_view told) {
  CAPTURE(outcome.err, told);
  CHECK(outcome.status == status);
  CHECK(is_one_complaint(outcome.err));
  CHECK(contains(outcome.err, told));
}

}  // namespace

TEST_CASE("standard output that is closed is an output that cannot be written") {
  check_fault(Place().run("\"$E\" --offline a.eml >&-"), 74, "standard output: ");
}

TEST_CASE("standard input that is closed is an input that cannot be read") {
  check_fault(Place().run("\"$E\" --offline <&-"), 3, "emltrace: -: ");
}

TEST_CASE("without standard error the status still tells") {
  const auto outcome = Place().run("\"$E\" --offline a.eml no-such.eml 2>&-");
  CHECK(outcome.status == 3);
  CHECK(contains(outcome.out, "Verdict "));
}

TEST_CASE("a limit on the size of files leaves the old report and no half one") {
  const Place place;
  place.dir.write("old.json", "old\n");
  check_fault(place.run("ulimit -f 1; \"$E\" --offline -v -f json -o old.json a.eml"), 74,
              "old.json: ");
  CHECK(slurp(place.dir.file("old.json")) == "old\n");
  check_fault(place.run("ulimit -f 1; \"$E\" --zone a.zone --record tape -q a.eml"), 74,
              "--record: tape: ");
  CHECK(place.files() == 3);
}

TEST_CASE("an error in mid-read is told with the input, and the others are traced") {
  const auto outcome = Place().run("\"$E\" --offline /proc/self/mem a.eml");
  check_fault(outcome, 3, "emltrace: /proc/self/mem: ");
  CHECK(contains(outcome.out, "Verdict "));
}

TEST_CASE("input without an end is given up at a bound of memory") {
  for (const char* endless : {"cat /dev/zero", "cat /dev/urandom", "yes", "cat a.eml; yes"}) {
    for (const char* kind : {"auto", "message"}) {
      CAPTURE(endless, kind);
      const auto outcome = Place().run(within(4'000'000) + "(" + endless +
                                       ") 2>/dev/null | \"$E\" --offline --input " + kind);
      check_fault(outcome, 3, "emltrace: -: is too large to be one message");
    }
  }
  check_fault(Place().run(within(4'000'000) + "\"$E\" --offline /dev/zero"), 3,
              "emltrace: /dev/zero: is too large to be one message");
}

TEST_CASE("a mailbox without an end is traced as it comes, within the same memory") {
  const auto outcome = Place().run(
      within(1'000'000) +
      "yes $'From a@b.example Tue May  5 10:00:03 2026\nFrom: a@b.example\n\nx\n' 2>/dev/null | "
      "\"$E\" --offline -f ndjson | head -n 500 | grep -c '^{'");
  CHECK(outcome.out == "500\n");
  CHECK(outcome.err.empty());
}

TEST_CASE("a folder that may not be looked into is told, and the others are read") {
  const Place place;
  place.dir.write("mail/shut/b.eml", kMessage);
  place.dir.write("mail/c.eml", kMessage);
  // Root may look into every folder.
  const std::string as_nobody =
      ::geteuid() == 0 ? "chmod -R a+rX .; setpriv --reuid=65534 --clear-groups " : "";
  const auto outcome =
      place.run(as_nobody.substr(0, as_nobody.find(';') + 1) + "chmod 000 mail/shut; " +
                as_nobody.substr(as_nobody.find(';') + 1) + "\"$E\" --offline mail");
  check_fault(outcome, 3, "mail/shut: ");
  CHECK(contains(outcome.out, "Verdict "));
}

TEST_CASE("an odd locale and an odd time zone change no byte of the report") {
  const Place place;
  const std::string command = "\"$E\" --zone a.zone --now 2026-06-01T00:00:00Z -v a.eml";
  const auto run = [&](const std::string& setting) {
    return place.run("export " + setting + "; " + command);
  };
  const auto plain = run("LC_ALL=C.UTF-8 TZ=UTC");
  REQUIRE(plain.status == 0);
  CHECK(run("LC_ALL=tr_TR.UTF-8 TZ=Asia/Kathmandu").out == plain.out);
  CHECK(run("LC_ALL=de_DE.UTF-8 TZ=XYZ-25:99").out == plain.out);
  CHECK(run("LC_ALL=none TZ=:garbage").out == run("LC_ALL=C TZ=UTC").out);
}

TEST_CASE("a run that was killed is made again as if it had never been") {
  const Place place;
  const auto killed = place.run(
      "\"$E\" --offline -o report - < <(cat a.eml; exec sleep 2) & killed=$!; sleep 0.3; "
      "kill -9 $killed; wait $killed; \"$E\" --offline -o report a.eml");
  CHECK(killed.status == 0);
  CHECK(contains(slurp(place.dir.file("report")), "Verdict "));
}

TEST_CASE("memory that is short ends the run with one line") {
  if (kSanitized) return;
  const Place place;
  place.dir.write("large.eml", kMessage + std::string(std::size_t{48} << 20, 'x'));
  const std::size_t enough = place.enough();
  const auto outcome = place.run(within(enough + (24 << 10)) + "\"$E\" --offline large.eml");
  check_fault(outcome, 70, "emltrace: there is not enough memory\n");
  CHECK(outcome.out.empty());
  CHECK(place.run(within(enough + (480 << 10)) + "\"$E\" --offline large.eml").status == 0);
}

TEST_CASE("an Outlook message for which memory is short is told in one line, whatever lacks it") {
  if (kSanitized) return;
  const Place place;
  test::OutlookObject object;
  object.wide(0x007D, kMessage.substr(0, kMessage.find("\r\n\r\n") + 2))
      .attached_file("a.bin", std::string(std::size_t{12} << 20, 'x'));
  place.dir.write("large.msg", test::outlook_file(object));
  REQUIRE(place.run("\"$E\" --offline large.msg").status == 0);
  const std::size_t enough = place.enough();
  std::size_t given = enough;
  for (;; given += 4 << 10) {
    const auto outcome = place.run(within(given) + "\"$E\" --offline large.msg");
    if (outcome.status == 0) break;
    CAPTURE(given, outcome.status, outcome.err);
    CHECK((outcome.status == 3 || outcome.status == 70));
    CHECK(is_one_complaint(outcome.err));
    REQUIRE(given < (2 << 20));
  }
  CHECK(given > enough + (12 << 10));
}

void check_folder_of(std::size_t messages) {
  const Place place;
  for (std::size_t i = 0; i < messages; ++i) {
    place.dir.write("mail/" + std::to_string(i) + ".eml", kMessage);
  }
  const auto outcome =
      place.run("ulimit -n 12; " + within(400'000) +
                "{ \"$E\" --offline -f ndjson mail; echo status $? >&2; } | wc -l");
  CHECK(outcome.err == "status 0\n");
  CHECK(outcome.out == std::to_string(messages) + "\n");
}

TEST_CASE("a folder of many messages takes no more descriptors and memory than one message") {
  check_folder_of(1'500);
}

// Minutes: tests/run --thorough asks for it.
TEST_CASE("a folder of 100,000 messages is traced to its end", "[.large]") {
  check_folder_of(100'000);
}

TEST_CASE("with few descriptors questions wait for each other, and none is lost") {
  const Place place;
  test::FaultyDns server(kZone);
  server.delay(std::chrono::milliseconds(5));
  const std::string asking = "\"$E\" -f json --resolver " + server.server() + " a.eml";
  const auto plain = place.run(asking);
  const auto narrow = place.run("ulimit -n 10; " + asking);
  INFO(narrow.out);
  CHECK(plain.status == 0);
  CHECK(narrow.status == 0);
  CHECK(contains(plain.out, "\"failed\": 0"));
  CHECK(contains(narrow.out, "\"failed\": 0"));
}

TEST_CASE("without a descriptor to ask with the run ends with one line") {
  if (kSanitized) return;
  check_fault(Place().run("ulimit -n 4; \"$E\" --resolver 127.0.0.1:9 a.eml"), 70,
              "Too many open files");
}

TEST_CASE("a clock that is set back moves no deadline") {
  if (kSanitized) return;
  const Place place;
  test::FaultyDns server(kZone);
  server.otherwise(test::Fault::silence);
  const std::string asking =
      "\"$E\" -f json --timeout 0.3 --deadline 1 --resolver " + server.server() + " a.eml";
  const auto start = std::chrono::steady_clock::now();
  const auto outcome = place.run("export LD_PRELOAD=" EMLTRACE_CLOCK_SET_BACK "; " + asking);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
  CAPTURE(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(contains(outcome.out, "no answer from "));
  CHECK_FALSE(contains(outcome.out, "\"elapsed_ms\": -"));
}

TEST_CASE("a disk that is full leaves the old report and no half one") {
  const Place place;
  // A file system of 64 KiB in a name space of its own, where the system allows one.
  const std::string small =
      "mkdir disk; unshare -rm bash -c 'mount -t tmpfs -o size=64k none disk 2>/dev/null || exit "
      "9; "
      "echo old > disk/out; head -c 100000 /dev/zero > disk/fill 2>/dev/null; ";
  const std::string after = "; status=$?; cat disk/out; ls disk | wc -l; exit $status' \"$E\"";
  const auto report = place.run(small + "\"$0\" --offline -v -f json -o disk/out a.eml" + after);
  if (report.status == 9 || report.status == 1) {
    WARN("no tmpfs can be mounted here");
    return;
  }
  check_fault(report, 74, "disk/out: No space left on device");
  CHECK(report.out == "old\n2\n");
  const auto tape =
      place.run("rmdir disk; " + small + "\"$0\" --zone a.zone -q --record disk/out a.eml" + after);
  check_fault(tape, 74, "--record: disk/out: No space left on device");
  CHECK(tape.out == "old\n2\n");
}

TEST_CASE("what is read beside the messages and cannot be read is one line") {
  const Place place;
  for (const char* option : {"--zone", "--replay", "--psl", "--config", "--files-from"}) {
    for (const char* file : {"/proc/self/mem", ".", "no-such"}) {
      CAPTURE(option, file);
      const auto outcome =
          place.run(std::string("\"$E\" ") + option + " " + file + " --offline a.eml");
      CHECK((outcome.status == 2 || outcome.status == 3));
      CHECK(is_one_complaint(outcome.err));
      CHECK(contains(outcome.err, file));
    }
  }
}
