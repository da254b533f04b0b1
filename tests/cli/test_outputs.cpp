// What a run writes, and what it must never write over.

#include <csignal>
#include <filesystem>
#include <functional>
#include <thread>

#include "command.hpp"
#include "support/catch.hpp"
#include "support/faulty_dns.hpp"

using namespace emltrace;
using test::contains;
using test::emltrace_with;
using test::is_one_complaint;
using test::kMessage;
using test::kZone;
using test::slurp;
using test::TemporaryDirectory;

namespace {

/// Status 2, one line with `told`, nothing printed.
void check_refused(const test::Outcome& outcome, std::string_view told) {
  CAPTURE(told, outcome.err);
  CHECK(outcome.status == 2);
  CHECK(outcome.out.empty());
  CHECK(is_one_complaint(outcome.err));
  CHECK(contains(outcome.err, told));
}

std::size_t files_in(const std::string& folder) {
  const std::filesystem::directory_iterator entries(folder);
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

/// Runs the command in the background and sends it `signal` once `begun` says so.
int status_after(int signal, std::vector<std::string> arguments, const std::string& message,
                 const std::function<bool()>& begun) {
  std::vector<char*> argv{const_cast<char*>("emltrace")};
  for (auto& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    const int in = ::open(message.c_str(), O_RDONLY);
    ::dup2(in, 0);
    ::execv(test::command().c_str(), argv.data());
    ::_exit(127);
  }
  for (int i = 0; i < 500 && !begun(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  ::kill(child, signal);
  int state = 0;
  ::waitpid(child, &state, 0);
  return WIFSIGNALED(state) ? 1000 + WTERMSIG(state) : WEXITSTATUS(state);
}

}  // namespace

TEST_CASE("an output never takes the place of what is read") {
  const TemporaryDirectory dir;
  const auto message = dir.write("a.eml", kMessage);
  const auto zone = dir.write("a.zone", kZone);
  std::filesystem::create_symlink(message, dir.file("link.eml"));
  std::filesystem::create_hard_link(message, dir.file("hard.eml"));
  for (const std::string& spelt :
       {message, dir.file("./a.eml"), dir.file("link.eml"), dir.file("hard.eml")}) {
    check_refused(emltrace_with({"--offline", "-o", spelt, message}), "--output: ");
    check_refused(emltrace_with({"--zone", zone, "--record", spelt, message}), "--record: ");
  }
  check_refused(emltrace_with({"--zone", zone, "-o", zone, message}), "a.zone is also read");
  const auto tape = dir.write("a.jsonl", "{}\n");
  check_refused(emltrace_with({"--replay", tape, "--record", tape, message}), "--record: ");
  const auto list = dir.write("list", message + "\n");
  check_refused(emltrace_with({"--offline", "--files-from", list, "-o", list}), "--output: ");
  check_refused(emltrace_with({"--offline", "--files-from", list, "-o", message}), "--output: ");
  CHECK(slurp(message) == kMessage);
  CHECK(slurp(zone) == kZone);
}

TEST_CASE("an output that a folder would give as an input is refused and kept") {
  const TemporaryDirectory dir;
  dir.write("mail/b.eml", kMessage);
  const auto old = dir.write("mail/a.txt", kMessage);
  check_refused(emltrace_with({"--offline", "-o", old, dir.file("mail")}), "a.txt is also read");
  CHECK(slurp(old) == kMessage);
  CHECK(files_in(dir.file("mail")) == 2);
  // A new one is made after the folder was looked into, and is no input.
  const auto fresh = emltrace_with({"--offline", "-o", dir.file("mail/c.txt"), dir.file("mail")});
  CHECK(fresh.status == 0);
  CHECK(fresh.err.empty());
  CHECK(contains(slurp(dir.file("mail/c.txt")), "Verdict "));
}

TEST_CASE("a report and a recording never go to one place") {
  const TemporaryDirectory dir;
  const auto message = dir.write("a.eml", kMessage);
  const auto zone = dir.write("a.zone", kZone);
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), {"--zone", zone, message});
    return emltrace_with(more);
  };
  check_refused(with({"--record", dir.file("x"), "-o", dir.file("x")}), "are one file");
  check_refused(with({"--record", dir.file("x"), "-o", dir.file("./x")}), "are one file");
  check_refused(with({"--record", "/dev/stdout"}), "are one file");
  check_refused(with({"--record", "/dev/fd/1"}), "are one file");
  CHECK(files_in(dir.file("")) == 2);

