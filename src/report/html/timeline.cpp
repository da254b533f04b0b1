#include "report/html/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/text.hpp"
#include "report/text/hop_rows.hpp"
#include "report/text/section.hpp"

namespace emltrace::report {
namespace {

constexpr int kLane = 40;               // px, of which
constexpr int kName = 16;               // is where the names stand on, and
constexpr int kBar = 22;                // where the bar begins
constexpr int kThick = 10;              // px
constexpr int kMark = 22;               // px that the border's line and words take
constexpr int kAxis = 24;               // px
constexpr double kRight = 99.5;         // per cent: room for the last dot
constexpr double kLeast = 0.4;          // per cent: a bar that can still be seen
constexpr std::size_t kMaxName = 24;    // bytes of a name in a lane
constexpr std::size_t kMaxHover = 200;  // and of one that shows on hovering

using Hop = trace::TracedHop;

std::int64_t seconds(Instant instant) {
  return instant.time_since_epoch().count();
}

std::string cut(const std::string& name, std::size_t most) {
  if (name.size() <= most) return name;
  return std::string(text::head_of(name, most)) + "…";
}

std::string_view look_of(trace::Standing standing) {
  if (trace::is_recipients(standing)) return "own";
  if (trace::is_disproved(standing)) return "disproved";
  return standing == trace::Standing::corroborated ? "corroborated" : "unverified";
}

/// From seconds to per cent of the width.
class Scale {
 public:
  explicit Scale(std::span<const Hop> hops) {
    for (const Hop& hop : hops) {
      if (!hop.received.stamp) continue;
      const std::int64_t at = seconds(hop.received.stamp->instant);
      take(at);
      if (hop.delay_s) take(at - *hop.delay_s);
    }
  }
  [[nodiscard]] bool known() const { return first_ && *first_ < last_; }
  [[nodiscard]] std::int64_t first() const { return *first_; }
  [[nodiscard]] std::int64_t last() const { return last_; }
  [[nodiscard]] double at(std::int64_t second) const {
    return kRight * static_cast<double>(second - *first_) / static_cast<double>(last_ - *first_);
  }

 private:
  void take(std::int64_t second) {
    last_ = first_ ? std::max(last_, second) : second;
    first_ = first_ ? std::min(*first_, second) : second;
  }

  std::optional<std::int64_t> first_;
  std::int64_t last_ = 0;
};

std::string percent(double value) {
  return fmt::format("{:.3f}%", value);
}
std::string pixels(int value) {
  return fmt::format("{}", value);
}

std::string delay_text(const Hop& hop) {
  if (!hop.received.stamp) return "no time";
  return hop.delay_s ? delay(*hop.delay_s) : "";
}

std::string hover_text(const Hop& hop) {
  std::string out = fmt::format("Hop {}, {}: {} → {}", hop.number, trace::to_string(hop.standing),
                                cut(from_name(hop.received.from), kMaxHover),
                                cut(by_name(hop.received.by), kMaxHover));
  if (!hop.received.stamp) return out + ", no time";
  out += ", " + words(hop.received.stamp->instant);
  if (hop.delay_s) out += ", ";
  for (const Run& run : delay_words(hop)) out += run.text;
  return out;
}

void bar(Markup& out, const Hop& hop, const Scale& scale, int top) {
  if (!hop.received.stamp) return;
  const std::int64_t stamp = seconds(hop.received.stamp->instant);
  const std::int64_t before = stamp - hop.delay_s.value_or(0);
  const double left = scale.at(std::min(stamp, before));
  const double width = std::max(scale.at(std::max(stamp, before)) - left, kLeast);
  const bool backwards = before > stamp;
  out.leaf("rect", {{"class", look_of(hop.standing)},
                    {"x", percent(left)},
                    {"y", pixels(top + kBar)},
                    {"width", percent(width)},
                    {"height", pixels(backwards ? kThick / 2 : kThick)}});
}

void lane(Markup& out, const Hop& hop, const Scale& scale, int top) {
  const Element group(out, "g");
  out.element("title", {}, hover_text(hop));
  // The lane itself, so that hovering anywhere in it tells.
  out.leaf("rect", {{"x", "0"},
                    {"y", pixels(top)},
                    {"width", "100%"},
                    {"height", pixels(kLane)},
                    {"fill", "transparent"}});
  {
    const Element name(out, "text", {{"x", "0"}, {"y", pixels(top + kName)}});
    out.text(fmt::format("{}  {}  ", hop.number, cut(by_name(hop.received.by), kMaxName)));
    out.element("tspan", {{"class", fmt::format("word-{}", look_of(hop.standing))}},
                trace::to_string(hop.standing));
  }
  out.element(
      "text",
      {{"class", "faint"}, {"x", "100%"}, {"y", pixels(top + kName)}, {"text-anchor", "end"}},
      delay_text(hop));
  bar(out, hop, scale, top);
}

// From here down the recipient's own hosts write.
void border(Markup& out, int top) {
  const std::string y = pixels(top + kMark - 2);
  out.leaf("line", {{"class", "border"}, {"x1", "0"}, {"x2", "100%"}, {"y1", y}, {"y2", y}});
  out.element("text", {{"class", "word-own"}, {"x", "0"}, {"y", pixels(top + kName - 2)}},
              "border: below it the recipient's own servers write");
}

void axis(Markup& out, const Scale& scale, int top) {
  const auto at = [](std::int64_t second) { return words(Instant(std::chrono::seconds(second))); };
  const std::string y = pixels(top + 2);
  out.leaf("line", {{"class", "grid"}, {"x1", "0"}, {"x2", "100%"}, {"y1", y}, {"y2", y}});
  const std::string base = pixels(top + 18);
  out.element("text", {{"class", "faint"}, {"x", "0"}, {"y", base}}, at(scale.first()));
  out.element("text", {{"class", "faint"}, {"x", "100%"}, {"y", base}, {"text-anchor", "end"}},
              at(scale.last()));
}

}  // namespace

void timeline(Markup& out, const std::vector<trace::TracedHop>& all) {
  const std::size_t shown = std::min(all.size(), kMaxLanes);
  const std::span<const Hop> hops = std::span(all).last(shown);
  const Scale scale(hops);
  if (!scale.known()) return;
  const Element figure(out, "figure");
  const bool marked = std::ranges::any_of(
      hops, [](const Hop& hop) { return hop.standing == trace::Standing::border; });
  const int height = static_cast<int>(shown) * kLane + (marked ? kMark : 0) + kAxis;
  {
    const Element svg(out, "svg",
                      {{"role", "img"},
                       {"aria-label", "The route over time, a lane a hop"},
                       {"height", pixels(height)}});
    int top = 0;
    for (const Hop& hop : hops) {
      if (hop.standing == trace::Standing::border) {
        border(out, top);
        top += kMark;
      }
      lane(out, hop, scale, top);
      top += kLane;
    }
    axis(out, scale, top);
  }
  std::string caption =
      "A lane a hop, the oldest on top; each bar is the time since the stamp before it, to scale.";
  if (shown < all.size()) caption += fmt::format(" The newest {} of {} hops.", shown, all.size());
  out.element("figcaption", {}, caption);
}

}  // namespace emltrace::report
