#pragma once

#include <algorithm>
#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace emltrace::trace {

/// Finds the row of a table by the name of a field. `Row::fields` holds names in lower case, parted
/// by blanks; one with a `*` stands for all that fit, where no whole name does.
template <class Row>
class RowIndex {
 public:
  RowIndex(std::initializer_list<std::span<const Row>> tables) {
    for (const auto table : tables) {
      for (const Row& row : table) {
        for (const auto name : text::words(row.fields)) {
          (name.find('*') == name.npos ? names_ : patterns_).emplace_back(name, &row);
        }
      }
    }
    std::ranges::sort(names_, {}, &Entry::first);
  }

  /// `name` in lower case; null where no row has it.
  [[nodiscard]] const Row* find(std::string_view name) const {
    const auto at = std::ranges::lower_bound(names_, name, {}, &Entry::first);
    if (at != names_.end() && at->first == name) return at->second;
    const auto fits = [&](const Entry& entry) {
      const char first = entry.first.front();
      return (first == '*' || name.starts_with(first)) && text::glob_match(entry.first, name);
    };
    const auto pattern = std::ranges::find_if(patterns_, fits);
    return pattern == patterns_.end() ? nullptr : pattern->second;
  }

  /// The whole names, sorted.
  [[nodiscard]] std::vector<std::string_view> names() const {
    std::vector<std::string_view> out;
    for (const Entry& entry : names_) out.push_back(entry.first);
    return out;
  }

 private:
  using Entry = std::pair<std::string_view, const Row*>;
  std::vector<Entry> names_, patterns_;
};

}  // namespace emltrace::trace
