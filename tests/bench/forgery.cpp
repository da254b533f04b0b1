// How well forged routes are told from honest ones, over generated messages, kind by kind.
// Usage: bench-forgery [MESSAGES-A-KIND [SEED]] [--kind TEXT] [--codes]
//        bench-forgery --dump KIND SEED DIR    one message as KIND.eml and KIND.zone

#include "support/forgery.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>

#include "support/honest_routes.hpp"
#include "support/whole_dns.hpp"

using namespace emltrace;

namespace {

struct Kind {
  std::string name;
  std::function<test::Route(test::RouteMaker&)> make;
  bool honest = true;
  bool provable = true;
};

std::vector<Kind> all_kinds() {
  std::vector<Kind> kinds;
  for (const test::HonestKind& kind : test::honest_kinds()) kinds.push_back({kind.name, kind});
  for (const test::Forgery& forgery : test::forgeries())
    kinds.push_back({std::string(forgery.name), forgery.make, false, forgery.provable});
  return kinds;
}

// What the reports on messages of one kind say.
struct Counts {
  int total = 0, forged = 0, suspicious = 0, origin = 0, client = 0;
  std::map<std::string, int> codes;  // of medium severity and above

  void add(const trace::Report& report, const test::Route& route) {
    ++total;
    forged += report.verdict.level == trace::Level::forged;
    suspicious += report.verdict.level == trace::Level::suspicious;
    origin += test::origin_right(report, route);
    client += test::client_right(report, route);
    for (const auto& finding : report.findings) {
      if (finding.severity >= trace::Severity::medium) ++codes[std::string(finding.code.text())];
    }
  }
  void add(const Counts& other) {
    total += other.total;
    forged += other.forged;
    suspicious += other.suspicious;
    origin += other.origin;
    client += other.client;
  }
  [[nodiscard]] double percent(int count) const { return total == 0 ? 0 : 100.0 * count / total; }
  [[nodiscard]] double flagged() const { return percent(forged + suspicious); }
  [[nodiscard]] std::string text() const {
    return fmt::format("{:>7.2f} {:>7.2f} {:>7.2f} {:>7.2f}", percent(forged), percent(suspicious),
                       percent(origin), percent(client));
  }
};

struct Row {
  std::string name;
  Counts with_dns, offline;
};

Row run(const Kind& kind, int messages, std::uint32_t seed) {
  test::RouteMaker maker(seed);
  Row row{kind.name, {}, {}};
  for (int i = 0; i < messages; ++i) {
    const test::Route route = kind.make(maker);
    row.with_dns.add(test::trace_route(route, true), route);
    row.offline.add(test::trace_route(route, false), route);
  }
  return row;
}

void print(const Row& row, bool codes) {
  fmt::print("{:<36} {:>6}  {}   {}\n", row.name, row.with_dns.total, row.with_dns.text(),
             row.offline.text());
  if (!codes) return;
  for (const auto& [code, count] : row.with_dns.codes)
    fmt::print("    {:<32} {:>6}\n", code, count);
  for (const auto& [code, count] : row.offline.codes)
    fmt::print("    {:<32} {:>6} offline\n", code, count);
}

void print_head(std::string_view what) {
  fmt::print(
      "\n{:<36} {:>6}  {:^31}   {:^31}\n{:36} {:>6}  {:>7} {:>7} {:>7} {:>7}   {:>7} {:>7} {:>7} "
      "{:>7}\n",
      what, "", "with DNS, %", "offline, %", "", "number", "forged", "susp.", "origin", "client",
      "forged", "susp.", "origin", "client");
}

struct Part {
  Row sum{"ALL", {}, {}};
  // Of the ways that can be told: the one least flagged.
  std::string least, least_offline;
  double least_percent = 101, least_offline_percent = 101;
  Row provable{"ALL that can be told", {}, {}};

