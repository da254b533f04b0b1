// What the world around the command does wrong, and what becomes of the run.

#include <filesystem>

#include "command.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using test::contains;
using test::is_one_complaint;
using test::kMessage;
using test::kZone;
using test::Outcome;
using test::slurp;
using test::TemporaryDirectory;

namespace {

/// A message and a zone in a folder of their own, and commands of a shell that stands in it; `$E`
/// is the command.
struct Place {
  TemporaryDirectory dir;
  std::string message = dir.write("a.eml", kMessage);
  std::string zone = dir.write("a.zone", kZone);

  [[nodiscard]] Outcome run(const std::string& script) const {
    return test::run(
        "/bin/bash",
        {{"-c", "cd \"$0\"; E=$1; " + script, dir.file(""), test::command()}, "", {}, ""});
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
  for (const char* endless : {"cat /dev/zero", "yes", "cat a.eml; yes"}) {
    CAPTURE(endless);
    const auto outcome = Place().run(std::string("ulimit -v 4000000; (") + endless +
                                     ") 2>/dev/null | \"$E\" --offline --input message");
    check_fault(outcome, 3, "emltrace: -: is too large to be one message");
  }
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
  const auto plain = place.run("export LC_ALL=C TZ=UTC; " + command);
  REQUIRE(plain.status == 0);
  for (const char* setting : {"LC_ALL=tr_TR.UTF-8 TZ=Asia/Kathmandu", "LC_ALL=none TZ=:garbage",
                              "LC_ALL=de_DE.UTF-8 TZ=XYZ-25:99"}) {
    CAPTURE(setting);
    CHECK(place.run(std::string("export ") + setting + "; " + command).out == plain.out);
  }
}

TEST_CASE("a run that was killed is made again as if it had never been") {
  const Place place;
  const auto killed = place.run(
      "\"$E\" --offline -o report - < <(cat a.eml; exec sleep 2) & killed=$!; sleep 0.3; "
      "kill -9 $killed; wait $killed; \"$E\" --offline -o report a.eml");
  CHECK(killed.status == 0);
  CHECK(contains(slurp(place.dir.file("report")), "Verdict "));
}
