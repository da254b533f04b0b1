#include <chrono>
#include <map>

#include "dns/offline.hpp"
#include "dns/settle.hpp"
#include "dns/zone.hpp"
#include "support/catch.hpp"

namespace dns = emltrace::dns;
using dns::Answer;
using dns::Client;
using dns::Known;
using dns::Question;
using dns::Source;
using dns::Status;
using dns::Type;
using emltrace::DomainName;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view kZone = R"(
a.example   TXT "b.example"
b.example   TXT "c.example"
c.example   TXT "end"
x.example   A 192.0.2.1
y.example   A 192.0.2.2
)";

Question question(std::string_view name, Type type) {
  return {*DomainName::parse(name), type};
}

/// Answers when it is run, as the network does, and counts the runs and the questions.
class Counting final : public Source {
 public:
  explicit Counting(std::string_view zone) { REQUIRE(zone_.add_text(zone, "test.zone")); }
  void fetch(const Question& question, Clock::time_point deadline, Done done) override {
    ++asked[question];
    zone_.fetch(question, deadline, [this, done = std::move(done)](Answer answer) {
      waiting_.emplace_back(done, std::move(answer));
    });
  }
  void run() override {
    ++rounds;
    for (auto& [done, answer] : std::exchange(waiting_, {})) done(std::move(answer));
  }
  [[nodiscard]] std::string_view mode() const override { return "zone"; }
  [[nodiscard]] std::vector<std::string> servers() const override { return {}; }

  int rounds = 0;
  std::map<Question, int> asked;

 private:
  dns::Zone zone_;
  std::vector<std::pair<Done, Answer>> waiting_;
};

Source::Clock::time_point soon() {
  return Source::Clock::now() + 10s;
}

}  // namespace

TEST_CASE("independent questions are asked in one round") {
  Counting source(kZone);
  Known known;
  int evaluations = 0;
  const auto sum = dns::settle(known, source, soon(), [&](Client& client) {
    ++evaluations;
    std::size_t count = 0;
    for (const char* name : {"x.example", "y.example", "absent.example"}) {
      count += client.ask(question(name, Type::a)).addresses().size();
    }
    return count;
  });
  CHECK(sum == 2);
  CHECK(source.rounds == 1);
  CHECK(evaluations == 2);
}

TEST_CASE("a chain of dependent questions takes a round a link, and nothing is asked twice") {
  Counting source(kZone);
  Known known;
  const auto end = dns::settle(known, source, soon(), [](Client& client) {
    std::string name = "a.example";
    while (name != "end") {
      const Answer& answer = client.ask(question(name, Type::txt));
      if (answer.pending()) return std::string("provisional");
      name = answer.texts().front();
    }
    return name;
  });
  CHECK(end == "end");
  CHECK(source.rounds == 3);
  CHECK(source.asked.size() == 3);
  for (const auto& [asked, times] : source.asked) {
    CAPTURE(dns::to_string(asked));
    CHECK(times == 1);
  }
}

TEST_CASE("nothing of a round with something missing is kept") {
  Counting source(kZone);
  Known known;
  const auto trail = dns::settle(known, source, soon(), [](Client& client) {
    std::vector<std::string> lines;
    for (const char* name : {"x.example", "y.example"}) {
      const Answer& answer = client.ask(question(name, Type::a));
      lines.push_back(std::string(name) + " " + std::string(to_string(answer.status)));
    }
    return lines;
  });
  CHECK(trail == std::vector<std::string>{"x.example ok", "y.example ok"});
}

TEST_CASE("an evaluation that needs no answer runs once and asks nobody") {
  Counting source(kZone);
  Known known;
  CHECK(dns::settle(known, source, soon(), [](Client&) { return 7; }) == 7);
  CHECK(source.rounds == 0);
}

TEST_CASE("an evaluation that never has enough ends all the same") {
  Counting source("");
  Known known;
  int next = 0;
  dns::settle(known, source, soon(), [&](Client& client) {
    client.ask(question("n" + std::to_string(next++) + ".example", Type::a));
    return 0;
  });
  CHECK(source.rounds < dns::kMaxRounds);
}

TEST_CASE("offline refuses every question with that reason") {
  dns::Offline source;
  Known known;
  const auto status = dns::settle(known, source, soon(), [](Client& client) {
    return client.ask(question("x.example", Type::a)).status;
  });
  CHECK(status == Status::refused);
  CHECK(known.answers().begin()->second.reason == "offline");
  CHECK(source.mode() == "offline");
  CHECK(source.servers().empty());
}
