// bench-growth [RUNS [WORD-IN-NAME]]: traces inputs of each kind at one, two, four and eight times
// a size, from bytes to the line of JSON, and prints the CPU time and what a doubling costs at
// most: about 2 where the work is linear. The inputs of support/growing are made to cost the intake
// what they can, the others are mail.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "bench/mail.hpp"
#include "dns/zone.hpp"
#include "intake/reader.hpp"
#include "report/json/json.hpp"
#include "report/library/settled.hpp"
#include "support/cpu_time.hpp"
#include "support/growing.hpp"
#include "support/mailbox.hpp"
#include "trace/analyse.hpp"

namespace {

using namespace emltrace;

constexpr std::array<std::size_t, 4> kTimes{1, 2, 4, 8};

struct Input {
  std::string bytes;
  std::string zone;
};

struct Kind {
  std::string name;
  std::function<Input(std::size_t times)> make;
};

Kind mail(std::string name, const std::function<bench::Plan(std::size_t)>& plan) {
  return {std::move(name), [plan](std::size_t times) {
            return Input{bench::message(plan(times), 0), bench::zone(plan(times), 1)};
          }};
}

Kind mailbox(test::Dialect dialect) {
  return {"mailbox: " + std::string(test::to_string(dialect)), [dialect](std::size_t times) {
            const bench::Plan plan{.domains = 4, .body = 1'000};
            static const std::vector<std::string> messages = [&plan] {
              std::vector<std::string> out;
              for (std::size_t n = 0; n < plan.domains; ++n) out.push_back(bench::message(plan, n));
              return out;
            }();
            std::vector<std::string> stored;
            for (std::size_t n = 0; n < 20 * times; ++n)
              stored.push_back(test::stored(messages[n % messages.size()], dialect, n));
            return Input{test::mailbox(stored, dialect), bench::zone(plan, plan.domains)};
          }};
}

std::vector<Kind> all_kinds() {
  using bench::Plan;
  std::vector<Kind> kinds{
      mail("header bytes", [](std::size_t t) { return Plan{.other_bytes = 32'000 * t}; }),
      mail("Received fields", [](std::size_t t) { return Plan{.received = 25 * t}; }),
      mail("signatures", [](std::size_t t) { return Plan{.signatures = 2 * t}; }),
      mail("recorded results", [](std::size_t t) { return Plan{.recorded = 25 * t}; }),
      mail("body bytes", [](std::size_t t) { return Plan{.body = 500'000 * t}; }),
      mail("MIME depth", [](std::size_t t) { return Plan{.depth = 5 * t}; }),
      mail("SPF includes", [](std::size_t t) { return Plan{.includes = t}; })};
  for (const test::Dialect dialect : test::kDialects) kinds.push_back(mailbox(dialect));
  for (const test::Growing& input : test::growing_inputs()) {
    kinds.push_back({"intake: " + std::string(input.name), [make = input.make](std::size_t times) {
                       return Input{make((std::size_t{32} << 10U) * times), ""};
                     }});
  }
  return kinds;
}

// Gives the bytes of the reports, so that no work can be left out.
std::size_t traced(const Input& input, dns::Zone& zone) {
  intake::Options reading;
  reading.attached = intake::AttachedMode::all;
  intake::Reader reader("-", input.bytes, reading);
  trace::Options options;
  options.now = *parse_instant(bench::clock());
  std::size_t bytes = 0;
  while (const auto entry = reader.next()) {
    const auto* item = std::get_if<intake::Item>(&*entry);
    if (item == nullptr) continue;
    trace::Analysis analysis(*item, options);
    bytes += report::to_json(report::library::settled_report(std::move(analysis), zone, {}),
                             report::JsonLayout::line)
                 .size();
  }
  return bytes;
}

void measure(const Kind& kind, int runs) {
  std::array<double, kTimes.size()> seconds{};
  for (std::size_t i = 0; i < kTimes.size(); ++i) {
    const Input input = kind.make(kTimes[i]);
    dns::Zone zone;
    if (const auto added = zone.add_text(input.zone, kind.name); !added)
      fmt::print(stderr, "{}\n", added.error());
    seconds[i] = test::least_cpu_seconds(runs, [&] { static_cast<void>(traced(input, zone)); });
  }
  double growth = 0;
  for (std::size_t i = 1; i < seconds.size(); ++i)
    growth = std::max(growth, seconds[i] / seconds[i - 1]);
  fmt::print("{:<52}", kind.name);
  for (const double one : seconds) fmt::print(" {:9.2f}", 1e3 * one);
  fmt::print(" {:5.2f}\n", growth);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const int runs = argc > 1 ? std::max(1, std::atoi(argv[1])) : 3;
  const std::string_view word = argc > 2 ? argv[2] : "";
  fmt::print("{:<52} {:>9} {:>9} {:>9} {:>9} {:>5}\n", "kind, ms of CPU time at a size", "1", "2",
             "4", "8", "most");
  for (const Kind& kind : all_kinds()) {
    if (kind.name.find(word) != std::string::npos) measure(kind, runs);
  }
}
