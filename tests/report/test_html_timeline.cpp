// g++ 12 takes std::regex for uninitialized where it is optimized and sanitized (GCC bug 105562).
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include <cmath>
#include <regex>

#include "report/html/timeline.hpp"
#include "support/catch.hpp"
#include "support/page.hpp"

using namespace emltrace;

namespace {

trace::TracedHop hop(int number, trace::Standing standing, const char* time,
                     std::optional<std::int64_t> delay) {
  trace::TracedHop hop;
  hop.number = number;
  hop.standing = standing;
  hop.received.from.helo = "from" + std::to_string(number) + ".example";
  hop.received.by.host = "by" + std::to_string(number) + ".example";
  if (time != nullptr) {
    hop.received.stamp.emplace();
    hop.received.stamp->instant = test::at(time);
  }
  hop.delay_s = delay;
  return hop;
}

std::string svg(const std::vector<trace::TracedHop>& hops) {
  report::Markup out;
  report::timeline(out, hops);
  return out.take();
}

struct Bar {
  std::string look;
  double x, width;
};

std::vector<Bar> bars(const std::string& picture) {
  const std::regex bar(
      "<rect class=\"([a-z]+)\" x=\"([0-9.]+)%\" y=\"[0-9]+\" width=\"([0-9.]+)%\"");
  std::vector<Bar> out;
  for (std::sregex_iterator it(picture.begin(), picture.end(), bar), end; it != end; ++it)
    out.push_back({(*it)[1], std::stod((*it)[2]), std::stod((*it)[3])});
  return out;
}

bool near(double a, double b) {
  return std::abs(a - b) < 0.01;
}

using trace::Standing;

}  // namespace

TEST_CASE("a lane a hop, the bars to scale of the delays and each beginning where the last ended") {
  const auto shown = bars(svg({hop(1, Standing::unverified, "2026-05-05T10:00:10Z", 10),
                               hop(2, Standing::border, "2026-05-05T10:00:40Z", 30),
                               hop(3, Standing::own, "2026-05-05T10:01:40Z", 60)}));
  REQUIRE(shown.size() == 3);
  CHECK(near(shown[0].x, 0));
  CHECK(near(shown[0].width, 9.95));  // a tenth of 99.5 %
  CHECK(near(shown[1].x, 9.95));
  CHECK(near(shown[1].width, 29.85));
  CHECK(near(shown[2].x, 39.8));
  CHECK(near(shown[2].width, 59.7));
}

TEST_CASE("the look of a bar is the standing of its hop") {
  const auto shown = bars(svg({hop(1, Standing::discarded, "2026-05-05T10:00:00Z", {}),
                               hop(2, Standing::contradicted, "2026-05-05T10:00:01Z", 1),
                               hop(3, Standing::unverified, "2026-05-05T10:00:02Z", 1),
                               hop(4, Standing::corroborated, "2026-05-05T10:00:03Z", 1),
                               hop(5, Standing::border, "2026-05-05T10:00:04Z", 1),
                               hop(6, Standing::own, "2026-05-05T10:00:05Z", 1)}));
  std::vector<std::string> looks;
  for (const auto& bar : shown) looks.push_back(bar.look);
  CHECK(looks == std::vector<std::string>{"disproved", "disproved", "unverified", "corroborated",
                                          "own", "own"});
}

TEST_CASE("the border is a line above its hop; without one there is none") {
  const auto with = svg({hop(1, Standing::unverified, "2026-05-05T10:00:00Z", {}),
                         hop(2, Standing::border, "2026-05-05T10:00:10Z", 10)});
  const auto line = with.find("class=\"border\"");
  REQUIRE(line != std::string::npos);
  CHECK(with.find("by1.example") < line);
  CHECK(line < with.find("by2.example"));
  const auto without = svg({hop(1, Standing::unverified, "2026-05-05T10:00:00Z", {}),
                            hop(2, Standing::unverified, "2026-05-05T10:00:10Z", 10)});
  CHECK(without.find("class=\"border\"") == std::string::npos);
}

TEST_CASE("hovering tells both ends, the time and the delay") {
  const auto picture = svg({hop(1, Standing::unverified, "2026-05-05T10:00:00Z", {}),
                            hop(2, Standing::border, "2026-05-05T10:03:07Z", 187)});
  CHECK(picture.find("<title>Hop 2, border: from2.example → by2.example, 2026-05-05 10:03:07Z, "
                     "+187 s</title>") != std::string::npos);
  CHECK(picture.find("<title>Hop 1, unverified: from1.example → by1.example, 2026-05-05 "
                     "10:00:00Z</title>") != std::string::npos);
}

TEST_CASE("a clock that ran backwards gives a bar to the left, and a hop without a time none") {
  const auto picture = svg({hop(1, Standing::unverified, "2026-05-05T10:01:40Z", {}),
                            hop(2, Standing::unverified, nullptr, {}),
                            hop(3, Standing::border, "2026-05-05T10:00:00Z", -100)});
  const auto shown = bars(picture);
  REQUIRE(shown.size() == 2);
  CHECK(near(shown[1].x, 0));
  CHECK(near(shown[1].width, 99.5));
  CHECK(picture.find(">no time</text>") != std::string::npos);
  CHECK(picture.find(">−100 s</text>") != std::string::npos);
}

TEST_CASE("where no delay is known there is no picture") {
  CHECK(svg({}) == "");
  CHECK(svg({hop(1, Standing::border, nullptr, {})}) == "");
  CHECK(svg({hop(1, Standing::border, "2026-05-05T10:00:00Z", {})}) == "");
  CHECK(svg({hop(1, Standing::border, "2026-05-05T10:00:00Z", 5)}) != "");
}

TEST_CASE("long names are cut in the picture and many hops leave out the oldest, and say so") {
  std::vector<trace::TracedHop> hops;
  for (int i = 1; i <= 70; ++i)
    hops.push_back(hop(i, Standing::unverified, "2026-05-05T10:00:00Z", 1));
  hops.back().received.by.host = std::string(10'000, 'a');
  const auto picture = svg(hops);
  CHECK(bars(picture).size() == report::kMaxLanes);
  CHECK(picture.find("by10.example") == std::string::npos);
  CHECK(picture.find("by11.example") != std::string::npos);
  CHECK(picture.find("The newest 60 of 70 hops.") != std::string::npos);
  CHECK(picture.find(std::string(24, 'a') + "… ") != std::string::npos);
  CHECK(picture.find(std::string(201, 'a')) == std::string::npos);
}
