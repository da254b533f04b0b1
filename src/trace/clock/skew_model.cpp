#include "trace/clock/skew_model.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "trace/clock/stamps.hpp"

namespace emltrace::trace {
namespace {

constexpr std::size_t kMaxModelled = 100;  // stamps; the work is cubic
constexpr std::int64_t kHour = 3'600;
constexpr std::int64_t kMaxZoneError = 26;  // hours: from -1200 to +1400
constexpr std::int64_t kPromptDelay =
    std::int64_t{15} * 60;  // a hand-over that a wrong zone leaves plausible

// error(newer) - error(older) <= bound
struct Constraint {
  std::size_t older;
  std::size_t newer;
  std::int64_t bound;
};

// Difference constraints over the hosts' clock errors (Bellman-Ford): they can be met exactly when
// there is no cycle of negative length. Host 0 is true time.
class Clocks {
 public:
  explicit Clocks(std::size_t hosts) : hosts_(hosts + 1) {
    for (std::size_t host = 1; host < hosts_; ++host) {
      constraints_.push_back({0, host, kMaxClockError});
      constraints_.push_back({host, 0, kMaxClockError});
    }
  }

  /// Keeps the constraint where all can still be met.
  bool add(const Constraint& constraint) {
    constraints_.push_back(constraint);
    if (feasible()) return true;
    constraints_.pop_back();
    return false;
  }

  void add_unchecked(const Constraint& constraint) { constraints_.push_back(constraint); }

 private:
  [[nodiscard]] bool feasible() const {
    std::vector<std::int64_t> error(hosts_, 0);
    for (std::size_t round = 0; round <= hosts_; ++round) {
      bool changed = false;
      for (const Constraint& c : constraints_) {
        if (error[c.older] + c.bound < error[c.newer]) {
          error[c.newer] = error[c.older] + c.bound;
          changed = true;
        }
      }
      if (!changed) return true;
    }
    return false;
  }

  std::size_t hosts_;
  std::vector<Constraint> constraints_;
};

bool is_prompt(std::int64_t delay, std::int64_t limit) {
  return delay >= -kSkewTolerance && delay <= limit;
}

// True where moving the one stamp by whole hours makes the hand-overs around it prompt. With a
// neighbour on one side only, chance would do that too often: it must fit closely.
bool wrong_zone_at(const std::vector<Stamp>& stamps, std::size_t at) {
  const bool at_end = at == 0 || at + 1 == stamps.size();
  const std::int64_t limit = at_end ? kSkewTolerance : kPromptDelay;
  for (std::int64_t hours = -kMaxZoneError; hours <= kMaxZoneError; ++hours) {
    const std::int64_t moved = stamps[at].time + hours * kHour;
    const bool below = at == 0 || is_prompt(moved - stamps[at - 1].time, limit);
    const bool above = at + 1 == stamps.size() || is_prompt(stamps[at + 1].time - moved, limit);
    if (hours != 0 && below && above) return true;
  }
  return false;
}

}  // namespace

std::vector<Fit> fit_clocks(const std::vector<Stamp>& stamps) {
  std::vector<Fit> fits(stamps.empty() ? 0 : stamps.size() - 1, Fit::ordered);
  const std::size_t first = stamps.size() > kMaxModelled ? stamps.size() - kMaxModelled : 0;
  std::map<std::string, std::size_t> hosts;
  std::vector<std::size_t> host_of(stamps.size(), 0);
  for (std::size_t i = first; i < stamps.size(); ++i)
    host_of[i] = hosts.try_emplace(stamps[i].host, hosts.size() + 1).first->second;

  Clocks clocks(hosts.size());
  std::vector<std::size_t> broken;
  for (std::size_t i = 0; i + 1 < stamps.size(); ++i) {
    const std::int64_t delay = stamps[i + 1].time - stamps[i].time;
    if (delay < -kSkewTolerance) {
      broken.push_back(i);
    } else if (i >= first) {
      clocks.add_unchecked({host_of[i], host_of[i + 1], delay + kSkewTolerance});
    }
  }
  // The newest pairs stand on the firmest ground: they are explained first.
  std::reverse(broken.begin(), broken.end());
  for (const std::size_t i : broken) {
    const std::int64_t delay = stamps[i + 1].time - stamps[i].time;
    const bool explained = i >= first
                               ? clocks.add({host_of[i], host_of[i + 1], delay + kSkewTolerance})
                               : -delay <= kMaxClockError;
    if (explained) {
      fits[i] = Fit::skewed;
    } else if (wrong_zone_at(stamps, i) || wrong_zone_at(stamps, i + 1)) {
      fits[i] = Fit::zone;
    } else {
      fits[i] = Fit::reversed;
    }
  }
  return fits;
}

}  // namespace emltrace::trace