  CHECK(with({"--record", dir.file("x"), "-o", dir.file("y")}).status == 0);
  CHECK(with({"--record", "/dev/null", "-o", "/dev/null"}).status == 0);
  const auto recording = with({"-q", "--record", "/dev/stdout"});  // there is no report
  CHECK(recording.status == 0);
  CHECK(contains(recording.out, "sender.example"));
}

TEST_CASE("a reader that goes away ends the run quietly, and the recording is kept") {
  const TemporaryDirectory dir;
  const auto message = dir.write("a.eml", kMessage);
  const auto zone = dir.write("a.zone", kZone);
  const auto tape = dir.file("tape.jsonl");
  const std::string script =
      "set -o pipefail; (sleep 0.3; \"$0\" --zone \"$1\" --record \"$3\" \"$2\") | true";
  const auto outcome =
      test::run("/bin/bash", {{"-c", script, test::command(), zone, message, tape}, "", {}, ""});
  CHECK(outcome.status == 141);
  CHECK(outcome.err.empty());
  CHECK(contains(slurp(tape), "sender.example"));
  const auto help = test::run(
      "/bin/bash",
      {{"-c", "set -o pipefail; (sleep 0.3; \"$0\" --help) | true", test::command()}, "", {}, ""});
  CHECK(help.status == 141);
  CHECK(help.err.empty());
}

TEST_CASE("a report that cannot be written does not cost the recording") {
  const TemporaryDirectory dir;
  const auto message = dir.write("a.eml", kMessage);
  const auto zone = dir.write("a.zone", kZone);
  const auto tape = dir.file("tape.jsonl");
  const auto full = test::run(test::command(),
                              {{"--zone", zone, "--record", tape, message}, "", {}, "/dev/full"});
  CHECK(full.status == 74);
  CHECK(is_one_complaint(full.err));
  CHECK(contains(slurp(tape), "sender.example"));
}

TEST_CASE("a signal leaves neither half a report nor a temporary file") {
  const TemporaryDirectory dir;
  const auto message = dir.write("a.eml", kMessage);
  std::filesystem::create_directory(dir.file("out"));
  test::FaultyDns server("");
  server.otherwise(test::Fault::silence);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    CAPTURE(signal);
    const auto begun = [&] { return files_in(dir.file("out")) > 0; };
    const int status = status_after(signal,
                                    {"--resolver", server.server(), "--timeout", "20", "--deadline",
                                     "20", "-o", dir.file("out/report")},
                                    message, begun);
    CHECK(status == 1000 + signal);
    CHECK(files_in(dir.file("out")) == 0);
  }
}

TEST_CASE("a misspelt option, value or code is told with what was meant") {
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{"--formt", "json"}, "--formt: there is no such option; did you mean --format?"},
      {{"--trust_sealer", "a.example"}, "did you mean --trust-sealer?"},
      {{"--ofline=1"}, "did you mean --offline?"},
      {{"--format", "jsn"}, "; did you mean json?"},
      {{"--explain", "forgdtail"}, "no finding is called \"forgdtail\"; did you mean forged-tail?"},
      {{"--explain", "HELO_BOGSU"}, "did you mean helo-bogus?"},
  };
  for (const auto& [arguments, told] : cases) check_refused(emltrace_with(arguments), told);
  // What is like nothing is not guessed at.
  check_refused(emltrace_with({"--xyzzy"}), "--xyzzy: there is no such option\n");
  // Letter case, dash and underscore of a value is no fault.
  CHECK(emltrace_with({"--offline", "-f", "JSON"}, kMessage).out.starts_with("{"));
}
