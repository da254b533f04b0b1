// How well forged routes are told from honest ones: a confusion table over generated messages.
// Usage: bench-forgery [MESSAGES-A-KIND] [SEED]

#include "support/forgery.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <map>

#include "support/trace.hpp"

using namespace emltrace;

namespace {

struct Row {
  int clean = 0, notice = 0, suspicious = 0, forged = 0, origin_right = 0, total = 0;
  std::map<std::string, int> codes;  // of medium severity and above

  void add(const trace::Report& report, const std::string& origin) {
    int* const counts[] = {&clean, &notice, &suspicious, &forged};
    ++*counts[static_cast<std::size_t>(report.verdict.level)];
    ++total;
    origin_right += report.origin.ip && report.origin.ip->text() == origin;
    for (const auto& finding : report.findings) {
      if (finding.severity >= trace::Severity::medium) ++codes[finding.code];
    }
  }
  [[nodiscard]] double percent(int count) const { return total == 0 ? 0 : 100.0 * count / total; }
};

trace::Report evaluate(const test::Route& route, bool with_dns) {
  return with_dns ? test::trace_message(route.text(), route.zone)
                  : test::trace_offline(route.text());
}

void print(std::string_view name, const Row& row) {
  fmt::print("{:<26} {:>6} {:>7} {:>7} {:>7} {:>7} {:>8.1f}% {:>8.1f}%\n", name, row.total,
             row.clean, row.notice, row.suspicious, row.forged,
             row.percent(row.suspicious + row.forged), row.percent(row.origin_right));
}

void print_codes(const Row& row) {
  for (const auto& [code, count] : row.codes) fmt::print("    {:<30} {:>6}\n", code, count);
}

void run(bool with_dns, int count, std::uint32_t seed, bool verbose) {
  fmt::print("\n{}\n{:<26} {:>6} {:>7} {:>7} {:>7} {:>7} {:>9} {:>9}\n",
             with_dns ? "With DNS" : "Offline", "", "total", "clean", "notice", "suspic.", "forged",
             "flagged", "origin");
  Row honest, forged;
  for (const auto& sender : test::kSenders) {
    for (const auto& recipient : test::kRecipients) {
      test::RouteMaker maker(seed);
      Row row;
      for (int i = 0; i < count; ++i) {
        const test::Route route = maker.honest(sender, recipient);
        const auto report = evaluate(route, with_dns);
        row.add(report, route.origin_ip);
        honest.add(report, route.origin_ip);
      }
      print(fmt::format("honest {} {}", sender, recipient), row);
      if (verbose) print_codes(row);
    }
  }
  for (const auto& forgery : test::forgeries()) {
    test::RouteMaker maker(seed);
    Row row;
    for (int i = 0; i < count; ++i) {
      const test::Route route = forgery.make(maker);
      const auto report = evaluate(route, with_dns);
      row.add(report, route.origin_ip);
      forged.add(report, route.origin_ip);
    }
    print(forgery.name, row);
    if (verbose) print_codes(row);
  }
  print("ALL HONEST", honest);
  print("ALL FORGED", forged);
  fmt::print("honest called forged: {:.2f} %, called suspicious: {:.2f} %\n",
             honest.percent(honest.forged), honest.percent(honest.suspicious));
}

}  // namespace

int main(int argc, char** argv) {
  const int count = argc > 1 ? std::atoi(argv[1]) : 200;
  const auto seed = static_cast<std::uint32_t>(argc > 2 ? std::atoi(argv[2]) : 1);
  const bool verbose = argc > 3;
  run(true, count, seed, verbose);
  run(false, count, seed, verbose);
}
