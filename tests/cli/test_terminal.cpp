#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/terminal.hpp"

using namespace emltrace;
using Json = nlohmann::ordered_json;
using test::AtTerminal;

namespace {

const std::string kPrompt =
    "emltrace: reading from the terminal: paste a message and end it with Ctrl-D";
const std::string kHeader =
    "From: a@b.example\rDate: Tue, 22 Mar 2022 16:12:36 +0000\rSubject: pasted\r";

bool same(const termios& a, const termios& b) {
  return a.c_iflag == b.c_iflag && a.c_oflag == b.c_oflag && a.c_cflag == b.c_cflag &&
         a.c_lflag == b.c_lflag && a.c_cc[VMIN] == b.c_cc[VMIN] && a.c_cc[VEOF] == b.c_cc[VEOF];
}

// The command as it waits for a paste, and the terminal as it was before.
struct Session {
  AtTerminal terminal{test::command(), {"--offline", "-f", "ndjson"}};
  termios before = terminal.settings();

  Session() { REQUIRE(terminal.shows(kPrompt)); }
  [[nodiscard]] Json report() {
    const auto outcome = terminal.wait();
    CHECK(outcome.status == 0);
    CHECK(same(terminal.settings(), before));
    return Json::parse(outcome.out);
  }
};

}  // namespace

TEST_CASE("a paste of long lines at a terminal is read whole") {
  for (const std::size_t length : {7'056U, 100'000U}) {
    CAPTURE(length);
    Session session;
    const std::string line(length, 'x');
    session.terminal.type(kHeader + "X-Long: " + line + "\r\rbody\r\x04");
    const Json report = session.report();
    // Three lines with LF, the long one, the empty one and the body.
    CHECK(report["input"]["bytes"] == kHeader.size() + 8 + length + 1 + 1 + 5);
    CHECK(report["headers"]["subject"] == "pasted");
  }
}

TEST_CASE("what is typed is shown once, the brackets of a paste are not") {
  Session session;
  CHECK(session.terminal.shows("\x1B[?2004h"));
  session.terminal.type("\x1B[200~" + kHeader + "\x1B[201~\x04");
  CHECK(session.report()["headers"]["subject"] == "pasted");
  REQUIRE(session.terminal.shows("\x1B[?2004l"));
  const std::string screen = session.terminal.screen();
  CHECK(screen.find("Subject: pasted\r\n") != std::string::npos);
  CHECK(screen.find("Subject: pasted") == screen.rfind("Subject: pasted"));
  CHECK(screen.find("200~") == std::string::npos);
}

TEST_CASE("one Ctrl-D ends a text without a line end, and an empty one") {
  {
    Session session;
    session.terminal.type(kHeader + "X-Last: no line end\x04");
    CHECK(session.report()["input"]["bytes"] == kHeader.size() + 19);
  }
  Session session;
  session.terminal.type("\x04");
  CHECK(session.terminal.wait().status == 3);
  CHECK(same(session.terminal.settings(), session.before));
}

TEST_CASE("Ctrl-C and each signal that ends a program end it, and the terminal is as before") {
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    CAPTURE(number);
    Session session;
    session.terminal.type(kHeader);
    REQUIRE(session.terminal.shows("Subject: pasted"));
    CHECK(!same(session.terminal.settings(), session.before));
    if (number == SIGINT) {
      session.terminal.type("\x03");
    } else {
      session.terminal.signal(number);
    }
    CHECK(session.terminal.wait().status == 1000 + number);
    CHECK(same(session.terminal.settings(), session.before));
    CHECK(session.terminal.shows("\x1B[?2004l"));
  }
}

TEST_CASE("Ctrl-C at a terminal leaves no half-written report behind") {
  const test::TemporaryDirectory folder;
  AtTerminal terminal(test::command(), {"--offline", "-o", folder.file("report"), "-"});
  const termios before = terminal.settings();
  REQUIRE(terminal.shows(kPrompt));
  terminal.type("\x03");
  CHECK(terminal.wait().status == 1000 + SIGINT);
  CHECK(same(terminal.settings(), before));
  CHECK(std::filesystem::is_empty(folder.file("")));
}

TEST_CASE("a program that was stopped gives the terminal back and takes it again") {
  for (const int number : {SIGTSTP, SIGSTOP}) {
    CAPTURE(number);
    Session session;
    session.terminal.type(kHeader);
    REQUIRE(session.terminal.shows("Subject: pasted"));
    session.terminal.signal(number);
    if (number == SIGTSTP) {
      // A process group without a parent in its session is not stopped by it.
      CHECK(AtTerminal::comes([&] {
        return session.terminal.screen().find("\x1B[?2004l\x1B[?2004h") != std::string::npos ||
               session.terminal.is_stopped();
      }));
    } else {
      REQUIRE(AtTerminal::comes([&] { return session.terminal.is_stopped(); }));
    }
    session.terminal.signal(SIGCONT);
    CHECK(AtTerminal::comes([&] { return !same(session.terminal.settings(), session.before); }));
    session.terminal.type("X-Long: " + std::string(9'000, 'x') + "\x04");
    CHECK(session.report()["input"]["bytes"] == kHeader.size() + 9'008);
  }
}

TEST_CASE("names of files can be pasted at a terminal, too") {
  const test::TemporaryDirectory folder;
  const auto path =
      folder.write("a.eml", "From: a@b.example\nDate: Tue, 22 Mar 2022 16:12:36 +0000\n\nbody\n");
  AtTerminal terminal(test::command(), {"--offline", "-f", "ndjson", "--files-from", "-"});
  REQUIRE(terminal.shows("paste names of files"));
  terminal.type(path + "\r\x04");
  const auto outcome = terminal.wait();
  CHECK(outcome.status == 0);
  CHECK(Json::parse(outcome.out)["input"]["path"] == path);
}
