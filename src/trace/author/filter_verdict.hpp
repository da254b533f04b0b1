#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emltrace::trace {

/// What a filter thought of a message, mildest first.
enum class FilterVerdict { clean, bulk, spam, spoof, phish, malware };
[[nodiscard]] std::string_view to_string(FilterVerdict verdict);

/// One value of a filter's field, and what the filter's maker says it means, or what was measured.
struct FilterValue {
  std::string name;   ///< as written, such as `SCL`; a word for it where the field gives it none
  std::string value;  ///< as written, but for folds, and cut behind kMaxFilterValue
  std::optional<std::string> meaning;  ///< null where no document tells: never guessed
};

/// One field that a spam or malware filter wrote. Its opinion, never ours: no level rests on it.
struct FilterReport {
  std::size_t line = 0;    ///< in the message
  std::size_t offset = 0;  ///< in the message
  std::string header;      ///< the field's name as written
  std::string vendor;      ///< such as `microsoft`
  /// A host of standing own or border wrote it about mail that came in. Never so for what a filter
  /// said of mail that it sent out: that is the sending side's.
  bool trusted = false;
  std::vector<FilterValue> values;
  std::optional<FilterVerdict> verdict;  ///< the worst of its values; null where none judges
};

}  // namespace emltrace::trace
