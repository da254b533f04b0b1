#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "ask.hpp"
#include "dns/asking_window.hpp"
#include "dns/hub.hpp"
#include "support/catch.hpp"
#include "support/faulty_dns.hpp"

namespace dns = emltrace::dns;
using dns::Answer;
using dns::AskingWindow;
using dns::Hub;
using dns::Status;
using dns::Type;
using emltrace::test::Fault;
using emltrace::test::FaultyDns;
using emltrace::test::question;
using namespace std::chrono_literals;

namespace {

std::string zone_of(std::size_t names) {
  std::string text;
  for (std::size_t i = 0; i < names; ++i)
    text += "n" + std::to_string(i) + ".example 300 A 192.0.2.1\n";
  return text;
}

/// Counts rounds that are done, and waits for all of them.
class Desk {
 public:
  explicit Desk(Hub& hub) : hub_(hub) {}

  void ask(std::vector<dns::Question> questions, Hub::Clock::duration allowance = 20s) {
    {
      const std::lock_guard lock(mutex_);
      ++open_;
    }
    hub_.ask({std::move(questions), allowance,
              [this](std::vector<Hub::Timed> answers, Hub::Clock::duration took) {
                const std::lock_guard lock(mutex_);
                for (Hub::Timed& timed : answers) answers_.push_back(std::move(timed.answer));
                took_.push_back(took);
                --open_;
                done_.notify_one();
              }});
  }
  std::vector<Answer> wait() {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return open_ == 0; });
    return answers_;
  }
  [[nodiscard]] const std::vector<Hub::Clock::duration>& took() const { return took_; }

 private:
  Hub& hub_;
  std::mutex mutex_;
  std::condition_variable done_;
  std::size_t open_ = 0;
  std::vector<Answer> answers_;
  std::vector<Hub::Clock::duration> took_;
};

std::map<std::string, int> times_asked(const FaultyDns& server) {
  std::map<std::string, int> times;
  for (const auto& asked : server.asked()) ++times[asked.name];
  return times;
}

}  // namespace

TEST_CASE("what several threads ask at once is asked of the server once") {
  FaultyDns server(zone_of(40));
  server.delay(100ms);
  dns::Resolver resolver(emltrace::test::options({server.server()}));
  std::vector<Answer> answers;
  {
    Hub hub(resolver);
    Desk desk(hub);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&desk] {
        for (int i = 0; i < 40; ++i)
          desk.ask({question("n" + std::to_string(i) + ".example", Type::a),
                    question("common.example", Type::a)});
      });
    }
    for (std::thread& thread : threads) thread.join();
    answers = desk.wait();
  }
  CHECK(answers.size() == 4 * 40 * 2);
  const auto times = times_asked(server);
  CHECK(times.size() == 41);
  for (const auto& [name, count] : times) {
    CAPTURE(name);
    CHECK(count == 1);
  }
  const auto sent = std::ranges::count(answers, false, &Answer::cached);
  CHECK(sent == 41);
}

TEST_CASE("a round that waits for sockets does not pay for the wait") {
  FaultyDns server(zone_of(8));
  server.delay(150ms);
  auto options = emltrace::test::options({server.server()});
  options.max_sockets = 2;  // one question at a time
  dns::Resolver resolver(options);
  Hub hub(resolver);
  Desk desk(hub);
  // Eight rounds take 1.2 s together, and each has the time for its own alone.
  for (int i = 0; i < 8; ++i)
    desk.ask({question("n" + std::to_string(i) + ".example", Type::a)}, 1s);
  for (const Answer& answer : desk.wait()) CHECK(answer.status == Status::ok);
  for (const auto took : desk.took()) {
    CHECK(took >= 150ms);
    CHECK(took < 1s);
  }
}

TEST_CASE("what is not answered within the allowance of its round has timed out") {
  FaultyDns server(zone_of(1));
  server.on("mute.example", Fault::silence);
  dns::Resolver resolver(emltrace::test::options({server.server()}));
  Hub hub(resolver);
  Desk desk(hub);
  desk.ask({question("n0.example", Type::a), question("mute.example", Type::a)}, 300ms);
  const auto answers = desk.wait();
  REQUIRE(answers.size() == 2);
  CHECK(answers[0].status == Status::ok);
  CHECK(answers[1].status == Status::timed_out);
  CHECK(desk.took()[0] >= 300ms);
}

TEST_CASE("a hub that ends drops what is open, and waits for no answer") {
  FaultyDns server;
  server.otherwise(Fault::silence);
  dns::Resolver resolver(emltrace::test::options({server.server()}));
  const auto start = Hub::Clock::now();
  bool called = false;
  {
    Hub hub(resolver);
    hub.ask({{question("n0.example", Type::a)}, 20s, [&](auto, auto) { called = true; }});
  }
  CHECK_FALSE(called);
  CHECK(Hub::Clock::now() - start < 5s);
}

TEST_CASE("more questions than a forwarder holds at once are all answered") {
  FaultyDns server(zone_of(600));
  server.delay(60ms);
  server.hold_at_most(150);
  auto options = emltrace::test::options({server.server()});
  options.max_sockets = 4096;
  dns::Resolver resolver(options);
  Hub hub(resolver);
  Desk desk(hub);
  for (int i = 0; i < 600; ++i) desk.ask({question("n" + std::to_string(i) + ".example", Type::a)});
  for (const Answer& answer : desk.wait()) CHECK(answer.status == Status::ok);
}

TEST_CASE("the window of questions grows with the answers as far as the sockets go") {
  AskingWindow window(200);
  CHECK(window.size() == AskingWindow::kFloor);
  for (int i = 0; i < 500; ++i) CHECK_FALSE(window.on_answer(window.send(1), Status::ok));
  CHECK(window.size() == 200);
  CHECK(AskingWindow(50).size() == 50);
}

TEST_CASE(
    "the window is halved once for a crowd that is refused, and what was refused is asked again") {
  AskingWindow window(4000);
  for (int i = 0; i < 1000; ++i) window.on_answer(window.send(1), Status::no_such_name);
  const std::size_t before = window.size();
  REQUIRE(before == AskingWindow::kFloor + 1000);
  const auto first = window.send(before);
  const auto second = window.send(before);
  CHECK(window.on_answer(first, Status::refused));
  CHECK(window.on_answer(second, Status::refused));
  CHECK(window.size() == before / 2);
  CHECK_FALSE(window.on_answer(window.send(2), Status::ok));
  CHECK(window.size() == before / 2);
}

TEST_CASE("what refuses everything is asked again until the window has come down to its floor") {
  AskingWindow window(4096);
  for (int i = 0; i < 4096; ++i) window.on_answer(window.send(1), Status::ok);
  REQUIRE(window.size() == 4096);
  int again = 0;  // of crowds of 4096, 2048, 1024, 512 and 256
  while (window.on_answer(window.send(window.size()), Status::refused)) ++again;
  CHECK(again == 5);
  CHECK(window.size() == AskingWindow::kFloor);
}

TEST_CASE("a refusal without a crowd is the server's word, and a silence says nothing of crowds") {
  AskingWindow window(4000);
  CHECK_FALSE(window.on_answer(window.send(AskingWindow::kFloor), Status::refused));
  CHECK(window.size() == AskingWindow::kFloor);
  CHECK_FALSE(window.on_answer(window.send(1000), Status::timed_out));
  CHECK(window.size() == AskingWindow::kFloor);
}
