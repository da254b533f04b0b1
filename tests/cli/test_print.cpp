// Bare values for scripts: --print.

#include "command.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using test::emltrace_with;
using test::kMessage;
using test::TemporaryDirectory;

TEST_CASE("--print gives the values of each message on a line of its own, in their order") {
  const TemporaryDirectory dir;
  const auto first = dir.write("a.eml", kMessage);
  const auto second = dir.write("b.eml", "Subject: a\tb\nFrom: x@y.example\n\nx\n");
  const auto outcome = emltrace_with({"--offline", "--print", "/headers/subject", "--print",
                                      "/origin/ip", "--print=/input/index", first, second});
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
  CHECK(outcome.out == "hello\t124.211.3.11\t1\na\\x09b\t\t1\n");
}

TEST_CASE("what is null or not there is an empty line") {
  for (const char* pointer : {"/origin/claimed_by", "/no/such/member", "/hops/77/number"}) {
    CAPTURE(pointer);
    const auto outcome = emltrace_with({"--offline", "--print", pointer}, kMessage);
    CHECK(outcome.status == 0);
    CHECK(outcome.out == "\n");
  }
  // The whole report is at the empty pointer.
  const auto whole = emltrace_with({"--offline", "--print", ""}, kMessage);
  CHECK(whole.out.starts_with("{\"schema\":\"emltrace.report/1\","));
  CHECK(test::lines_of(whole.out) == 1);
}

TEST_CASE("a format or silence of the configuration gives way to --print") {
  const TemporaryDirectory dir;
  const auto config = dir.write("a.toml", "format = \"html\"\nquiet = true\noffline = true\n");
  const auto outcome =
      emltrace_with({"--config", config, "--print", "/verdict/level", "-f", "text"}, kMessage);
  CHECK(outcome.status == 0);
  CHECK(test::lines_of(outcome.out) == 1);
  CHECK(emltrace_with({"--config", config, "--print", "/verdict/level"}, kMessage).out ==
        outcome.out);
}

TEST_CASE("--print may stand in the configuration, and -f on the command line takes its place") {
  const TemporaryDirectory dir;
  const auto config = dir.write("a.toml", "print = [\"/input/kind\"]\noffline = true\n");
  CHECK(emltrace_with({"--config", config}, kMessage).out == "message\n");
  CHECK(emltrace_with({"--config", config, "-f", "json"}, kMessage).out.starts_with("{\n"));
}
