#include <chrono>
#include <string>
#include <vector>

#include "cli/progress.hpp"
#include "command.hpp"
#include "support/batch_mail.hpp"
#include "support/catch.hpp"
#include "support/faulty_dns.hpp"
#include "support/terminal.hpp"

using namespace emltrace;
using cli::progress_line;
using test::contains;
using Arguments = std::vector<std::string>;
using namespace std::chrono_literals;

namespace {

/// A batch that takes above a second, whatever the machine.
class Slow {
 public:
  Slow() : server_(test::batch_zone(12)), box_(dir_.write("box", test::batch_mailbox(12, 12))) {
    server_.delay(900ms);
  }
  [[nodiscard]] Arguments with(const Arguments& more) const {
    Arguments out{"--resolver", server_.server(), "-f", "ndjson"};
    out.insert(out.end(), more.begin(), more.end());
    out.push_back(box_);
    return out;
  }

 private:
  test::TemporaryDirectory dir_;
  test::FaultyDns server_;
  std::string box_;
};

}  // namespace

TEST_CASE("the line of progress tells messages, rate, share, time left and levels") {
  CHECK(progress_line(10, {8, 0, 1, 1}, 25, 100, 5s) ==
        "10 messages, 2/s, 25 %, 0:15 left: 1 forged, 1 suspicious, 8 clean");
  CHECK(progress_line(1, {1, 0, 0, 0}, 0, 100, 1s) == "1 message, 1/s: 1 clean");
  // Where it is not known how much there is, nothing is said of it.
  CHECK(progress_line(10, {}, 25, std::nullopt, 5s) == "10 messages, 2/s");
  CHECK(progress_line(10, {}, 101, 100, 5s) == "10 messages, 2/s");
  CHECK(contains(progress_line(2, {}, 1, 10'001, 1s), "2:46:40 left"));
}

TEST_CASE("progress is drawn on the terminal of standard error and taken away again") {
  const Slow slow;
  test::AtTerminal terminal(test::command(), slow.with({}));
  CHECK(terminal.shows(" messages, "));
  const auto outcome = terminal.wait();
  CHECK(outcome.status == 0);
  CHECK(test::lines_of(outcome.out) == 12);
  const std::string screen = terminal.screen();
  CHECK(screen.ends_with("\r\x1b[K"));
  CHECK_FALSE(contains(screen, "\n"));
}

TEST_CASE("progress stays away where it is not wanted, or standard error is no terminal") {
  const Slow slow;
  CHECK(test::emltrace_with(slow.with({})).err.empty());
  test::AtTerminal terminal(test::command(), slow.with({"--progress", "never"}));
  CHECK(terminal.wait().status == 0);
  CHECK(terminal.screen().empty());
}

TEST_CASE("progress that is always wanted comes as whole lines where there is no terminal") {
  const Slow slow;
  const auto outcome = test::emltrace_with(slow.with({"--progress", "always"}));
  CHECK(outcome.status == 0);
  CHECK(outcome.err.starts_with("emltrace: "));
  CHECK(contains(outcome.err, " messages, "));
  CHECK(outcome.err.back() == '\n');
  CHECK_FALSE(contains(outcome.err, "\r"));
  CHECK_FALSE(contains(outcome.err, "\x1b"));
}
