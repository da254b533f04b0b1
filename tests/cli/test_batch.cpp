#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "cli/batch.hpp"
#include "cli/in_order.hpp"
#include "support/catch.hpp"

using namespace emltrace;
using cli::Batch;
using cli::InOrder;
using cli::Job;
using cli::Outcome;
using cli::Status;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view kBytes = "From: a@b.example\r\n\r\n";

Job job(std::size_t index) {
  Job made;
  made.index = index;
  made.item.path = "box";
  made.item.index = index + 1;
  made.item.original = kBytes;
  made.item.text = kBytes;
  return made;
}

/// Work that waits at a gate, and remembers what was delivered.
class Gated final : public cli::Work {
 public:
  std::vector<dns::Question> step(Job& job) override {
    if (throws_at && job.index == *throws_at) throw std::runtime_error("no such thing");
    if (job.index % 7 == slow) std::this_thread::sleep_for(5ms);
    std::unique_lock lock(mutex);
    ++begun;
    open.wait(lock, [this] { return is_open; });
    return {};
  }
  Outcome finish(const std::shared_ptr<Job>& job) override {
    Outcome outcome;
    outcome.bytes = std::to_string(job->index);
    return outcome;
  }
  bool deliver(Outcome outcome) override {
    if (inside.exchange(true)) throw std::logic_error("two at once");
    delivered.push_back(outcome.complaint.empty() ? outcome.bytes : outcome.complaint);
    inside = false;
    return !ends_at || delivered.size() < *ends_at;
  }
  void unlock() {
    const std::lock_guard lock(mutex);
    is_open = true;
    open.notify_all();
  }
  [[nodiscard]] std::size_t started() {
    const std::lock_guard lock(mutex);
    return begun;
  }

  std::optional<std::size_t> throws_at;
  std::optional<std::size_t> ends_at;
  std::size_t slow = 7;
  std::mutex mutex;
  std::condition_variable open;
  bool is_open = true;
  std::size_t begun = 0;
  std::atomic<bool> inside = false;
  std::vector<std::string> delivered;
};

Batch::Limits limits() {
  return {4, 16, std::size_t{64} << 20, 1000, true};
}

std::vector<std::string> numbers(std::size_t count) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(std::to_string(i));
  return out;
}

}  // namespace

TEST_CASE("values that come in any order leave in that of their numbers") {
  InOrder<std::string> line;
  std::string out;
  const auto each = [&](const std::string& value) { out += value; };
  line.put(2, "c", each);
  line.put(1, "b", each);
  CHECK(out.empty());
  line.put(0, "a", each);
  CHECK(out == "abc");
  line.put(5, "f", each);
  line.put(4, "e", each);
  CHECK(out == "abc");
  line.drain(each);
  CHECK(out == "abcef");
}

TEST_CASE("what is finished out of order is delivered in order, one at a time") {
  Gated work;
  work.slow = 0;
  Batch batch(limits(), work, nullptr);
  for (std::size_t i = 0; i < 300; ++i) {
    if (i % 50 == 49) {
      Outcome fault;
      fault.complaint = std::to_string(i);
      REQUIRE(batch.add(std::move(fault)));
    } else {
      REQUIRE(batch.add(job(i)));
    }
  }
  batch.finish();
  CHECK(work.delivered == numbers(300));
}

TEST_CASE("unordered, what is ready waits for nothing before it") {
  Gated work;
  work.is_open = false;
  auto given = limits();
  given.in_order = false;
  Batch batch(given, work, nullptr);
  REQUIRE(batch.add(job(0)));
  Outcome fault;
  fault.complaint = "unread";
  REQUIRE(batch.add(std::move(fault)));
  CHECK(work.delivered == std::vector<std::string>{"unread"});
  work.unlock();
  batch.finish();
  CHECK(work.delivered == std::vector<std::string>{"unread", "0"});
}

TEST_CASE("a message in which the program fails is told by its name, and stops no other") {
  Gated work;
  work.throws_at = 2;
  Batch batch(limits(), work, nullptr);
  for (std::size_t i = 0; i < 5; ++i) REQUIRE(batch.add(job(i)));
  batch.finish();
  CHECK(work.delivered == std::vector<std::string>{
                              "0", "1", "box: message 3: internal error: no such thing", "3", "4"});
}

TEST_CASE("reading ahead is bounded in number and in bytes") {
  Gated work;
  work.is_open = false;
  auto given = limits();
  std::size_t most = 0;
  SECTION("in number") {
    given.entries = 20;
    most = 20;
  }
  SECTION("in bytes: a message under way is counted with what it takes beside its own") {
    given.bytes = std::size_t{640} << 10;
    most = 9;
  }
  Batch batch(given, work, nullptr);
  std::atomic<std::size_t> taken = 0;
  std::thread reader([&] {
    for (std::size_t i = 0; i < 50; ++i) {
      if (batch.add(job(i))) ++taken;
    }
  });
  std::this_thread::sleep_for(300ms);
  CHECK(taken == most);
  work.unlock();
  reader.join();
  batch.finish();
  CHECK(work.delivered == numbers(50));
}

TEST_CASE("a message larger than the bound is taken when it is alone") {
  Gated work;
  auto given = limits();
  given.bytes = 10;
  Batch batch(given, work, nullptr);
  for (std::size_t i = 0; i < 5; ++i) REQUIRE(batch.add(job(i)));
  batch.finish();
  CHECK(work.delivered == numbers(5));
}

TEST_CASE("where nothing more can be delivered nothing more is taken") {
  Gated work;
  work.ends_at = 3;
  auto given = limits();
  given.entries = 1;
  Batch batch(given, work, nullptr);
  std::size_t taken = 0;
  while (taken < 100 && batch.add(job(taken))) ++taken;
  CHECK(taken == 3);
  batch.finish();
  batch.stop();
  CHECK(work.delivered == numbers(3));
}

TEST_CASE("a batch that is stopped delivers what is finished, with gaps, and lets the rest go") {
  Gated work;
  auto given = limits();
  given.jobs = 1;
  Batch batch(given, work, nullptr);
  work.is_open = false;
  REQUIRE(batch.add(job(0)));
  for (const char* text : {"one", "two"}) {
    Outcome fault;
    fault.complaint = text;
    REQUIRE(batch.add(std::move(fault)));
  }
  REQUIRE(batch.add(job(3)));
  while (work.started() == 0) std::this_thread::sleep_for(1ms);
  CHECK(work.delivered.empty());
  std::thread opener([&] {
    std::this_thread::sleep_for(200ms);
    work.unlock();
  });
  batch.stop();
  opener.join();
  CHECK(work.delivered == std::vector<std::string>{"0", "one", "two"});
}
