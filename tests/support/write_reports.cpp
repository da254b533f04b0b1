// Prints the reports on generated messages, one line of JSON each: honest and forged routes with
// their DNS and without, the same damaged as pastes are, and with bytes exchanged at random.
// Usage: write-reports COUNT [SEED]

#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "report/json/json.hpp"
#include "report/library/api.hpp"
#include "support/damage.hpp"
#include "support/forgery.hpp"
#include "support/honest_routes.hpp"
#include "support/whole_dns.hpp"

using namespace emltrace;

namespace {

constexpr int kExchanged = 12;  // bytes of one message

using Make = std::function<test::Route(test::RouteMaker&)>;

std::vector<Make> all_kinds() {
  std::vector<Make> kinds;
  for (const test::HonestKind& kind : test::honest_kinds()) kinds.emplace_back(kind);
  for (const test::Forgery& forgery : test::forgeries()) kinds.emplace_back(forgery.make);
  return kinds;
}

std::string garbled(std::string message, test::RouteMaker& maker) {
  for (int i = 0; i < kExchanged && !message.empty(); ++i) {
    const auto at = maker.below(static_cast<std::uint32_t>(message.size()));
    message[at] = static_cast<char>(maker.below(256));
  }
  return message;
}

std::string traced(const std::string& bytes) {
  v1::Options options;
  options.offline = true;
  std::string lines;
  for (const v1::Report& report : v1::trace(bytes, options).reports) {
    lines += v1::to_json(report, v1::JsonLayout::line);
  }
  return lines;
}

std::string reports_on(const test::Route& route, int i, test::RouteMaker& maker) {
  const auto damages = test::damages();
  const auto damage = damages[static_cast<std::size_t>(i / 4) % damages.size()];
  switch (i % 4) {
    case 0:
    case 1:
      return report::to_json(test::trace_route(route, i % 4 == 0), report::JsonLayout::line);
    case 2:
      return traced(damage.apply(route.text()));
    default:
      return traced(garbled(route.text(), maker));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const auto number = [&](int at, std::uint64_t otherwise) {
    return argc > at ? text::parse_unsigned(argv[at]).value_or(otherwise) : otherwise;
  };
  const auto count = static_cast<int>(number(1, 0));
  test::RouteMaker maker(static_cast<std::uint32_t>(number(2, 1)));
  const auto kinds = all_kinds();
  for (int i = 0; i < count; ++i) {
    const auto& make = kinds[static_cast<std::size_t>(i) % kinds.size()];
    const std::string lines = reports_on(make(maker), i, maker);
    std::fwrite(lines.data(), 1, lines.size(), stdout);
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}