  void add(const Kind& kind, const Row& row) {
    sum.with_dns.add(row.with_dns);
    sum.offline.add(row.offline);
    if (!kind.provable) return;
    provable.with_dns.add(row.with_dns);
    provable.offline.add(row.offline);
    if (row.with_dns.flagged() < least_percent)
      least_percent = row.with_dns.flagged(), least = row.name;
    if (row.offline.flagged() < least_offline_percent)
      least_offline_percent = row.offline.flagged(), least_offline = row.name;
  }
};

Part run_part(bool honest, int messages, std::uint32_t seed, std::string_view only, bool codes) {
  print_head(honest ? "HONEST" : "FORGED");
  Part part;
  for (const Kind& kind : all_kinds()) {
    if (kind.honest != honest || kind.name.find(only) == std::string::npos) continue;
    const Row row = run(kind, messages, seed);
    print(row, codes);
    part.add(kind, row);
  }
  print(part.sum, false);
  return part;
}

int dump(std::string_view name, std::uint32_t seed, const std::string& folder) {
  for (const Kind& kind : all_kinds()) {
    if (kind.name != name) continue;
    test::RouteMaker maker(seed);
    const test::Route route = kind.make(maker);
    std::string stem = kind.name;
    for (char& c : stem) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '-';
    const std::string base = fmt::format("{}/{}-{}", folder, stem, seed);
    std::ofstream(base + ".eml", std::ios::binary) << route.text();
    std::ofstream(base + ".zone", std::ios::binary) << route.zone;
    const auto list = [](const std::vector<std::string>& texts) {
      return fmt::format("{}", fmt::join(texts, " or "));
    };
    fmt::print(
        "{0}.eml {0}.zone\nexamined: {1}\nborder: line {2} of {3} from the top\nclient: "
        "{4}\norigin: {5}\n",
        base, format_rfc3339(route.examined), route.border + 1, route.lines.size(),
        list(route.clients), list(route.origins));
    if (route.forged_from) fmt::print("forged: from line {}\n", *route.forged_from + 1);
    if (route.forged_field) fmt::print("forged: {}\n", *route.forged_field);
    return 0;
  }
  fmt::print(stderr, "bench-forgery: no kind '{}'\n", name);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  std::vector<std::string> numbers;
  std::string only;
  bool codes = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--dump" && i + 3 < words.size())
      return dump(words[i + 1], static_cast<std::uint32_t>(std::atoi(words[i + 2].c_str())),
                  words[i + 3]);
    if (words[i] == "--kind" && i + 1 < words.size())
      only = words[++i];
    else if (words[i] == "--codes")
      codes = true;
    else
      numbers.push_back(words[i]);
  }
  const int messages = numbers.empty() ? 200 : std::atoi(numbers[0].c_str());
  const auto seed =
      static_cast<std::uint32_t>(numbers.size() < 2 ? 1 : std::atoi(numbers[1].c_str()));

  const Part honest = run_part(true, messages, seed, only, codes);
  const Part forged = run_part(false, messages, seed, only, codes);
  print(forged.provable, false);
  fmt::print(
      "\nhonest called forged {:.2f} %, suspicious {:.2f} %, origin right {:.2f} %, client right "
      "{:.2f} % (with DNS)\n",
      honest.sum.with_dns.percent(honest.sum.with_dns.forged),
      honest.sum.with_dns.percent(honest.sum.with_dns.suspicious),
      honest.sum.with_dns.percent(honest.sum.with_dns.origin),
      honest.sum.with_dns.percent(honest.sum.with_dns.client));
  if (!forged.least.empty()) {
    fmt::print(
        "forged and flagged {:.2f} %, least: {} {:.2f} %; offline {:.2f} %, least: {} {:.2f} %\n",
        forged.provable.with_dns.flagged(), forged.least, forged.least_percent,
        forged.provable.offline.flagged(), forged.least_offline, forged.least_offline_percent);
  }
}
