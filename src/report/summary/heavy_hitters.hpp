#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace emltrace::report::summary {

/// Counts the most frequent of any number of values in bounded memory (Metwally, Agrawal and El
/// Abbadi, "Efficient Computation of Frequent and Top-k Elements in Data Streams", 2005: Space
/// Saving). Up to `capacity` different values all counts are exact. Beyond that a new value takes
/// the place of the rarest and its count, so that a count is an upper bound, and what it may be too
/// high by is known; what came more often than (values / capacity) times is always there.
template <class Detail>
class HeavyHitters {
 public:
  struct Row {
    std::string value;
    Detail detail;            ///< of the first that was counted
    std::uint64_t most = 0;   ///< it came so often at most
    std::uint64_t least = 0;  ///< and at least so often
  };

  explicit HeavyHitters(std::size_t capacity) : capacity_(capacity) {}

  void add(const std::string& value, const Detail& detail) {
    auto found = rows_.find(value);
    if (found == rows_.end()) {
      const std::uint64_t over = rows_.size() < capacity_ ? 0 : drop_rarest();
      found = rows_.emplace(value, Counted{detail, over, over, ++order_}).first;
    } else {
      by_count_.erase(rank(*found));
    }
    ++found->second.count;
    by_count_.insert(rank(*found));
  }

  /// The different values; the count of those beyond the capacity is not known.
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] bool is_exact() const { return exact_; }
  /// The `count` most frequent, the more frequent first; of equal ones that which came first.
  [[nodiscard]] std::vector<Row> top(std::size_t count) const {
    std::vector<std::pair<Rank, const Entry*>> all;
    for (const Entry& entry : rows_) all.emplace_back(rank(entry), &entry);
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(count, all.size()));
    std::partial_sort(all.begin(), end, all.end(), [](const auto& a, const auto& b) {
      if (a.first.count != b.first.count) return a.first.count > b.first.count;
      return a.first.order < b.first.order;
    });
    std::vector<Row> out;
    for (auto at = all.begin(); at != end; ++at) {
      const auto& [value, counted] = *at->second;
      out.push_back({value, counted.detail, counted.count, counted.count - counted.over});
    }
    return out;
  }

 private:
  struct Counted {
    Detail detail;
    std::uint64_t count;
    std::uint64_t over;  ///< of the count, what it took from others
    std::uint64_t order;
  };
  using Entry = std::pair<const std::string, Counted>;
  /// The rarest first, of those the newest.
  struct Rank {
    std::uint64_t count;
    std::uint64_t order;
    const std::string* value;
    bool operator<(const Rank& other) const {
      return count != other.count ? count < other.count : order > other.order;
    }
  };

  static Rank rank(const Entry& entry) {
    return {entry.second.count, entry.second.order, &entry.first};
  }

  /// Its count.
  std::uint64_t drop_rarest() {
    const Rank rarest = *by_count_.begin();
    by_count_.erase(by_count_.begin());
    rows_.erase(rows_.find(*rarest.value));
    exact_ = false;
    return rarest.count;
  }

  std::size_t capacity_;
  std::map<std::string, Counted> rows_;
  std::set<Rank> by_count_;
  std::uint64_t order_ = 0;
  bool exact_ = true;
};

}  // namespace emltrace::report::summary
